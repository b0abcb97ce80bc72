import type { Invocation } from './invocation.ts';
import { message, type Message } from '../messages/messages.ts';

/** Fields that apply only to some invocation types and modes. */
export const CONDITIONAL_FIELDS = ['LogType', 'ClientContext', 'DurableExecutionName', 'InvokeMode'] as const;
export type ConditionalField = (typeof CONDITIONAL_FIELDS)[number];

/**
 * Why a field isn't sent with this kind of invocation, or undefined if it is. LogType and ClientContext need a
 * synchronous invocation, a dry run starts no execution, and InvokeWithResponseStream takes neither Event nor
 * DurableExecutionName. Source: Lambda API reference.
 */
export function whyNotApplicable(
  field: ConditionalField,
  { InvocationType: type, InvokeMode }: Pick<Invocation, 'InvocationType' | 'InvokeMode'>,
): Message | undefined {
  switch (field) {
    case 'LogType':
    case 'ClientContext':
      return type === 'RequestResponse' ? undefined : message('onlySynchronous', type);
    case 'DurableExecutionName':
      if (type === 'DryRun') return message('notInDryRun');
      return InvokeMode === 'RESPONSE_STREAM' && type !== 'Event' ? message('notStreamed') : undefined;
    case 'InvokeMode':
      return type === 'Event' ? message('onlySynchronous', type) : undefined;
  }
}

/** Removes the fields that don't apply to the invocation type and mode. */
export function onlyApplicable(invocation: Invocation): Invocation {
  const excluded = new Set<string>(
    CONDITIONAL_FIELDS.filter((field) => whyNotApplicable(field, invocation) !== undefined),
  );
  return Object.fromEntries(
    Object.entries(invocation).filter(([field]) => !excluded.has(field)),
  ) as unknown as Invocation;
}
