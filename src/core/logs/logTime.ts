/** A time as written, and in milliseconds since the epoch. */
export interface LogTime {
  readonly text: string;
  readonly end: number;
  /** Of the day if there is no date. */
  readonly epochMs: number;
  readonly hasDate: boolean;
}

/** `2024-05-01T12:00:00.000Z`, `2024-05-01 12:00:00,000`, `2024/05/01 12:00:00.000000`. UTC without an offset, as in Lambda. */
const DATE_TIME = /(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?: ?(Z|UTC|[+-]\d\d:?\d\d))?/y;

const TIME = /(\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?=[\s\]|])/y;

/** java.util.logging: `May 01, 2024 12:00:00 PM`. */
const LONG_DATE_TIME = /([A-Z][a-z]{2}) (\d{1,2}), (\d{4}),? (\d{1,2}):(\d\d):(\d\d) ([AP]M)/y;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MINUTE_MS = 60_000;

function offsetMs(zone: string | undefined): number {
  const match = /^([+-])(\d\d):?(\d\d)$/.exec(zone ?? '');
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return (match[1] === '-' ? -minutes : minutes) * MINUTE_MS;
}

const fractionMs = (digits = '') => Number(`0.${digits || '0'}`) * 1000;

/** Reads a time at an offset. */
export function readTime(line: string, at: number): LogTime | undefined {
  const first = line.charCodeAt(at);
  const isDigit = first >= 0x30 && first <= 0x39;
  for (const pattern of isDigit ? [DATE_TIME, TIME] : [LONG_DATE_TIME]) {
    pattern.lastIndex = at;
    const match = pattern.exec(line);
    if (match === null) continue;
    const base = { text: match[0], end: pattern.lastIndex };
    if (pattern === TIME) {
      const [, hour, minute, second, fraction] = match;
      const epochMs = Date.UTC(1970, 0, 1, Number(hour), Number(minute), Number(second)) + fractionMs(fraction);
      return { ...base, epochMs, hasDate: false };
    }
    if (pattern === DATE_TIME) {
      const [, year, month, day, hour, minute, second, fraction, zone] = match;
      const local = Date.UTC(
        Number(year),
        Number(month) - 1,
        Number(day),
        Number(hour),
        Number(minute),
        Number(second),
      );
      return { ...base, epochMs: local + fractionMs(fraction) - offsetMs(zone), hasDate: true };
    }
    const [, name = '', day, year, hour, minute, second, half] = match;
    const month = MONTHS.indexOf(name);
    if (month === -1) return undefined;
    const hours = (Number(hour) % 12) + (half === 'PM' ? 12 : 0);
    const epochMs = Date.UTC(Number(year), month, Number(day), hours, Number(minute), Number(second));
    return { ...base, epochMs, hasDate: true };
  }
  return undefined;
}

/** The time of a JSON value: a text, or a number of seconds, milliseconds, microseconds or nanoseconds. */
export function epochMsOf(value: unknown): number | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) {
    const seconds = 1e8;
    if (value < seconds) return undefined;
    if (value < seconds * 1e3) return value * 1000;
    if (value < seconds * 1e6) return value;
    return value < seconds * 1e9 ? value / 1e3 : value / 1e6;
  }
  if (typeof value !== 'string') return undefined;
  const time = readTime(value, 0);
  return time?.hasDate === true ? time.epochMs : undefined;
}
