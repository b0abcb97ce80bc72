import { stackLines } from '../../src/core/outcome/functionError.ts';
import type { OutcomeView } from '../../src/core/outcome/outcome.ts';
import type { FrameLink, ReadLogView } from '../../src/protocol/messages.ts';
import { byId } from '../dom.ts';
import { afterPaint } from '../editor/slices.ts';
import { logContentOf, type LogContent } from '../log/logContent.ts';
import { logFrames } from '../log/logFrames.ts';
import { LogView } from '../log/logView.ts';
import type { LogReadState } from '../log/wholeLogView.ts';
import { attachSplitter } from './splitter.ts';

/** The log below the other panels, or a tab if the pane is too low or too narrow for both. */
export class LogPane {
  #view: LogView | undefined;
  /** Follows once the verdict and the response are painted. */
  #next: LogContent | undefined;
  /** The lines that the frames of the function's error refer to. */
  #stack: readonly string[] = [];
  #hasLog = false;
  #isFolded = false;

  /** `onFold` is called when the log becomes a tab or stops being one. */
  constructor(onFold: () => void) {
    attachSplitter((isFolded) => {
      this.#isFolded = isFolded;
      this.#show();
      onFold();
    });
  }

  get isTab(): boolean {
    return this.#isFolded && this.#hasLog;
  }

  /** Creates the view before there is a log. */
  prepare(): void {
    this.#log();
  }

  /** Shows the log of an outcome. Without an invocation there is no place for one. */
  show(outcome: OutcomeView | undefined, options?: Parameters<typeof logContentOf>[1]): void {
    const log = outcome === undefined ? undefined : logContentOf(outcome, options);
    this.#view?.showReadState({});
    this.#hasLog = log !== undefined;
    this.#stack = outcome?.state === 'functionError' ? stackLines(outcome.functionError) : [];
    byId('log').classList.toggle('none', log?.kind === 'none');
    this.#next = log;
    if (log === undefined) this.#view?.clear();
    else void afterPaint().then(() => this.#next === log && this.#showNext());
    this.#show();
  }

  /** Replaces the log tail by the whole log. */
  showWhole(text: string, requestId: string | undefined, read?: ReadLogView): void {
    this.#hasLog = true;
    byId('log').classList.remove('none');
    const hasMore = read?.isComplete === false;
    this.#next = { kind: 'whole', text, hasMore, read, ...(requestId !== undefined && { requestId }) };
    this.#showNext();
    this.showReadState({});
    this.#show();
  }

  /** Shows that the whole log is being read, or why it can't be. */
  showReadState(state: LogReadState): void {
    this.#showNext();
    this.#log().showReadState(state);
  }

  /** Turns lines of stack traces into links. */
  linkFrames(frames: readonly FrameLink[]): void {
    this.#showNext();
    this.#view?.linkFrames(logFrames(frames, this.#stack));
  }

  #showNext(): void {
    if (this.#next !== undefined) this.#log().show(this.#next);
    this.#next = undefined;
  }

  /** Lays out the page when it is created, so it is created with the first log. */
  #log(): LogView {
    return (this.#view ??= new LogView(byId('log')));
  }

  #show(): void {
    const place = this.#isFolded ? 'tab' : 'pane';
    byId('result-main').dataset['log'] = this.#hasLog ? place : 'none';
    byId('splitter').hidden = !this.#hasLog || this.#isFolded;
    byId('log').setAttribute('role', this.#isFolded ? 'tabpanel' : 'region');
  }
}
