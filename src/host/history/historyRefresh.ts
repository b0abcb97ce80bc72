import type * as vscode from 'vscode';
import { DOUBLE_CLICK_MS } from '../ui/buttonClicks.ts';
import type { HistoryTree } from './historyTree.ts';
import type { HistoryView } from './historyView.ts';

/** Combines invocations that end together, such as those with several files. In milliseconds. */
const REFRESH_MS = 100;

/** Ages are in minutes. */
const TICK_MS = 60_000;

/** Keeps the rows of the view up to date while it's visible. Hidden, it has no timer. */
export class HistoryRefresh implements vscode.Disposable {
  readonly #tree: HistoryTree;
  readonly #view: HistoryView;
  readonly #onDidUpdate: () => void;
  readonly #visibility: vscode.Disposable;
  #pending: NodeJS.Timeout | undefined;
  #tick: NodeJS.Timeout | undefined;
  /** As of `performance.now()`. */
  #heldUntil = 0;

  constructor(tree: HistoryTree, view: HistoryView, onDidUpdate: () => void) {
    this.#tree = tree;
    this.#view = view;
    this.#onDidUpdate = onDidUpdate;
    this.#visibility = view.view.onDidChangeVisibility(() => this.#onDidChangeVisibility());
    this.#restartTick();
  }

  /** Updates the rows soon. */
  readonly schedule = (): void => {
    if (!this.#view.view.visible) return;
    const delay = Math.max(REFRESH_MS, this.#heldUntil - performance.now());
    this.#pending ??= setTimeout(() => this.now(), delay);
  };

  /** Keeps the rows in place, because the second click of a double click would be on another row. */
  hold(): void {
    this.#heldUntil = performance.now() + DOUBLE_CLICK_MS;
    if (this.#pending === undefined) return;
    clearTimeout(this.#pending);
    this.#pending = undefined;
    this.schedule();
  }

  /** Updates the rows at once. */
  now(): void {
    clearTimeout(this.#pending);
    this.#pending = undefined;
    const change = this.#tree.update();
    this.#onDidUpdate();
    if (change === 'all') this.#view.refresh();
    else if (change.length > 0) this.#view.refresh([...change]);
  }

  dispose(): void {
    clearTimeout(this.#pending);
    clearInterval(this.#tick);
    this.#visibility.dispose();
  }

  #onDidChangeVisibility(): void {
    this.#restartTick();
    if (this.#view.view.visible) this.now();
  }

  #restartTick(): void {
    clearInterval(this.#tick);
    if (this.#view.view.visible) this.#tick = setInterval(this.schedule, TICK_MS);
  }
}
