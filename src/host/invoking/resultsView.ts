import * as vscode from 'vscode';
import { RESULTS_CONTEXT, RESULTS_VIEW } from '../contributions.ts';
import { notify } from '../notify.ts';
import { setViewMessage } from '../ui/labels.ts';
import type { FileBatch } from './fileBatch.ts';
import { resultItem, rowsOf, summaryOf, type ResultRow } from './resultRows.ts';

/** Combines changes of fast invocations. In milliseconds. */
const REFRESH_MS = 100;

/**
 * The results of the latest batch, in a view that exists as long as there are any. VS Code creates no rows for it before,
 * so it is registered with the first batch.
 */
export class ResultsView implements vscode.Disposable {
  readonly #rerunFailed: (batch: FileBatch) => unknown;
  readonly #changed = new vscode.EventEmitter<ResultRow[] | undefined>();
  #view: vscode.TreeView<ResultRow> | undefined;
  #batch: FileBatch | undefined;
  #rows: ResultRow[] = [];
  /** The batch of the rows. */
  #shown: FileBatch | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(rerunFailed: (batch: FileBatch) => unknown) {
    this.#rerunFailed = rerunFailed;
  }

  get batch(): FileBatch | undefined {
    return this.#batch;
  }

  /** Shows a batch that starts, changes or ends. A batch that another one has replaced stays hidden. */
  readonly show = (batch: FileBatch): void => {
    const isFirst = batch.files.every(({ state }) => state === 'queued' || state === 'running');
    if (batch !== this.#batch && !isFirst) return;
    const isNew = batch !== this.#batch;
    this.#batch = batch;
    this.#view ??= this.#create();
    if (!batch.isRunning || isNew) this.#refresh();
    else this.#timer ??= setTimeout(() => this.#refresh(), REFRESH_MS);
    // Without the view, the notification has the results.
    if (isNew) this.#reveal().catch(() => undefined);
    else if (!batch.isRunning && !this.#view.visible) this.#notify(batch);
  };

  clear(): void {
    this.#batch = undefined;
    this.#refresh();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    vscode.Disposable.from(this.#changed, ...(this.#view === undefined ? [] : [this.#view])).dispose();
  }

  #create(): vscode.TreeView<ResultRow> {
    return vscode.window.createTreeView<ResultRow>(RESULTS_VIEW, {
      canSelectMany: true,
      treeDataProvider: {
        onDidChangeTreeData: this.#changed.event,
        getTreeItem: resultItem,
        getParent: () => undefined,
        getChildren: (row) => (row === undefined ? [...this.#rows] : []),
      },
    });
  }

  #refresh(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const batch = this.#batch;
    const state = batch?.isRunning === true ? 'running' : (batch?.failed.length ?? 0) > 0 ? 'failed' : 'passed';
    void vscode.commands.executeCommand('setContext', RESULTS_CONTEXT, batch === undefined ? '' : state);
    if (this.#view === undefined) return;
    setViewMessage(this.#view, batch === undefined ? '' : summaryOf(batch));
    this.#changed.fire(this.#update(batch));
  }

  /** Updates the rows. Returns those that changed, or undefined for all. */
  #update(batch: FileBatch | undefined): ResultRow[] | undefined {
    if (batch === undefined || batch !== this.#shown) {
      this.#shown = batch;
      this.#rows = batch === undefined ? [] : rowsOf(batch);
      return undefined;
    }
    return this.#rows.filter((row) => {
      const { file } = row;
      row.file = batch.file(file.uri) ?? file;
      return row.file !== file;
    });
  }

  async #reveal(): Promise<void> {
    // The view exists from now on. Its rows take the focus only if the user moves it there.
    await vscode.commands.executeCommand('setContext', RESULTS_CONTEXT, 'running');
    // TreeView.reveal would wait until no row changes.
    await vscode.commands.executeCommand(`${RESULTS_VIEW}.focus`, { preserveFocus: true });
  }

  #notify(batch: FileBatch): void {
    const { failed } = batch;
    const actions = [
      { label: vscode.l10n.t('Show Results'), run: () => vscode.commands.executeCommand(`${RESULTS_VIEW}.focus`) },
      ...(failed.length === 0 ? [] : [{ label: vscode.l10n.t('Rerun Failed'), run: () => this.#rerunFailed(batch) }]),
    ];
    notify(failed.length === 0 ? 'information' : 'warning', `${summaryOf(batch)}.`, ...actions);
  }
}
