import type { Invocation, InvocationType } from './invocation.ts';
import { message, type Message } from './messages.ts';

/** Fields that some invocation types do not take. */
export type ConditionalField = 'LogType' | 'ClientContext' | 'DurableExecutionName';

/**
 * Why a field is not sent with this invocation type, or undefined where it is.
 * Source: Lambda API reference, Invoke: LogType and ClientContext are for synchronous invocations only; a dry run starts
 * no execution.
 */
export function whyNotApplicable(field: ConditionalField, type: InvocationType): Message | undefined {
  switch (field) {
    case 'LogType':
    case 'ClientContext':
      return type === 'RequestResponse' ? undefined : message('onlySynchronous', type);
    case 'DurableExecutionName':
      return type === 'DryRun' ? message('notInDryRun') : undefined;
  }
}

/** The invocation without the fields that its type does not take. */
export function onlyApplicable(invocation: Invocation): Invocation {
  const fields: ConditionalField[] = ['LogType', 'ClientContext', 'DurableExecutionName'];
  const left = new Set<string>(
    fields.filter((field) => whyNotApplicable(field, invocation.InvocationType) !== undefined),
  );
  return Object.fromEntries(Object.entries(invocation).filter(([field]) => !left.has(field))) as unknown as Invocation;
}
