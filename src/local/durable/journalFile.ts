import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import type { ExecutionStart } from '../../core/durable/execution.ts';
import type { Entry } from '../../core/durable/journal.ts';
import { isRecord } from '../../core/json/isRecord.ts';

/** Where the entries of an execution are kept. */
export interface Journal {
  /** The size of what was written, in bytes. */
  readonly bytes: number;
  append(entry: Entry): void;
  remove(): void;
}

/** The version of the format. */
const VERSION = 1;

export interface ReadJournal {
  readonly start: ExecutionStart;
  readonly entries: readonly Entry[];
  /** The size of the complete lines, in bytes. A line that was cut by a crash follows. */
  readonly bytes: number;
}

const LINE_FEED = 0x0a;

/**
 * Parses a journal: one JSON value per line, first the start and then the entries. Ignores a last line without its end.
 * Throws Error for another format, or a damaged line.
 */
export function parseJournal(bytes: Buffer): ReadJournal {
  const end = bytes.lastIndexOf(LINE_FEED) + 1;
  const [first, ...entries] = bytes
    .subarray(0, end)
    .toString('utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as unknown);
  if (!isRecord(first) || first['version'] !== VERSION) throw new Error('unknown version');
  const start = first['start'];
  const isValid =
    isRecord(start) && ['arn', 'name', 'functionName', 'input'].every((key) => typeof start[key] === 'string');
  if (!isValid || typeof start['at'] !== 'number') throw new Error('no start');
  if (!entries.every((entry) => isRecord(entry) && typeof entry['at'] === 'number')) throw new Error('invalid entry');
  return { start: start as unknown as ExecutionStart, entries: entries as Entry[], bytes: end };
}

/** A journal in memory, for a workspace without storage. */
export class MemoryJournal implements Journal {
  bytes = 0;

  append(entry: Entry): void {
    this.bytes += JSON.stringify(entry).length;
  }

  remove(): void {
    this.bytes = 0;
  }
}

interface FileOptions {
  /** Whether this process still holds the lock of the folder. */
  readonly isWritable: () => boolean;
  /** Called once. The execution continues in memory. */
  readonly onError: (error: unknown) => void;
}

/**
 * A journal in a file that only its owner can read. Entries are appended as whole lines before they take effect, so that
 * a crash can only cut the last one.
 */
export class FileJournal implements Journal {
  readonly path: string;
  readonly #options: FileOptions;
  #bytes: number;
  /** After an error, a later line must not follow the gap. */
  #hasFailed = false;

  /** `bytes` is the size of the complete lines of an existing file. */
  constructor(path: string, bytes: number, options: FileOptions) {
    this.path = path;
    this.#bytes = bytes;
    this.#options = options;
  }

  get bytes(): number {
    return this.#bytes;
  }

  create(start: ExecutionStart): void {
    this.#write({ version: VERSION, start }, 'wx');
  }

  append(entry: Entry): void {
    this.#write(entry, 'r+');
  }

  remove(): void {
    rmSync(this.path, { force: true });
    this.#hasFailed = true;
  }

  #write(value: object, flags: 'wx' | 'r+'): void {
    if (this.#hasFailed || !this.#options.isWritable()) return;
    const line = Buffer.from(`${JSON.stringify(value)}\n`);
    try {
      const file = openSync(this.path, flags, 0o600);
      try {
        // Overwrites a line that was cut. What remains of it has no end, so it's ignored.
        for (let written = 0; written < line.byteLength;)
          written += writeSync(file, line, written, line.byteLength - written, this.#bytes + written);
      } finally {
        closeSync(file);
      }
      this.#bytes += line.byteLength;
    } catch (error) {
      this.#hasFailed = true;
      this.#options.onError(error);
    }
  }
}
