import { chmod, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { executionId, type Execution, type ExecutionStart } from '../../core/durable/execution.ts';
import { readJournal } from '../../core/durable/journal.ts';
import { errorText } from '../../core/messages/errorText.ts';
import { message, type Message } from '../../core/messages/messages.ts';
import { readRegularBytes } from '../workspace/readRegularFile.ts';
import { FileJournal, MemoryJournal, parseJournal, type Journal } from './journalFile.ts';
import { takeLock, type StoreLock } from './storeLock.ts';

/** More than an execution can write, with escapes in JSON. */
const MAX_FILE_BYTES = 268_435_456;

const EXTENSION = '.jsonl';

export interface StoredExecution {
  readonly execution: Execution;
  readonly journal: Journal;
}

/**
 * The files of durable executions: one journal for each, in a folder of the workspace's storage. Without a folder, or
 * while another process uses it, executions are only in memory.
 */
export class ExecutionStore {
  readonly #folder: string | undefined;
  readonly #onProblem: (problem: Message) => void;
  readonly problems: Message[] = [];
  #lock: StoreLock | undefined;

  constructor(folder: string | undefined, onProblem: (problem: Message) => void) {
    this.#folder = folder;
    this.#onProblem = onProblem;
  }

  /** Reads all executions. Damaged files are reported and left as they are. Never rejects. */
  async load(): Promise<StoredExecution[]> {
    const folder = this.#folder;
    if (folder === undefined) return [];
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await chmod(folder, 0o700);
      this.#lock = await takeLock(join(folder, 'lock'));
      if (this.#lock === undefined) {
        this.#report(message('durableStoreInUse'));
        return [];
      }
      const names = (await readdir(folder)).filter((name) => name.endsWith(EXTENSION));
      const all: StoredExecution[] = [];
      for (const name of names) {
        const stored = await this.#read(join(folder, name));
        if (stored !== undefined) all.push(stored);
      }
      return all.sort((one, other) => one.execution.start.at - other.execution.start.at);
    } catch (error) {
      this.#report(message('durableStoreFailed', folder, errorText(error)));
      return [];
    }
  }

  /** The journal of a new execution. */
  create(start: ExecutionStart): Journal {
    if (this.#folder === undefined || this.#lock === undefined || this.#lock.isLost) return new MemoryJournal();
    const journal = this.#journal(join(this.#folder, `${executionId(start.arn)}${EXTENSION}`), 0);
    journal.create(start);
    return journal;
  }

  /** Deletes the files of all executions, also damaged ones. */
  async clear(): Promise<void> {
    this.problems.length = 0;
    if (this.#folder === undefined || this.#lock === undefined || this.#lock.isLost) return;
    const names = await readdir(this.#folder).catch(() => []);
    for (const name of names)
      if (name.endsWith(EXTENSION)) await rm(join(this.#folder, name), { force: true }).catch(() => undefined);
  }

  close(): void {
    this.#lock?.release();
    this.#lock = undefined;
  }

  async #read(path: string): Promise<StoredExecution | undefined> {
    const read = await readRegularBytes({ path, label: path, maxBytes: MAX_FILE_BYTES });
    if (read.kind === 'missing') return undefined;
    if (read.kind === 'problem') {
      this.#report(read.problem);
      return undefined;
    }
    try {
      const { start, entries, bytes } = parseJournal(Buffer.from(read.bytes));
      return { execution: readJournal(start, entries), journal: this.#journal(path, bytes) };
    } catch (error) {
      this.#report(message('durableFileDamaged', path, errorText(error)));
      return undefined;
    }
  }

  #journal(path: string, bytes: number): FileJournal {
    return new FileJournal(path, bytes, {
      isWritable: () => this.#lock?.isLost === false,
      onError: (error) => this.#report(message('durableNotWritten', path, errorText(error))),
    });
  }

  #report(problem: Message): void {
    this.problems.push(problem);
    this.#onProblem(problem);
  }
}
