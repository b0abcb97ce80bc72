import type { Invocation } from './invocation.ts';
import { message, type Message } from '../messages/messages.ts';

/** Fields that some invocations do not take. */
export const CONDITIONAL_FIELDS = ['LogType', 'ClientContext', 'DurableExecutionName', 'InvokeMode'] as const;
export type ConditionalField = (typeof CONDITIONAL_FIELDS)[number];

/**
 * Why a field is not sent with this kind of invocation, or undefined where it is.
 * Source: Lambda API reference: LogType and ClientContext are for synchronous invocations only; a dry run starts no
 * execution; InvokeWithResponseStream takes no Event and no DurableExecutionName.
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

/** The invocation without the fields that its type does not take. */
export function onlyApplicable(invocation: Invocation): Invocation {
  const left = new Set<string>(CONDITIONAL_FIELDS.filter((field) => whyNotApplicable(field, invocation) !== undefined));
  return Object.fromEntries(Object.entries(invocation).filter(([field]) => !left.has(field))) as unknown as Invocation;
}
