import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { HistoryEntry } from '../../core/history/historyEntry.ts';
import { writeAtomically } from '../files/atomicFile.ts';
import { removeLeftTemporaries } from '../files/temporaryFiles.ts';
import { BODY_LIMITS, type BodyLimits } from './bodyLimits.ts';

/** The name of a file. Temporary files have a suffix. */
const NAME = /^([\da-f]{32})(\.|$)/;

/** Invocation IDs come from a file, so they could be paths. */
function nameOf(invocationId: string): string {
  return createHash('sha256').update(invocationId).digest('hex').slice(0, 32);
}

/** The payloads and responses of the history, in a file for each entry. */
export class BodyFiles {
  readonly #folder: string;
  readonly #limits: BodyLimits;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(folder: string, limits = BODY_LIMITS) {
    this.#folder = join(folder, 'bodies');
    this.#limits = limits;
  }

  /** Writes the file of an entry. */
  async write(invocationId: string, bytes: Uint8Array): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await writeAtomically(this.#path(invocationId), bytes, 0o600);
  }

  /** The file of an entry, if there is one. */
  read(invocationId: string): Promise<Uint8Array | undefined> {
    return readFile(this.#path(invocationId)).catch(() => undefined);
  }

  async delete(invocationIds: readonly string[]): Promise<void> {
    for (const id of invocationIds) await rm(this.#path(id), { force: true });
  }

  /** Deletes all files. A window that writes one meanwhile deletes it, or the next start does. */
  async clear(): Promise<void> {
    for (const name of await this.#names()) await rm(join(this.#folder, name), { recursive: true, force: true });
    await rmdir(this.#folder).catch(() => undefined); // not empty, or missing
  }

  /**
   * Deletes files without an entry, such as those of killed windows, files that are too old, and the oldest files beyond
   * the total size. Calls `entries` after listing the files, because the entry of a file is always written before it.
   */
  tidy(entries: () => readonly HistoryEntry[]): Promise<void> {
    const tidied = this.#turn.then(() => this.#tidy(entries));
    this.#turn = tidied.catch(() => undefined);
    return tidied;
  }

  async #tidy(entries: () => readonly HistoryEntry[]): Promise<void> {
    const names = await this.#names();
    const files = await this.#stats(names.filter((name) => NAME.exec(name)?.[2] === ''));
    const pinned = new Map(entries().map((entry) => [nameOf(entry.invocationId), entry.isPinned === true]));
    const now = Date.now();
    let total = 0;
    // The newest first, and those of pinned entries before all others.
    const rank = (name: string) => Number(pinned.get(name) ?? false);
    for (const { name, size, mtimeMs } of files.toSorted(
      (one, other) => rank(other.name) - rank(one.name) || other.mtimeMs - one.mtimeMs,
    )) {
      const hasEntry = pinned.has(name);
      if (hasEntry) total += size;
      const isOld = now - mtimeMs > this.#limits.maxAge && rank(name) === 0;
      if (!hasEntry || isOld || total > this.#limits.maxTotal) await rm(join(this.#folder, name), { force: true });
    }
    const temporaries = names.map((name) => NAME.exec(name)).filter((match) => match?.[2] === '.');
    for (const name of new Set(temporaries.map((match) => match?.[1] ?? ''))) {
      await removeLeftTemporaries(join(this.#folder, name));
    }
  }

  async #names(): Promise<string[]> {
    try {
      return await readdir(this.#folder);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }

  async #stats(names: readonly string[]) {
    const all = names.map(async (name) => {
      const { size, mtimeMs } = await stat(join(this.#folder, name)).catch(() => ({ size: 0, mtimeMs: 0 }));
      return { name, size, mtimeMs };
    });
    return Promise.all(all);
  }

  #path(invocationId: string): string {
    return join(this.#folder, nameOf(invocationId));
  }
}
