import * as l10n from '@vscode/l10n';
import type { FollowState } from '../../src/core/logs/followState.ts';
import type { FollowedView } from '../../src/protocol/followMessages.ts';
import { create, setTitle } from '../dom.ts';
import { sentence } from '../localize.ts';

function stateText(state: FollowState, isAsking: boolean): string {
  switch (state.kind) {
    case 'starting':
      return isAsking ? l10n.t('Not started') : l10n.t('Starting');
    case 'liveTail':
      return l10n.t('Live Tail');
    case 'polling':
      return l10n.t('Polling');
    case 'local':
      return l10n.t('Live');
    case 'stopped':
      return l10n.t('Stopped');
  }
}

/** Notes on the state: problems, and why Live Tail isn't used. */
function notes(state: FollowState): string[] {
  switch (state.kind) {
    case 'liveTail':
      return state.problem === undefined
        ? []
        : [l10n.t("Can't read the lines before Live Tail started. {0}", sentence(state.problem))];
    case 'polling':
      return [
        ...(state.notLive === undefined ? [] : [l10n.t("Live Tail isn't available. {0}", sentence(state.notLive))]),
        ...(state.problem === undefined ? [] : [sentence(state.problem)]),
      ];
    case 'stopped':
      return state.reason === undefined ? [] : [sentence(state.reason)];
    case 'starting':
    case 'local':
      return [];
  }
}

/** The notes of a function, unless the next one has the same. */
function ownNotes({ state }: FollowedView, next: FollowedView | undefined): string[] {
  const own = notes(state);
  return next !== undefined && own.join('\n') === notes(next.state).join('\n') ? [] : own;
}

/** A function with its connection and how it is followed. */
function functionView(followed: FollowedView, next: FollowedView | undefined, isAsking: boolean): HTMLElement {
  const { name, connection, state } = followed;
  const text = create('span', `follow-state ${state.kind}`, stateText(state, isAsking));
  const line = create('div', 'follow-function', create('strong', '', name), create('span', 'note', connection), text);
  if (state.kind === 'liveTail' && state.isSampled) {
    const sampled = create('span', 'follow-sampled', l10n.t('Sampled'));
    setTitle(sampled, l10n.t('Live Tail shows up to 500 lines per second. Other lines are missing.'));
    line.append(sampled);
  }
  return create('li', '', line, ...ownNotes(followed, next).map((note) => create('p', 'note follow-note', note)));
}

/** The functions in the order in which they were added. */
export function functionViews(functions: readonly FollowedView[], isAsking: boolean): HTMLElement[] {
  return functions.map((followed, at) => functionView(followed, functions[at + 1], isAsking));
}

/** The states in one line, for screen readers. */
export function spokenStates(functions: readonly FollowedView[], isAsking: boolean): string {
  return functions
    .map((followed, at) => {
      const state = `${followed.name}: ${stateText(followed.state, isAsking)}`;
      return [state, ...ownNotes(followed, functions[at + 1])].join('. ');
    })
    .join('; ');
}
