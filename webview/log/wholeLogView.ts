import * as l10n from '@vscode/l10n';
import type { LogProgress } from '../../src/core/logs/logProgress.ts';
import type { Message } from '../../src/core/messages/messages.ts';
import { create, setText } from '../dom.ts';
import { icon } from '../icons.ts';
import { sentence } from '../localize.ts';
import { textButton } from '../result/buttons.ts';
import { post } from '../vscodeApi.ts';
import type { LogContent } from './logContent.ts';

export interface LogReadState {
  readonly progress?: LogProgress | undefined;
  /** Why the whole log couldn't be read. */
  readonly problem?: Message | undefined;
}

function eventsText(count: number): string {
  return count === 1 ? l10n.t('1 event') : l10n.t('{0} events', count);
}

function progressText({ phase, events }: LogProgress): string {
  switch (phase) {
    case 'searching':
      return l10n.t('Searching CloudWatch Logs');
    case 'waiting':
      return l10n.t('Found {0}, waiting for the report', eventsText(events));
    case 'reading':
      return l10n.t('Read {0}', eventsText(events));
  }
}

function noteView(note: Message, isProblem: boolean): HTMLElement {
  return create('p', 'note', icon(isProblem ? 'warning' : 'info'), create('span', '', sentence(note)));
}

/** The button that reads the whole log from CloudWatch Logs, and notes on what was read. */
export class WholeLogView {
  readonly button: HTMLButtonElement;
  readonly notes = create('div', 'log-notes');
  readonly status = create('span', 'visually-hidden');
  #readState: LogReadState = {};
  #content: LogContent | undefined;
  #phase = '';
  readonly #onHide: () => void;

  /** `onHide` is called when the button disappears while it has the focus. */
  constructor(onHide: () => void) {
    this.#onHide = onHide;
    this.status.setAttribute('role', 'status');
    this.button = textButton('', () => {
      post({ type: this.#readState.progress === undefined ? 'readLog' : 'stopReadingLog' });
    });
    this.button.id = 'whole-log';
    this.#update();
  }

  /** The progress, or undefined if nothing is being read. */
  get state(): string | undefined {
    const { progress } = this.#readState;
    return progress && progressText(progress);
  }

  show(content: LogContent | undefined): void {
    this.#content = content;
    this.#update();
  }

  showReadState(state: LogReadState): void {
    this.#readState = state;
    this.#update();
  }

  #update(): void {
    const { progress, problem } = this.#readState;
    const content = this.#content;
    const isOffered = progress !== undefined || content?.hasMore === true;
    const hadFocus = document.activeElement === this.button;
    setText(this.button, progress === undefined ? l10n.t('Whole Log') : l10n.t('Cancel'));
    this.button.hidden = !isOffered;
    if (!isOffered && hadFocus) this.#onHide();
    const read = content !== undefined && content.kind === 'whole' ? content.read : undefined;
    const notes = [
      ...(problem === undefined ? [] : [noteView(problem, true)]),
      ...(read?.notes ?? []).map((note) => noteView(note, !read?.isComplete)),
    ];
    this.notes.replaceChildren(...notes);
    this.notes.hidden = notes.length === 0;
    this.#announce(problem);
  }

  /** Once for each phase, because the numbers change often. */
  #announce(problem: Message | undefined): void {
    const { progress } = this.#readState;
    const phase = progress?.phase ?? problem?.code ?? '';
    if (phase === this.#phase) return;
    this.#phase = phase;
    setText(this.status, problem === undefined ? (this.state ?? '') : sentence(problem));
  }
}
