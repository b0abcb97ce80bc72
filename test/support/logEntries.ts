import type { LogEntry } from '../../src/core/logs/logEntry.ts';
import { fieldsOf } from '../../src/core/logs/logFields.ts';
import { parseLog } from '../../src/core/logs/parseLog.ts';

export const REQUEST_ID = '8c360c87-d4b7-4423-b5f3-af02be3c1763';

export function entriesOf(log: string, isTruncated = false): LogEntry[] {
  return [...parseLog(log, isTruncated)];
}

/** The only entry of a log. */
export function entryOf(log: string): LogEntry {
  const [entry, ...others] = entriesOf(log);
  if (entry === undefined || others.length > 0) throw new Error(`${others.length + 1} entries`);
  return entry;
}

/** The fields of the only entry, as `key=text`. */
export function fieldTexts(log: string): string[] {
  return fieldsOf(entryOf(log)).map(({ key, text }) => `${key}=${text}`);
}
