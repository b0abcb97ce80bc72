import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { InvokeError, isInvokeError } from '../../core/outcome/invokeError.ts';
import { message } from '../../core/messages/messages.ts';
import { createParsedFiles } from '../../core/presets/parsedFiles.ts';
import { NEW_PRESETS_FILE, NEW_USER_PRESETS_FILE } from '../../core/presets/presetsEdit.ts';
import {
  EMPTY_PRESETS_FILE,
  parsePresetsFile,
  presetsFileError,
  type PresetsFile,
} from '../../core/presets/presetsFile.ts';
import { decodePresets, type PresetsText } from '../../core/presets/readPresetsFile.ts';
import { reportErrors } from '../ui/reportErrors.ts';
import { readWorkspaceFile } from '../files/readWorkspaceFile.ts';
import { isReadOnly, writeAtomically } from '../files/atomicFile.ts';
import { withFileLock } from '../files/fileLock.ts';
import { linkTarget } from '../files/linkTarget.ts';
import { folderStore, placeNow, PRESETS_PATH, type PresetStore, type StoredPreset } from './presetStores.ts';

/** The content of a presets file. */
export interface StorePresets {
  readonly store: PresetStore;
  readonly file: PresetsFile;
}

const USER_FILE = 'lambda-invoke.json';
const TYPING_MS = 150;
/** The maximum retries of an edit if the file changes meanwhile. */
const MAX_TRIES = 10;
/** Larger presets files aren't read. In bytes. */
const MAX_BYTES = 10_000_000;
const BOM = '\ufeff';
const SCHEMA_FILE = 'lambda-invoke.schema.json';

function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
}

/** Whether a file is open in an editor tab. Other documents are only open in the background. */
function isInTab(uri: vscode.Uri): boolean {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString());
}

/** The text of a file on disk, or undefined if it is missing. */
async function readDisk({ uri, fileLabel }: PresetStore): Promise<PresetsText | undefined> {
  try {
    return decodePresets(await readWorkspaceFile(uri, MAX_BYTES), fileLabel);
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
    throw error;
  }
}

function unwritable({ fileLabel }: PresetStore, error: unknown): InvokeError {
  return new InvokeError(message('presetsUnwritable', fileLabel, String(error)), { cause: error });
}

/** The smallest edit between two texts, which preserves cursor and folding of editors. */
function smallestEdit(document: vscode.TextDocument, text: string): vscode.TextEdit {
  const before = document.getText();
  let start = 0;
  while (start < before.length && before[start] === text[start]) start++;
  let end = 0;
  const most = Math.min(before.length, text.length) - start;
  while (end < most && before.at(-1 - end) === text.at(-1 - end)) end++;
  const range = new vscode.Range(document.positionAt(start), document.positionAt(before.length - end));
  return vscode.TextEdit.replace(range, text.slice(start, text.length - end));
}

/** The presets files of this window: one per workspace folder, and the personal one. */
export class PresetFiles implements vscode.Disposable {
  readonly #globalStorage: vscode.Uri;
  readonly #schema: vscode.Uri;
  readonly #changed = new vscode.EventEmitter<void>();
  /** Fires when presets files might have changed. */
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions: vscode.Disposable[];
  readonly #parse = createParsedFiles();
  #watchers: vscode.Disposable[] = [];
  #isDisposed = false;
  #firing: NodeJS.Timeout | undefined;
  #editing: Promise<unknown> = Promise.resolve();

  constructor({ globalStorageUri, extensionUri }: Pick<vscode.ExtensionContext, 'globalStorageUri' | 'extensionUri'>) {
    this.#globalStorage = globalStorageUri;
    this.#schema = vscode.Uri.joinPath(extensionUri, 'media', SCHEMA_FILE);
    reportErrors(this.#watchAll());
    this.#subscriptions = [
      this.#changed,
      vscode.workspace.onDidChangeWorkspaceFolders(() => {
        this.#watch();
        this.#changed.fire();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#changed.fire()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (this.isPresetsFile(document.uri)) this.#fireSoon();
      }),
    ];
  }

  get userStore(): PresetStore {
    const uri = vscode.Uri.joinPath(this.#globalStorage, USER_FILE);
    return { uri, label: vscode.l10n.t('Personal'), fileLabel: vscode.l10n.t('the personal presets file') };
  }

  /** All stores, those of the workspace first. */
  stores(): PresetStore[] {
    return [...(vscode.workspace.workspaceFolders ?? []).map(folderStore), this.userStore];
  }

  storeOf(uri: vscode.Uri): PresetStore | undefined {
    return this.stores().find((store) => store.uri.toString() === uri.toString());
  }

  isPresetsFile(uri: vscode.Uri): boolean {
    return this.storeOf(uri) !== undefined;
  }

  /** The text of a file, including unsaved changes. Undefined if it is missing. */
  async text(store: PresetStore): Promise<string | undefined> {
    const document = openDocument(store.uri);
    return document?.isDirty === true ? document.getText() : (await readDisk(store))?.text;
  }

  /** The current version of a preset. Rejects with InvokeError if it was deleted. */
  async current(stored: StoredPreset): Promise<StoredPreset> {
    const { store } = stored;
    const text = (await this.text(store)) ?? '';
    const broken = presetsFileError(text, store.fileLabel);
    if (broken !== undefined) throw new InvokeError(broken);
    const index = placeNow(text, stored);
    const entry = parsePresetsFile(text, store.fileLabel).entries.find((one) => one.index === index);
    if (entry === undefined) throw new InvokeError(message('presetGone', stored.preset.name, store.fileLabel));
    return { store, index, preset: entry.preset };
  }

  /** Reads all stores. An invalid file results in a problem and no presets. */
  async read(): Promise<StorePresets[]> {
    return Promise.all(
      this.stores().map(async (store) => {
        try {
          const text = await this.text(store);
          return {
            store,
            file: text === undefined ? EMPTY_PRESETS_FILE : this.#parse(store.uri.toString(), text, store.fileLabel),
          };
        } catch (error) {
          const reason = isInvokeError(error)
            ? error.reason
            : message('presetsUnreadable', store.fileLabel, String(error));
          return { store, file: { ...EMPTY_PRESETS_FILE, problems: [reason] } };
        }
      }),
    );
  }

  /**
   * Edits the text of a store, sequentially across windows. A file with unsaved changes is edited in its editor and
   * stays unsaved. With `inEditor`, any file in a tab is edited in its editor, whose Undo restores it. Rejects with
   * InvokeError for an invalid, read-only or locked file, without changing it.
   */
  async edit(store: PresetStore, change: (text: string) => string, { inEditor = false } = {}): Promise<void> {
    const edited = this.#editing.then(async () => {
      if (store.folder === undefined) await this.#putSchema();
      await this.#edit(store, change, inEditor);
    });
    this.#editing = edited.catch(() => undefined);
    await edited;
    this.#changed.fire();
  }

  /** Creates a store's file if it doesn't exist. */
  async create(store: PresetStore): Promise<void> {
    if (store.folder === undefined) await this.#putSchema();
    if ((await this.text(store)) === undefined) await this.edit(store, (text) => text);
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#firing);
    for (const subscription of [...this.#subscriptions, ...this.#watchers]) subscription.dispose();
  }

  /** Fires once for several keystrokes or file events. */
  #fireSoon(): void {
    clearTimeout(this.#firing);
    this.#firing = setTimeout(() => this.#changed.fire(), TYPING_MS);
  }

  /** The personal file refers to a copy of the schema, because no pattern matches its location. */
  async #putSchema(): Promise<void> {
    await vscode.workspace.fs.createDirectory(this.#globalStorage);
    const copy = vscode.Uri.joinPath(this.#globalStorage, SCHEMA_FILE);
    await vscode.workspace.fs.copy(this.#schema, copy, { overwrite: true });
  }

  /** Creates the folder of the personal presets first, because a missing folder can't be watched. */
  async #watchAll(): Promise<void> {
    await vscode.workspace.fs.createDirectory(this.#globalStorage);
    if (!this.#isDisposed) this.#watch();
  }

  #watch(): void {
    for (const watcher of this.#watchers) watcher.dispose();
    const patterns = [
      ...(vscode.workspace.workspaceFolders ?? []).map((folder) => new vscode.RelativePattern(folder, PRESETS_PATH)),
      new vscode.RelativePattern(this.#globalStorage, USER_FILE),
    ];
    this.#watchers = patterns.flatMap((pattern) => {
      const watcher = vscode.workspace.createFileSystemWatcher(pattern);
      // Programs truncate a file before they write it. Its rows don't disappear in between.
      const fire = () => this.#fireSoon();
      return [watcher, watcher.onDidChange(fire), watcher.onDidCreate(fire), watcher.onDidDelete(fire)];
    });
  }

  async #edit(store: PresetStore, change: (text: string) => string, inEditor: boolean): Promise<void> {
    const document = openDocument(store.uri);
    if (document?.isDirty === true) return this.#editDocument(store, document, change);
    const isShown = inEditor && document !== undefined && isInTab(store.uri);
    if (isShown && document.getText() === (await readDisk(store))?.text) {
      await this.#editDocument(store, document, change);
      if (document.isDirty && !(await document.save())) {
        throw new InvokeError(message('presetsNotWritten', store.fileLabel));
      }
      return;
    }
    if (store.uri.scheme !== 'file') return this.#editDisk(store, change, (bytes) => writeElsewhere(store.uri, bytes));
    // All links to a file use the same lock.
    const path = await linkTarget(store.uri.fsPath).catch((error: unknown) => {
      throw unwritable(store, error);
    });
    if (await isReadOnly(path)) throw new InvokeError(message('presetsReadOnly', store.fileLabel));
    const locks = join(this.#globalStorage.fsPath, 'locks');
    const isDone = await withFileLock(locks, path, async () => {
      await this.#editDisk(store, change, (bytes) => writeAtomically(path, bytes));
      return true;
    });
    if (isDone !== true) throw new InvokeError(message('presetsBusy', store.fileLabel));
  }

  async #editDisk(
    store: PresetStore,
    change: (text: string) => string,
    write: (bytes: Uint8Array) => Promise<void>,
  ): Promise<void> {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const before = await readDisk(store);
      const text = this.#changeText(store, before?.text, change);
      if (text === before?.text) return;
      await vscode.workspace.fs.createDirectory(store.uri.with({ path: dirname(store.uri.path) }));
      // If another program has saved the file meanwhile, edit the new text.
      if ((await readDisk(store))?.text !== before?.text) continue;
      // Keep a byte order mark, which another tool might need.
      const bytes = new TextEncoder().encode(before?.hasBom === true ? BOM + text : text);
      return await write(bytes).catch((error: unknown) => {
        throw unwritable(store, error);
      });
    }
    throw new InvokeError(message('presetsBusy', store.fileLabel));
  }

  async #editDocument(
    store: PresetStore,
    document: vscode.TextDocument,
    change: (text: string) => string,
  ): Promise<void> {
    const text = this.#changeText(store, document.getText(), change);
    const edit = new vscode.WorkspaceEdit();
    edit.set(document.uri, [smallestEdit(document, text)]);
    const isWritten = await vscode.workspace.applyEdit(edit);
    if (!isWritten) throw new InvokeError(message('presetsNotWritten', store.fileLabel));
  }

  #changeText(store: PresetStore, before: string | undefined, change: (text: string) => string): string {
    if (before === undefined || before.trim() === '')
      return change(store.folder === undefined ? NEW_USER_PRESETS_FILE : NEW_PRESETS_FILE);
    const broken = presetsFileError(before, store.fileLabel);
    if (broken !== undefined) throw new InvokeError(broken);
    return change(before);
  }
}

/** Replaces a file in a virtual file system, atomically if the file system supports it. */
async function writeElsewhere(uri: vscode.Uri, bytes: Uint8Array): Promise<void> {
  const temporary = uri.with({ path: `${uri.path}.${Date.now()}.tmp` });
  await vscode.workspace.fs.writeFile(temporary, bytes);
  try {
    await vscode.workspace.fs.rename(temporary, uri, { overwrite: true });
  } catch (error) {
    await vscode.workspace.fs.delete(temporary);
    throw error;
  }
}

export function storedPresets(all: readonly StorePresets[]): StoredPreset[] {
  return all.flatMap(({ store, file }) => file.entries.map(({ preset, index }) => ({ preset, store, index })));
}
