import type { LogEntry, LogField } from './logEntry.ts';
import { readFields } from './logFields.ts';

/** Members with the event of a function in a structured line, as Powertools for AWS and others write it. */
const EVENT_KEYS = ['event', 'Event', 'payload', 'input', 'lambda_event'];

const isContainer = ({ kind }: LogField) => kind === 'object' || kind === 'array';

/**
 * The JSON of a row that can be used as a payload, unchanged: the event in a structured line, an object as its
 * message, or the whole object. Undefined for lines of the platform and without JSON.
 */
export function entryPayload({ kind, fieldSource }: Pick<LogEntry, 'kind' | 'fieldSource'>): string | undefined {
  if (kind === 'platform' || fieldSource?.kind !== 'json') return undefined;
  const { json, usedKeys, liftedKey } = fieldSource;
  const fields = readFields(json);
  const inner = fields.find((field) => EVENT_KEYS.includes(field.key) && isContainer(field));
  const lifted = fields.find((field) => field.key === liftedKey && isContainer(field));
  // An event can have a member `event`, too. Only a structured line also has a level or a time.
  if (inner !== undefined && usedKeys.length > 0) return inner.text;
  return lifted?.text ?? json;
}
