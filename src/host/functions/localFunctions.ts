import * as vscode from 'vscode';
import { newestOf } from '../../core/async/newest.ts';
import type { LocalFunctionsView } from '../../core/functions/localFunctionView.ts';
import type { LocalProcess } from './localProcess.ts';

const NONE: LocalFunctionsView = { functions: [], problems: [] };

/** Files that can define functions. Without one the local endpoint isn't started. */
const SOURCES =
  '**/{lambda-invoke.json,template.yaml,template.yml,template.json,*.template.yaml,*.template.yml,*.template.json,sam.yaml,sam.yml,serverless.yaml,serverless.yml,serverless.json}';
const NOT_SOURCES = '**/{node_modules,.aws-sam}/**';

/** Combines changes that follow each other, such as those of a build or a checkout. In milliseconds. */
const DEBOUNCE_MS = 50;

/** The functions of the workspace, as the local endpoint lists them. */
export class LocalFunctions implements vscode.Disposable {
  readonly #local: Pick<LocalProcess, 'ask'>;
  readonly #newestList = newestOf(() => this.#list());
  readonly #changed = new vscode.EventEmitter<void>();
  /** Fires when files that define functions change. */
  readonly onDidChange = this.#changed.event;
  #hasSource: Thenable<boolean> | undefined;
  #watching: vscode.Disposable | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(local: Pick<LocalProcess, 'ask'>) {
    this.#local = local;
  }

  /** Lists and starts nothing in an untrusted workspace or without a folder. */
  async list(): Promise<LocalFunctionsView> {
    this.#watching ??= this.#watch();
    return this.#newestList();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#watching?.dispose();
    this.#changed.dispose();
  }

  #watch(): vscode.Disposable {
    const watcher = vscode.workspace.createFileSystemWatcher(SOURCES);
    const changed = () => {
      this.#hasSource = undefined;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#changed.fire(), DEBOUNCE_MS);
    };
    return vscode.Disposable.from(
      watcher,
      watcher.onDidChange(changed),
      watcher.onDidCreate(changed),
      watcher.onDidDelete(changed),
      vscode.workspace.onDidChangeWorkspaceFolders(changed),
    );
  }

  async #list(): Promise<LocalFunctionsView> {
    if (!vscode.workspace.isTrusted || vscode.workspace.workspaceFolders === undefined) return NONE;
    this.#hasSource ??= vscode.workspace.findFiles(SOURCES, NOT_SOURCES, 1).then(([source]) => source !== undefined);
    if (!(await this.#hasSource)) return NONE;
    return (await this.#local.ask({ what: 'functions' })) as LocalFunctionsView;
  }
}
