import type { EndedInvocation } from '../../app/invocations.ts';
import type { HistoryEntry } from '../../core/history/historyEntry.ts';
import { toHistoryEntry } from '../../core/history/toHistoryEntry.ts';
import { BodyFiles } from './bodyFiles.ts';
import { BODY_LIMITS, type BodyLimits } from './bodyLimits.ts';
import { HistoryFile } from './historyFile.ts';
import type { HistoryReader } from './historyReader.ts';
import { parseStoredEntries } from './storedEntries.ts';
import { parseStoredBodies, toStoredBodies } from './storedBodies.ts';

/** Files are tidied after this many bytes, and after this time in milliseconds. */
const TIDY_BYTES = 8_388_608;
const TIDY_MS = 3_600_000;

/** The parts of the history that are in files. */
export type SavedPart = 'entries' | 'bodies';

interface HistoryStorageOptions {
  readonly reader: HistoryReader;
  readonly folder: string;
  /** Whether payloads and responses are stored. `never` deletes those that are. */
  readonly bodies: () => 'kept' | 'paused' | 'never';
  /** Receives the error of each failed write, and undefined after each successful one. */
  readonly onSave: (what: SavedPart, error: unknown) => void;
  readonly limits?: BodyLimits;
}

/** Writes the history, and reads and writes its payloads and responses. Loaded soon after the history is first read. */
export class HistoryStorage {
  readonly #options: HistoryStorageOptions;
  readonly #file: HistoryFile;
  readonly #bodies: BodyFiles;
  #writtenBytes = 0;
  #tidiedAt = 0;

  constructor(options: HistoryStorageOptions) {
    this.#options = options;
    this.#file = new HistoryFile(options.reader, (error) => options.onSave('entries', error));
    this.#bodies = new BodyFiles(options.folder, options.limits);
  }

  /** Watches for changes by other windows, and removes files that killed windows have left behind. */
  async start(): Promise<void> {
    await this.#file.watch();
    await this.applySetting();
  }

  /** Adds the entries that earlier versions stored elsewhere. Resolves to whether the file has them. */
  migrate(stored: unknown): Promise<boolean> {
    this.#options.reader.change(...parseStoredEntries(stored).map((entry) => ({ op: 'add', entry }) as const));
    return this.#file.save();
  }

  /** Adds an entry, then stores its bodies. Resolves when the entry is listed. */
  add({ invocationId, order, result }: EndedInvocation, at: number): { readonly saved: Promise<void> } {
    const entry = toHistoryEntry({ ...order, invocationId, result, at });
    this.#options.reader.change({ op: 'add', entry });
    return { saved: this.#saveBodies({ invocationId, order, result }) };
  }

  /** Writes the pending changes. */
  async save(): Promise<void> {
    await this.#file.save();
  }

  /** Deletes the files of removed entries. */
  async forget(invocationIds: readonly string[]): Promise<void> {
    await this.#bodies.delete(invocationIds);
  }

  /** Deletes all payloads and responses without an entry. Other windows may have added invocations since. */
  async clear(): Promise<void> {
    await this.#tidy();
  }

  /** The invocation of an entry with the bodies from its file. */
  async ended(entry: HistoryEntry): Promise<EndedInvocation | undefined> {
    const bytes = await this.#bodies.read(entry.invocationId);
    return bytes && parseStoredBodies(bytes, entry);
  }

  /** Deletes the stored payloads and responses if the setting no longer allows them. */
  async applySetting(): Promise<void> {
    if (this.#options.bodies() === 'never') await this.#bodies.clear();
    else await this.#tryTidy();
  }

  dispose(): void {
    this.#file.dispose();
  }

  async #saveBodies(ended: EndedInvocation): Promise<void> {
    const { reader, bodies, onSave, limits = BODY_LIMITS } = this.#options;
    const { invocationId, result } = ended;
    const size = (result.sent?.byteLength ?? 0) + (result.Payload?.byteLength ?? 0);
    // A file without an entry is removed as one that was left behind.
    if (!(await this.#file.save()) || bodies() !== 'kept' || size > limits.maxBytes) return;
    const bytes = toStoredBodies(ended);
    const isWanted = () => bodies() !== 'never' && reader.state.has(invocationId);
    try {
      await this.#bodies.write(invocationId, bytes);
      onSave('bodies', undefined);
    } catch (error) {
      if (isWanted()) onSave('bodies', error);
    }
    // The entry might have been deleted in the meantime, possibly by another window.
    reader.refresh();
    if (!isWanted()) await this.#bodies.delete([invocationId]);
    this.#writtenBytes += bytes.byteLength;
    if (this.#writtenBytes > TIDY_BYTES || Date.now() - this.#tidiedAt > TIDY_MS) await this.#tryTidy();
  }

  /** The next one tries again. */
  async #tryTidy(): Promise<void> {
    await this.#tidy().catch(() => undefined);
  }

  async #tidy(): Promise<void> {
    this.#writtenBytes = 0;
    this.#tidiedAt = Date.now();
    const { reader } = this.#options;
    await this.#bodies.tidy(() => {
      reader.refresh();
      return reader.entries;
    });
  }
}
