import { isRecord } from '../../core/json/isRecord.ts';
import { isLogged, LOG_LEVELS, type LogLevel } from '../../core/functions/logLevels.ts';

const NEW_LINE = 0x0a;

/** The keys that loggers use for the timestamp. */
const TIMESTAMP_KEYS = ['timestamp', 'time', 'ts', '@timestamp', 'asctime'];

/** RFC 3339. With a timestamp in another format, such as Python's `%(asctime)s`, Lambda ignores the level. */
const TIMESTAMP = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;

/** Python's level names that differ from Lambda's. */
const PYTHON_LEVELS: Readonly<Record<string, LogLevel>> = { WARNING: 'WARN', CRITICAL: 'FATAL' };

/** The level of a line that a function has written: INFO unless it's a JSON object with a level and a timestamp. */
function levelOf(line: string): LogLevel {
  if (!line.startsWith('{')) return 'INFO';
  try {
    const value: unknown = JSON.parse(line);
    if (!isRecord(value)) return 'INFO';
    const hasTimestamp = TIMESTAMP_KEYS.some((key) => typeof value[key] === 'string' && TIMESTAMP.test(value[key]));
    const field = value['level'] ?? value['log_level']; // Python's runtime reports errors with log_level
    const name = typeof field === 'string' ? field.toUpperCase() : '';
    return (hasTimestamp ? (PYTHON_LEVELS[name] ?? LOG_LEVELS.find((level) => level === name)) : undefined) ?? 'INFO';
  } catch {
    return 'INFO';
  }
}

/** A longer line isn't parsed, so it has the level INFO. In bytes: as much as is kept of a log. */
const MAX_LINE_BYTES = 1_048_576;

/**
 * Drops the lines of a function below its application log level, as Lambda does for JSON logs. Source: Lambda developer
 * guide, "Log-level filtering".
 */
export class LogLevelFilter {
  readonly #minimum: LogLevel;
  readonly #write: (bytes: Buffer) => void;
  /** The start of a line whose end hasn't arrived. */
  #parts: Buffer[] = [];
  #length = 0;

  constructor(minimum: LogLevel, write: (bytes: Buffer) => void) {
    this.#minimum = minimum;
    this.#write = write;
  }

  append(bytes: Buffer): void {
    let start = 0;
    for (let end = bytes.indexOf(NEW_LINE); end !== -1; end = bytes.indexOf(NEW_LINE, start)) {
      this.#add(bytes.subarray(start, end + 1));
      this.flush();
      start = end + 1;
    }
    if (start < bytes.byteLength) this.#add(bytes.subarray(start));
  }

  /** Ends the current line, also if it has no line break. */
  flush(): void {
    const line = Buffer.concat(this.#parts);
    this.#parts = [];
    this.#length = 0;
    if (line.byteLength > 0 && isLogged(levelOf(line.toString('utf8').trim()), this.#minimum)) this.#write(line);
  }

  /** Adds to the current line. A line that is too long is written as it arrives. */
  #add(bytes: Buffer): void {
    this.#parts.push(bytes);
    this.#length += bytes.byteLength;
    if (this.#length <= MAX_LINE_BYTES) return;
    if (isLogged('INFO', this.#minimum)) for (const part of this.#parts) this.#write(part);
    this.#parts = [];
  }
}
