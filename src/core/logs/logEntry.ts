/** The levels of all formats, from the least to the most severe. */
export const LOG_LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** A structured value of an entry. Numbers stay as written, so that large integers aren't rounded. */
export interface LogField {
  readonly key: string;
  readonly kind: 'string' | 'number' | 'word' | 'object' | 'array';
  /** Strings without quotes and escapes, everything else as written. */
  readonly text: string;
  /** The members of an object or array, in their order. The keys of an array's members are indexes. */
  readonly members?: readonly LogField[];
}

/** One log entry, which can have several lines. */
export interface LogEntry {
  /** `platform`: a line that Lambda wrote, not the function. */
  readonly kind: 'message' | 'platform';
  /** The event of a platform line, such as START or REPORT. */
  readonly event?: string;
  readonly level?: LogLevel;
  /** The time as written, or the number of a structured line. */
  readonly timestamp?: string;
  /** In milliseconds since the epoch. A time without a date is on the day of the entry before. */
  readonly epochMs?: number;
  readonly requestId?: string;
  /** The message without time, request ID and level. Can have several lines. */
  readonly message: string;
  /** The text as written, with line breaks and without escape sequences for colors. */
  readonly raw: string;
  /** The start is missing, because the log was truncated. */
  readonly isTruncated?: true;
  /** Where the fields are. `fieldsOf` reads them. */
  readonly fieldSource?: FieldSource;
}

/** What is known of an entry without its lines. */
export type EntryParts = Omit<LogEntry, 'raw' | 'isTruncated'>;

/** The JSON object or the pairs that hold the fields of an entry. */
export type FieldSource =
  | {
      readonly kind: 'json';
      readonly json: string;
      /** Keys whose values are shown elsewhere: time, level, message, request ID. */
      readonly usedKeys: readonly string[];
      /** The key of an object whose members take its place. */
      readonly liftedKey?: string;
    }
  | { readonly kind: 'pairs'; readonly pairs: readonly LogField[] };

/** Whether the times of others are relative to that of an entry: that of START, or else the first one. */
export function isTimeOrigin({ event, epochMs }: LogEntry, origin: number | undefined): boolean {
  return epochMs !== undefined && (origin === undefined || event === 'START');
}
