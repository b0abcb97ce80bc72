/** Named formats: ISO 8601 in UTC, and the Unix time in seconds or milliseconds. */
const NAMED: Readonly<Record<string, (time: Date) => string>> = {
  iso: (time) => time.toISOString(),
  date: (time) => time.toISOString().slice(0, 10),
  epoch: (time) => String(Math.floor(time.getTime() / 1000)),
  epochMs: (time) => String(time.getTime()),
};

/** The parts of a pattern, in UTC. */
const PARTS: Readonly<Record<string, (time: Date) => string>> = {
  YYYY: (time) => String(time.getUTCFullYear()).padStart(4, '0'),
  MM: (time) => pad(time.getUTCMonth() + 1),
  DD: (time) => pad(time.getUTCDate()),
  HH: (time) => pad(time.getUTCHours()),
  mm: (time) => pad(time.getUTCMinutes()),
  SSS: (time) => pad(time.getUTCMilliseconds(), 3),
  ss: (time) => pad(time.getUTCSeconds()),
};

const PART = /YYYY|MM|DD|HH|mm|SSS|ss/g;

function pad(value: number, length = 2): string {
  return String(value).padStart(length, '0');
}

/** Whether a format is a named one, or a pattern of YYYY MM DD HH mm ss SSS with T, Z and punctuation in between. */
export function isTimeFormat(format: string): boolean {
  if (Object.hasOwn(NAMED, format)) return true;
  const rest = format.replaceAll(PART, '');
  return rest !== format && /^[TZ\W\d]*$/.test(rest);
}

/**
 * Formats a time in UTC: `iso`, `date`, `epoch`, `epochMs` or a pattern. The format must be valid (see isTimeFormat).
 */
export function formatTime(time: Date, format: string): string {
  return NAMED[format]?.(time) ?? format.replaceAll(PART, (part) => PARTS[part]?.(time) ?? part);
}
