import * as l10n from '@vscode/l10n';
import type { FunctionErrorDetails } from '../../src/core/outcome/functionError.ts';
import { visibleText } from '../../src/core/messages/visibleText.ts';
import type { Outcome } from '../../src/core/outcome/outcome.ts';
import type { FrameLink } from '../../src/protocol/messages.ts';
import { create, setName, setTitle } from '../dom.ts';
import { sentence } from '../localize.ts';
import { post } from '../vscodeApi.ts';

/** A stack trace of lines that can become links. `first` is the number of its first line. */
function stackView(stack: readonly string[], first: number): HTMLElement {
  const lines = stack.map((text, at) => {
    const line = create('div', 'frame', text || '\u00a0');
    line.dataset['line'] = String(first + at);
    line.dataset['text'] = text; // unchanged: links are offsets in it
    return line;
  });
  const view = create('pre', 'stack', ...lines);
  view.tabIndex = 0;
  view.setAttribute('role', 'region');
  setName(view, l10n.t('Stack trace'));
  return view;
}

/** An error and its causes. Stack lines are numbered as in `stackLines` of core. */
function* detailsView(details: FunctionErrorDetails, next: { line: number }, isCause: boolean): Generator<HTMLElement> {
  const { type, message, stack, causes, omittedLines } = details;
  if (isCause) yield create('p', 'cause', l10n.t('Caused by'));
  if (type !== undefined) yield create('p', 'error-type', type);
  if (message !== undefined) yield create('p', 'error-message', message);
  if (stack.length > 0) {
    yield stackView(stack, next.line);
    next.line += stack.length;
    if (omittedLines !== undefined) yield create('p', 'note', l10n.t('{0} more lines in the response', omittedLines));
  }
  for (const cause of causes) yield* detailsView(cause, next, true);
}

/** The function error: type, message, stack trace, causes, and advice if available. */
export function errorView({ functionError, diagnosis }: Extract<Outcome, { state: 'functionError' }>): HTMLElement {
  const box = create('div', 'error-box', ...detailsView(functionError, { line: 0 }, false));
  if (diagnosis.advice !== undefined) box.append(create('p', 'advice', sentence(diagnosis.advice)));
  return box;
}

/** Turns lines with a file in the workspace into links. */
export function linkFrames(frames: readonly FrameLink[]): void {
  for (const { line, label, start, end } of frames) {
    const element = document.querySelector<HTMLElement>(`.frame[data-line="${line}"]`);
    const text = element?.dataset['text'] ?? '';
    if (element === null || element.querySelector('.link') !== null) continue;
    // Not a button, because its text wouldn't wrap.
    const link = create('span', 'link', text.slice(start, end));
    link.tabIndex = 0;
    link.setAttribute('role', 'link');
    setTitle(link, label);
    const open = () => post({ type: 'openFrame', line });
    link.addEventListener('click', open);
    link.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) open();
    });
    element.replaceChildren(visibleText(text.slice(0, start)), link, visibleText(text.slice(end)));
  }
}
