import { Disposable, EventEmitter, l10n, window, workspace, type Memento } from 'vscode';
import type { EndedInvocation } from '../../app/invocations.ts';
import { withoutBodies, type Results } from '../../app/results.ts';
import { lazy } from '../../core/async/lazy.ts';
import type { HistoryEntry } from '../../core/history/historyEntry.ts';
import type { HistoryOperation } from '../../core/history/historyState.ts';
import { errorText } from '../../core/messages/errorText.ts';
import { message, type Message } from '../../core/messages/messages.ts';
import { SETTINGS_SECTION } from '../contributions.ts';
import { notify } from '../notify.ts';
import { setting } from '../settings.ts';
import { disposeLoaded } from '../ui/disposeLoaded.ts';
import { reportErrors } from '../ui/reportErrors.ts';
import { BODY_LIMITS } from './bodyLimits.ts';
import { HistoryReader } from './historyReader.ts';
import type { HistoryStorage, SavedPart } from './historyStorage.ts';

/** Where earlier versions stored the history. */
const KEY = 'history';

/** After the first read, so that it doesn't delay what the user is waiting for. In milliseconds. */
const START_AFTER_MS = 1000;

const KEEP_BODIES = 'history.keepBodies';

/** An invocation in the history with its request and result. */
export interface RecalledInvocation {
  readonly ended: EndedInvocation;
  /** Its bodies are gone: the payload that was sent, the response, and the log. */
  readonly isDropped: boolean;
}

export interface HistoryStoreOptions {
  readonly memento: Pick<Memento, 'get' | 'update'>;
  /** The path of the folder for the history. */
  readonly folder: string;
  readonly results: Pick<Results, 'keep' | 'recall' | 'forget'>;
}

/** In an untrusted workspace, stored bodies stay, but none are added. */
function bodies(): 'kept' | 'paused' | 'never' {
  if (setting(KEEP_BODIES) !== 'workspace') return 'never';
  return workspace.isTrusted ? 'kept' : 'paused';
}

/** The size of an entry's bodies in bytes, without the part of a streamed response that wasn't in memory. */
function bodyBytes({ sentBytes = 0, outcome }: HistoryEntry): number {
  if (!('responseBytes' in outcome)) return sentBytes;
  return sentBytes + (outcome.stream?.bufferedBytes ?? outcome.responseBytes);
}

/** Why the bodies of an entry are gone, and what to do. */
function goneNote(entry: HistoryEntry): Message {
  if (bodies() === 'never') return message('bodiesInMemory');
  const { maxBytes } = BODY_LIMITS;
  return bodyBytes(entry) > maxBytes ? message('bodiesTooLarge', maxBytes) : message('bodiesNotStored');
}

/**
 * The invocations of this workspace, in a file in the workspace's storage. Their bodies are in memory, and in files if
 * `keepBodies` is `workspace`.
 */
export class HistoryStore implements Disposable {
  readonly #options: HistoryStoreOptions;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #reader: HistoryReader;
  readonly #storage = lazy(async () => this.#create((await import('./historyStorage.ts')).HistoryStorage));
  readonly #listeners: readonly Disposable[];
  /** Resolves when the last invocation has been added. */
  #added: Promise<unknown> = Promise.resolve();
  #start: NodeJS.Timeout | undefined;
  readonly #failed = new Set<SavedPart>();

  constructor(options: HistoryStoreOptions) {
    this.#options = options;
    this.#reader = new HistoryReader(options.folder, (removed) => this.#onChange(removed));
    this.#listeners = [
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(`${SETTINGS_SECTION}.${KEEP_BODIES}`)) reportErrors(this.#applySetting());
      }),
      // Some file systems can't be watched.
      window.onDidChangeWindowState(({ focused }) => {
        if (focused && this.#start !== undefined) this.#reader.refresh();
      }),
    ];
  }

  /** The entries, newest first. */
  entries(): readonly HistoryEntry[] {
    const { memento } = this.#options;
    this.#start ??= setTimeout(
      () => reportErrors(this.#storage()),
      memento.get(KEY) === undefined ? START_AFTER_MS : 0,
    );
    return this.#reader.entries;
  }

  async add(ended: EndedInvocation): Promise<void> {
    this.#options.results.keep(ended);
    const at = Date.now();
    const added = this.#storage().then((storage) => storage.add(ended, at));
    this.#added = added;
    await (
      await added
    ).saved;
  }

  /** Pins entries, so that they stay when the oldest are removed, or unpins them. */
  async pin(ids: readonly string[], isPinned: boolean): Promise<void> {
    await this.#change({ op: 'pin', ids, isPinned });
  }

  /** Deletes entries, with their payloads and responses. */
  async delete(ids: readonly string[]): Promise<void> {
    await this.#change({ op: 'delete', ids });
  }

  /** Deletes all entries, with their payloads and responses. */
  async clear(): Promise<void> {
    await this.#change({ op: 'clear' });
    await (await this.#storage()).clear();
  }

  /** The request and the result of an entry. */
  async ended(entry: HistoryEntry): Promise<RecalledInvocation> {
    const { invocationId, invocation, connection, preset, hasEnvironment, outcome } = entry;
    const kept = this.#options.results.recall(invocationId) ?? (await this.#stored(entry));
    if (kept !== undefined) return { ended: kept, isDropped: false };
    const { payload } = invocation;
    const source = payload.kind === 'typed' ? { ...payload, text: '' } : payload;
    const order = {
      invocation: { ...invocation, payload: source },
      connection,
      ...(preset && { preset }),
      ...(hasEnvironment && { lacksEnvironment: hasEnvironment }),
    };
    const { statusCode } = entry.verdict;
    const result = { outcome, ...(statusCode !== undefined && { statusCode }) };
    return { ended: withoutBodies({ invocationId, order, result }, goneNote(entry)), isDropped: true };
  }

  /** The request and the result of an invocation, if it's in the history. */
  async find(invocationId: string): Promise<RecalledInvocation | undefined> {
    await this.#added.catch(() => undefined);
    const entry = this.entries().find((one) => one.invocationId === invocationId);
    return entry && this.ended(entry);
  }

  /** The entry of the last invocation. Waits until it has been added. */
  async last(): Promise<HistoryEntry | undefined> {
    await this.#storage();
    await this.#added.catch(() => undefined);
    return this.entries()[0];
  }

  dispose(): void {
    clearTimeout(this.#start);
    Disposable.from(...this.#listeners, this.#changed, disposeLoaded(this.#storage)).dispose();
  }

  #create(Storage: typeof HistoryStorage): HistoryStorage {
    const { memento, folder } = this.#options;
    const onSave = (what: SavedPart, error: unknown) => this.#onSave(what, error);
    const storage = new Storage({ reader: this.#reader, folder, bodies, onSave });
    const stored = memento.get<unknown>(KEY);
    if (stored !== undefined) {
      reportErrors(storage.migrate(stored).then((isSaved) => (isSaved ? memento.update(KEY, undefined) : undefined)));
    }
    reportErrors(storage.start());
    return storage;
  }

  async #change(operation: HistoryOperation): Promise<void> {
    const storage = await this.#storage();
    this.#reader.change(operation);
    await storage.save();
  }

  async #stored(entry: HistoryEntry): Promise<EndedInvocation | undefined> {
    return bodies() === 'never' ? undefined : (await this.#storage()).ended(entry);
  }

  async #applySetting(): Promise<void> {
    await (await this.#storage()).applySetting();
  }

  #onChange(removed: readonly string[]): void {
    this.#options.results.forget(removed);
    if (removed.length > 0) reportErrors(this.#storage().then((storage) => storage.forget(removed)));
    this.#changed.fire();
  }

  /** A full disk would show the same error with every invocation. */
  #onSave(what: SavedPart, error: unknown): void {
    if (error === undefined) return void this.#failed.delete(what);
    if (this.#failed.has(what)) return;
    this.#failed.add(what);
    const { folder } = this.#options;
    const args = [folder, errorText(error)];
    const text =
      what === 'bodies'
        ? l10n.t(
            "Can't store payloads and responses in {0}: {1}. Free up disk space or make the folder writable.",
            ...args,
          )
        : l10n.t("Can't save the history to {0}: {1}. Free up disk space or make the folder writable.", ...args);
    notify('warning', text);
  }
}
