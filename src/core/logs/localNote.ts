import { isRecord } from '../json/isRecord.ts';
import type { EntryParts } from './logEntry.ts';

/** The start of a note of the local endpoint in a log in text format. */
export const LOCAL_NOTE_PREFIX = '[Lambda Invoke] ';

/** The type of a note of the local endpoint in a log in JSON format. Its record has the `message`. */
export const LOCAL_NOTE_TYPE = 'local.note';

function note(message: string): EntryParts {
  return { kind: 'message', level: 'INFO', message: `${LOCAL_NOTE_PREFIX}${message}` };
}

/** A note on how a local function differs from the deployed one, in text format. Undefined for other lines. */
export function textNote(line: string): EntryParts | undefined {
  return line.startsWith(LOCAL_NOTE_PREFIX) ? note(line.slice(LOCAL_NOTE_PREFIX.length)) : undefined;
}

/** A note on how a local function differs from the deployed one, in JSON format. Undefined for other objects. */
export function jsonNote({ type, record }: Readonly<Record<string, unknown>>): EntryParts | undefined {
  const message = type === LOCAL_NOTE_TYPE && isRecord(record) ? record['message'] : undefined;
  return typeof message === 'string' ? note(message) : undefined;
}
