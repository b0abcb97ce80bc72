import * as l10n from '@vscode/l10n';
import type { FunctionErrorDetails } from '../../src/core/outcome/functionError.ts';
import type { Outcome } from '../../src/core/outcome/outcome.ts';
import { stackSections } from '../../src/core/outcome/stackSections.ts';
import { offeredActions, verdictOf } from '../../src/core/outcome/verdict.ts';
import { create, setName } from '../dom.ts';
import { icon, type IconName } from '../icons.ts';
import { sentence } from '../localize.ts';
import { actionButtons } from './actionButtons.ts';

type Lines = ReturnType<typeof stackSections>['own'];

/** Lines that can become links. `first` is the number of the stack's first line. */
function frameLines(lines: Lines, first: number): HTMLElement[] {
  return lines.map(({ text, at }) => {
    const line = create('div', 'frame', text || '\u00a0');
    line.dataset['line'] = String(first + at);
    line.dataset['text'] = text; // unchanged: links are offsets in it
    return line;
  });
}

/** A stack trace. Frames of the runtime and of libraries are folded if there are others. */
function stackView(details: FunctionErrorDetails, first: number): HTMLElement {
  const { own, runtime, runtimeFrames } = stackSections(details.stack, details);
  const view = create('pre', 'stack', ...frameLines(own, first));
  if (runtime.length > 0) {
    const summary = runtimeFrames === 1 ? l10n.t('1 runtime frame') : l10n.t('{0} runtime frames', runtimeFrames);
    const folded = document.createElement('details');
    folded.className = 'runtime';
    folded.open = own.length === 0;
    folded.append(create('summary', '', summary), ...frameLines(runtime, first));
    view.append(folded);
  }
  view.tabIndex = 0;
  view.setAttribute('role', 'group'); // not a landmark, because causes have their own
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
    yield stackView(details, next.line);
    next.line += stack.length;
    if (omittedLines !== undefined) yield create('p', 'note', l10n.t('{0} more lines in the response', omittedLines));
  }
  for (const cause of causes) yield* detailsView(cause, next, true);
}

function neutralIcon(name: IconName): HTMLElement {
  return create('div', 'neutral-icon', icon(name));
}

function adviceView(text: string): HTMLElement {
  return create('p', 'advice', icon('info'), create('span', '', text));
}

/** A function error: type, message, one sentence of advice, stack trace and causes. */
function functionErrorView(outcome: Extract<Outcome, { state: 'functionError' }>): HTMLElement[] {
  const { functionError, diagnosis } = outcome;
  const advice = diagnosis.advice === undefined ? [] : [adviceView(sentence(diagnosis.advice))];
  const [type, message, ...rest] = [...detailsView(functionError, { line: 0 }, false)];
  const head = [type, message].filter((part) => part !== undefined);
  // The advice comes after the message, before a long stack.
  const at = head.findIndex((part) => part.tagName === 'PRE');
  const heading = at === -1 ? head : head.slice(0, at);
  const remaining = at === -1 ? rest : [...head.slice(at), ...rest];
  if (heading.length === 0 && remaining.length === 0) {
    heading.push(create('p', 'note', l10n.t('The function reported no details. See its response and log.')));
  }
  const buttons = actionButtons(offeredActions(outcome));
  return [create('div', 'error-box', ...heading), ...advice, ...buttons, ...remaining];
}

/** Why there is no response: the reason, the original error, problems by field, and what can be done. */
function noResponseView(outcome: Extract<Outcome, { state: 'failed' | 'cancelled' }>): HTMLElement[] {
  const problems = outcome.state === 'failed' ? (outcome.problems ?? []) : [];
  const exception = outcome.state === 'failed' ? outcome.exception : undefined;
  const box = create('div', 'error-box');
  if (problems.length > 1) {
    box.append(create('p', '', l10n.t('Nothing was sent. Fix these fields.')));
    const items = problems.map(({ field, message }) =>
      create('li', '', create('strong', '', field), ' ', sentence(message)),
    );
    box.append(create('ul', 'problems', ...items));
  } else box.append(create('p', 'reason', sentence(outcome.reason)));
  if (exception !== undefined) {
    const { name, message, isLocal } = exception;
    const received = message === '' ? name : l10n.t('{0}: {1}', name, message);
    const text = isLocal === true ? l10n.t('Local error: {0}', received) : l10n.t('AWS error: {0}', received);
    box.append(create('p', 'note', text));
  }
  const isNeutral = verdictOf(outcome).level === 'neutral';
  const iconName = outcome.remedy?.kind === 'manageTrust' ? 'shield' : 'canceled';
  const buttons = actionButtons(offeredActions(outcome));
  return [...(isNeutral ? [neutralIcon(iconName)] : []), box, ...buttons];
}

/** The content of the Error tab. */
export function failureView(outcome: Outcome): HTMLElement[] {
  if (outcome.state === 'functionError') return functionErrorView(outcome);
  return outcome.state === 'failed' || outcome.state === 'cancelled' ? noResponseView(outcome) : [];
}
