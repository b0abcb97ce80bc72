import { isRecord } from '../json/isRecord.ts';
import { jsonNote } from './localNote.ts';
import type { EntryParts, LogField } from './logEntry.ts';
import { readFields } from './logFields.ts';
import { epochMsOf } from './logTime.ts';

/** `platform.initStart` is INIT_START in Lambda's text format. */
function eventName(type: string): string {
  const name = type.slice('platform.'.length);
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

function* scalars(fields: readonly LogField[]): Generator<string> {
  for (const { key, kind, text, members } of fields) {
    if (kind === 'object') yield* scalars(members ?? []);
    else if (kind !== 'array' && key !== 'requestId') yield `${key}: ${text}`;
  }
}

/**
 * An event that Lambda wrote in its JSON format, or an output line of the function or an extension in such an event.
 * Source: Telemetry API, "Event schema reference".
 */
export function platformEvent(object: Readonly<Record<string, unknown>>, json: string): EntryParts | undefined {
  const { type, time, record } = object;
  if (typeof type !== 'string' || typeof time !== 'string' || record === undefined) return undefined;
  const epochMs = epochMsOf(time);
  const head = { timestamp: time, ...(epochMs !== undefined && { epochMs }) };
  if (type === 'function' || type === 'extension') {
    return typeof record === 'string' ? { kind: 'message', message: record, ...head } : undefined;
  }
  const note = jsonNote(object);
  if (note !== undefined) return { ...note, ...head };
  if (!type.startsWith('platform.')) return undefined;
  const event = eventName(type);
  if (!isRecord(record)) return { kind: 'platform', event, message: JSON.stringify(record), ...head };
  const members = readFields(json).find(({ key }) => key === 'record')?.members ?? [];
  const { requestId } = record;
  return {
    kind: 'platform',
    event,
    message: [...scalars(members)].join(' · '),
    ...head,
    ...(typeof requestId === 'string' && { requestId }),
    fieldSource: { kind: 'json', json, usedKeys: ['time', 'type', 'record.requestId'], liftedKey: 'record' },
  };
}
