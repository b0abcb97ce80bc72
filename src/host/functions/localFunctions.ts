import { sep } from 'node:path';
import * as vscode from 'vscode';
import { lazy } from '../../core/async/lazy.ts';
import { newestOf } from '../../core/async/newest.ts';
import type { LocalFunctionsView } from '../../core/functions/localFunctionView.ts';
import type { LocalProcess } from './localProcess.ts';

const NONE: LocalFunctionsView = { functions: [], problems: [], files: [] };

/** Files on which functions can depend. */
const WATCHED = '**/{*.yaml,*.yml,*.json,*.template,samconfig.toml,.env,.env.*,serverless.ts,serverless.js}';

/** Combines changes that follow each other, such as those of a build or a checkout. In milliseconds. */
const DEBOUNCE_MS = 50;

/** More changed files than this are a checkout or an installation, after which everything is listed again. */
const MAX_CHANGED = 200;

const sourceFiles = lazy(() => import('./sourceFiles.ts'));

/** The functions of the workspace, as the local endpoint lists them. */
export class LocalFunctions implements vscode.Disposable {
  readonly #local: Pick<LocalProcess, 'ask'>;
  readonly #newestList = newestOf(() => this.#list());
  readonly #changed = new vscode.EventEmitter<void>();
  /** Fires when files that define functions change. */
  readonly onDidChange = this.#changed.event;
  /** Whether a file can define functions. Without one, the local endpoint isn't started. */
  #hasSource: Promise<boolean> | undefined;
  /** The files that the last list depends on. */
  #files: ReadonlySet<string> = new Set();
  #watching: vscode.Disposable | undefined;
  readonly #changedFiles = new Map<string, vscode.Uri>();
  #timer: NodeJS.Timeout | undefined;

  constructor(local: Pick<LocalProcess, 'ask'>) {
    this.#local = local;
  }

  /** Lists and starts nothing in an untrusted workspace or without a folder. */
  async list(): Promise<LocalFunctionsView> {
    this.#watching ??= this.#watch();
    return this.#newestList();
  }

  /** Everything may have changed. */
  forget(): void {
    this.#hasSource = undefined;
    this.#changed.fire();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#watching?.dispose();
    this.#changed.dispose();
  }

  #watch(): vscode.Disposable {
    const watcher = vscode.workspace.createFileSystemWatcher(WATCHED);
    // When a folder is removed or moved, VS Code doesn't report its files.
    const removals = vscode.workspace.createFileSystemWatcher('**', true, true, false);
    const changed = (uri: vscode.Uri) => {
      this.#changedFiles.set(uri.toString(), uri);
      this.#timer ??= setTimeout(() => void this.#checkChanged(), DEBOUNCE_MS);
    };
    return vscode.Disposable.from(
      watcher,
      watcher.onDidChange(changed),
      watcher.onDidCreate(changed),
      watcher.onDidDelete(changed),
      removals,
      removals.onDidDelete((uri) => {
        if ([...this.#files].some((path) => path.startsWith(`${uri.fsPath}${sep}`))) this.forget();
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.forget()),
    );
  }

  /** Most changed files in a project have nothing to do with functions. */
  async #checkChanged(): Promise<void> {
    this.#timer = undefined;
    const uris = [...this.#changedFiles.values()];
    this.#changedFiles.clear();
    const { isSourceFile } = await sourceFiles();
    const isRelevant =
      uris.length > MAX_CHANGED ||
      uris.some(({ fsPath }) => this.#files.has(fsPath)) ||
      (await Promise.all(uris.map(isSourceFile))).includes(true);
    if (isRelevant) this.forget();
  }

  async #list(): Promise<LocalFunctionsView> {
    if (!vscode.workspace.isTrusted || vscode.workspace.workspaceFolders === undefined) return NONE;
    this.#hasSource ??= sourceFiles().then(({ hasSourceFile }) => hasSourceFile());
    if (!(await this.#hasSource)) return NONE;
    const listing = (await this.#local.ask({ what: 'functions' })) as LocalFunctionsView;
    this.#files = new Set(listing.files);
    return listing;
  }
}
