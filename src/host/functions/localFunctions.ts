import * as vscode from 'vscode';
import { lazy } from '../../core/async/lazy.ts';
import { newestOf } from '../../core/async/newest.ts';
import type { LocalFunctionsView } from '../../core/functions/localFunctionView.ts';
import { disposeLoaded } from '../ui/disposeLoaded.ts';
import type { LocalProcess } from './localProcess.ts';

const NONE: LocalFunctionsView = { functions: [], problems: [], files: [] };

/** The functions of the workspace, as the local endpoint lists them. */
export class LocalFunctions implements vscode.Disposable {
  readonly #local: Pick<LocalProcess, 'ask'>;
  readonly #newestList = newestOf(() => this.#list());
  readonly #changed = new vscode.EventEmitter<void>();
  /** Fires when files that define functions change. */
  readonly onDidChange = this.#changed.event;
  readonly #sources = lazy(async () =>
    (await import('./functionSources.ts')).createFunctionSources(() => this.#changed.fire()),
  );

  constructor(local: Pick<LocalProcess, 'ask'>) {
    this.#local = local;
  }

  /** Lists and starts nothing in an untrusted workspace, without a folder, or without a file that defines functions. */
  list(): Promise<LocalFunctionsView> {
    return this.#newestList();
  }

  /** Other files may define functions now. */
  async forget(): Promise<void> {
    (await this.#sources.current)?.forget();
  }

  dispose(): void {
    vscode.Disposable.from(disposeLoaded(this.#sources), this.#changed).dispose();
  }

  async #list(): Promise<LocalFunctionsView> {
    const sources = await this.#sources();
    if (!vscode.workspace.isTrusted || vscode.workspace.workspaceFolders === undefined) return NONE;
    if (!(await sources.exist())) return NONE;
    const listing = (await this.#local.ask({ what: 'functions' })) as LocalFunctionsView;
    sources.setFiles(listing.files);
    return listing;
  }
}
