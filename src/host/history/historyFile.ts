import { watch, type FSWatcher } from 'node:fs';
import { chmod, mkdir, open, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { toLine } from '../../core/history/historyLines.ts';
import { writeAtomically } from '../files/atomicFile.ts';
import { withFileLock } from '../files/fileLock.ts';
import type { HistoryReader } from './historyReader.ts';

/** How many lines without an entry the file may have before it's rewritten. */
const MAX_SPARE_LINES = 100;

/** The lock of a killed window expires after 10 seconds, and each try waits for 3. */
const MAX_TRIES = 5;

/** After a failed write. In milliseconds. */
const RETRY_MS = 30_000;

/** Only this user can read the history. */
const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

/** For a file that was restored from a backup, or copied. */
async function makePrivate(path: string): Promise<void> {
  const { mode } = await stat(path).catch(() => ({ mode: 0 }));
  if ((mode & 0o077) !== 0) await chmod(path, FILE_MODE);
}

/** Writes the changes of the history to its file, and notices those of other windows. */
export class HistoryFile {
  readonly #reader: HistoryReader;
  readonly #folder: string;
  readonly #onSave: (error: unknown) => void;
  #turn: Promise<unknown> = Promise.resolve();
  #watcher: FSWatcher | undefined;
  #retry: NodeJS.Timeout | undefined;
  #isWriting = false;
  #isDisposed = false;

  /** `onSave` receives the error of each failed write, and undefined after each successful one. */
  constructor(reader: HistoryReader, onSave: (error: unknown) => void) {
    this.#reader = reader;
    this.#folder = dirname(reader.path);
    this.#onSave = onSave;
  }

  /** Writes the pending changes. Resolves to whether they are in the file. Never rejects. */
  save(): Promise<boolean> {
    const saved = this.#turn.then(() => this.#save());
    this.#turn = saved;
    return saved;
  }

  /** Notices changes of other windows. Some file systems can't be watched. */
  async watch(): Promise<void> {
    try {
      await mkdir(this.#folder, { recursive: true, mode: FOLDER_MODE });
      if (this.#isDisposed) return;
      const name = basename(this.#reader.path);
      this.#watcher = watch(this.#folder, { persistent: false }, (_, file) => {
        if (file === null || file === name) this.#refresh();
      });
      this.#watcher.on('error', () => this.#watcher?.close());
      this.#refresh();
    } catch {
      // The first write reports the error. Without a watcher, the file is read when the window gets the focus.
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#retry);
    this.#watcher?.close();
  }

  /** While this window writes, it reads the file anyway. */
  #refresh(): void {
    if (!this.#isWriting && !this.#isDisposed) this.#reader.refresh();
  }

  async #save(): Promise<boolean> {
    if (this.#reader.pending.length === 0) return true;
    clearTimeout(this.#retry);
    try {
      await mkdir(this.#folder, { recursive: true, mode: FOLDER_MODE });
      await this.#writeLocked();
      this.#onSave(undefined);
      return true;
    } catch (error) {
      if (!this.#isDisposed) {
        this.#retry = setTimeout(() => void this.save(), RETRY_MS);
        this.#retry.unref();
        this.#onSave(error);
      }
      return false;
    }
  }

  async #writeLocked(): Promise<void> {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      if (await withFileLock(join(this.#folder, 'locks'), this.#reader.path, () => this.#write())) return;
    }
    throw new Error('another window is writing it');
  }

  async #write(): Promise<true> {
    this.#isWriting = true;
    try {
      this.#reader.refresh();
      await makePrivate(this.#reader.path);
      if (!(await this.#replace())) await this.#append();
      return true;
    } finally {
      this.#isWriting = false;
    }
  }

  /**
   * Rewrites the file without unneeded lines: those of deleted entries, so that no trace of them remains, and
   * occasionally those of old entries. If the disk has no space for this, changes can still be appended.
   */
  async #replace(): Promise<boolean> {
    const { pending, lines, state, path } = this.#reader;
    const isDeleting = pending.some(({ op }) => op === 'delete' || op === 'clear');
    if (!isDeleting && lines + pending.length <= state.size + MAX_SPARE_LINES) return false;
    const kept = [...state.values()].map((entry) =>
      typeof entry === 'string' ? `${entry}\n` : toLine({ op: 'add', entry }),
    );
    try {
      await writeAtomically(path, Buffer.from(kept.join('')), FILE_MODE);
    } catch {
      return false;
    }
    this.#reader.replaced(pending.length);
    return true;
  }

  async #append(): Promise<void> {
    const { path } = this.#reader;
    const handle = await open(path, 'a', FILE_MODE);
    try {
      const { size } = await handle.stat();
      if (this.#reader.hasPartialLine) {
        await handle.writeFile('\n');
        this.#reader.refresh();
      }
      const { pending } = this.#reader;
      const lines = Buffer.from(pending.map(toLine).join(''));
      try {
        await handle.writeFile(lines);
      } catch (error) {
        // On a full disk, a part of a line might have been written.
        await handle.truncate(size).catch(() => undefined);
        throw error;
      }
      this.#reader.appended(pending.length, (await handle.stat()).size);
    } finally {
      await handle.close();
    }
  }
}
