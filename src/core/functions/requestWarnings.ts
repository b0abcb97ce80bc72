import type { Problem } from '../invocation/validate.ts';
import { message, type Message } from '../messages/messages.ts';
import type { FunctionFacts } from './functionFacts.ts';
import { parseFunctionName } from './functionName.ts';

export interface RequestFields {
  readonly FunctionName?: string;
  readonly Qualifier?: string;
  readonly TenantId?: string;
  readonly DurableExecutionName?: string;
}

type NeededFacts = Pick<FunctionFacts, 'isDurable' | 'TenantIsolationMode'>;

/** Warnings about fields that a function needs or doesn't accept. */
export function requestWarnings(facts: NeededFacts, request: RequestFields): Problem[] {
  const { FunctionName = '', Qualifier, TenantId, DurableExecutionName } = request;
  const warnings: Problem[] = [];
  const warn = (field: Problem['field'], text: Message) => warnings.push({ field, message: text, isWarning: true });
  const hasTenants = facts.TenantIsolationMode === 'PER_TENANT';
  if (hasTenants && TenantId === undefined) warn('TenantId', message('tenantNeeded'));
  if (!hasTenants && TenantId !== undefined) warn('TenantId', message('tenantNotTaken'));
  if (!facts.isDurable && DurableExecutionName !== undefined) {
    warn('DurableExecutionName', message('durableNotTaken'));
  }
  // With DurableExecutionName, validation already reports the missing qualifier as an error.
  const isQualified = Qualifier !== undefined || parseFunctionName(FunctionName)?.qualifier !== undefined;
  if (facts.isDurable && !isQualified && DurableExecutionName === undefined) {
    warn('Qualifier', message('durableUnqualified'));
  }
  return warnings;
}
