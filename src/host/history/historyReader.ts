import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { HistoryEntry } from '../../core/history/historyEntry.ts';
import { parseLine } from '../../core/history/historyLines.ts';
import {
  applyOperation,
  newestFirst,
  removeOldest,
  type HistoryOperation,
  type HistoryState,
} from '../../core/history/historyState.ts';

/** Of a larger file, only the end is read. In bytes. */
const MAX_READ = 67_108_864;

const NEWLINE = 10;

/** Called after changes, with the IDs of the removed entries. */
type OnChange = (removed: readonly string[]) => void;

/**
 * The history in a file, with the changes that aren't written yet. Reads synchronously: the first read takes a few
 * milliseconds, and later ones only read what other windows have added.
 */
export class HistoryReader {
  readonly path: string;
  readonly #onChange: OnChange;
  #state: HistoryState = new Map();
  #entries: readonly HistoryEntry[] | undefined;
  #hasRead = false;
  /** Identifies the file that was read, because another window can replace it. */
  #file = '';
  #offset = 0;
  #lines = 0;
  #hasPartialLine = false;
  #pending: readonly HistoryOperation[] = [];

  constructor(folder: string, onChange: OnChange) {
    this.path = join(folder, 'history.jsonl');
    this.#onChange = onChange;
  }

  /** The entries, newest first. */
  get entries(): readonly HistoryEntry[] {
    if (!this.#hasRead) this.#read();
    return (this.#entries ??= newestFirst(this.#state));
  }

  /** The entries by invocation ID, oldest first, with the lines of newer versions. */
  get state(): ReadonlyMap<string, HistoryEntry | string> {
    if (!this.#hasRead) this.#read();
    return this.#state;
  }

  /** The changes that aren't in the file yet, oldest first. */
  get pending(): readonly HistoryOperation[] {
    return this.#pending;
  }

  /** The number of lines in the file. */
  get lines(): number {
    return this.#lines;
  }

  /** Whether the file ends with a part of a line, because a window was killed. */
  get hasPartialLine(): boolean {
    return this.#hasPartialLine;
  }

  /** Makes a change, which isn't in the file yet. */
  change(...operations: readonly HistoryOperation[]): void {
    this.#notify(() => {
      this.#pending = [...this.#pending, ...operations];
      this.#apply(operations);
    });
  }

  /** Reads what other windows have written. */
  refresh(): void {
    this.#notify(() => this.#read());
  }

  /** The first pending changes were appended to the file, which has this size now. */
  appended(count: number, size: number): void {
    this.#pending = this.#pending.slice(count);
    this.#offset = size;
    this.#lines += count;
  }

  /** The file was replaced by one with the first pending changes. */
  replaced(count: number): void {
    this.#pending = this.#pending.slice(count);
    this.refresh();
  }

  #notify(work: () => void): void {
    if (!this.#hasRead) this.#read();
    const before = this.#state;
    const ids = [...before.keys()];
    const entries = this.#entries;
    work();
    if (entries !== undefined && this.#entries === entries) return;
    this.#onChange(ids.filter((id) => !this.#state.has(id)));
  }

  #apply(operations: readonly HistoryOperation[]): void {
    for (const operation of operations) applyOperation(this.#state, operation);
    removeOldest(this.#state);
    this.#entries = undefined;
  }

  #read(): void {
    this.#hasRead = true;
    let handle: number;
    try {
      handle = openSync(this.path, 'r');
    } catch (error) {
      // Without permission to read the file, the entries that were read before stay.
      const isGone = (error as NodeJS.ErrnoException).code === 'ENOENT' && this.#file !== '';
      if (!isGone) return;
      this.#restart('', 0);
      return this.#apply(this.#pending);
    }
    try {
      const { ino, birthtimeMs, size } = fstatSync(handle);
      const file = `${ino} ${birthtimeMs}`;
      const isOther = file !== this.#file || size < this.#offset;
      const from = isOther ? Math.max(0, size - MAX_READ) : this.#offset;
      const bytes = Buffer.alloc(size - from);
      const length = readSync(handle, bytes, 0, bytes.length, from);
      if (isOther) this.#restart(file, from);
      this.#add(bytes.subarray(0, length));
    } catch {
      // A folder of this name, or a faulty disk.
    } finally {
      closeSync(handle);
    }
  }

  #restart(file: string, offset: number): void {
    this.#file = file;
    this.#offset = offset;
    this.#lines = 0;
    this.#hasPartialLine = false;
    this.#state = new Map();
    this.#entries = undefined;
  }

  /** Reads lines. A part of a line stays unread until it's complete. */
  #add(bytes: Buffer): void {
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    this.#hasPartialLine = end < bytes.length;
    if (end > 0) {
      this.#offset += end;
      const lines = bytes.toString('utf8', 0, end - 1).split('\n');
      this.#lines += lines.length;
      // Pending entries come after those in the file.
      for (const pending of this.#pending) if (pending.op === 'add') this.#state.delete(pending.entry.invocationId);
      for (const line of lines) {
        const operation = parseLine(line);
        if (operation === 'newer') this.#state.set(line, line);
        else if (operation !== undefined) applyOperation(this.#state, operation);
      }
      this.#entries = undefined;
    }
    if (this.#entries === undefined) this.#apply(this.#pending);
  }
}
