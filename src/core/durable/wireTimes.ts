import { isRecord } from '../json/isRecord.ts';

/** Fields with times, in operations and in events. */
const TIMES = new Set([
  'StartTimestamp',
  'EndTimestamp',
  'NextAttemptTimestamp',
  'ScheduledEndTimestamp',
  'EventTimestamp',
  'StopTimestamp',
]);

/** Converts the times of a response from milliseconds to seconds, which Lambda's API uses. */
export function toWireTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toWireTimes);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [
      key,
      TIMES.has(key) && typeof field === 'number' ? field / 1000 : toWireTimes(field),
    ]),
  );
}
