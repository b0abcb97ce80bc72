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

/**
 * Drops the lines of a function below its application log level, as Lambda does for JSON logs. Source: Lambda developer
 * guide, "Log-level filtering".
 */
export class LogLevelFilter {
  readonly #minimum: LogLevel;
  readonly #write: (line: Buffer) => void;
  /** The start of a line whose end hasn't arrived. */
  #rest: Buffer = Buffer.alloc(0);

  constructor(minimum: LogLevel, write: (line: Buffer) => void) {
    this.#minimum = minimum;
    this.#write = write;
  }

  append(bytes: Buffer): void {
    let start = 0;
    const all = this.#rest.byteLength === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    for (let end = all.indexOf(NEW_LINE); end !== -1; end = all.indexOf(NEW_LINE, start)) {
      this.#line(all.subarray(start, end + 1));
      start = end + 1;
    }
    this.#rest = all.subarray(start);
  }

  /** Writes a last line that has no line break. */
  flush(): void {
    const rest = this.#rest;
    this.#rest = Buffer.alloc(0);
    if (rest.byteLength > 0) this.#line(rest);
  }

  #line(bytes: Buffer): void {
    if (isLogged(levelOf(bytes.toString('utf8').trim()), this.#minimum)) this.#write(bytes);
  }
}
