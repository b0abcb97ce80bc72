import * as l10n from '@vscode/l10n';
import type { FromFollowPage, ToFollowPage } from '../../src/protocol/followMessages.ts';
import { byId, setText } from '../dom.ts';
import { loadScript } from '../loadScript.ts';
import { saveState } from '../vscodeApi.ts';
import { FollowView } from './followView.ts';
import { functionViews, spokenStates } from './functionsView.ts';

function post(message: FromFollowPage): void {
  globalThis.page?.api.postMessage(message);
}

function onClick(id: string, run: () => void): void {
  byId(id).addEventListener('click', run);
}

function showState(view: FollowView, { status, functions, stored }: Extract<ToFollowPage, { type: 'state' }>): void {
  saveState({ followed: stored });
  const isAsking = status === 'asking';
  byId('functions').replaceChildren(...functionViews(functions, isAsking));
  setText(byId('follow-status'), spokenStates(functions, isAsking));
  const wasAsking = !byId('question').hidden;
  byId('question').hidden = !isAsking;
  // The question can also appear above the log, after a function was added.
  byId('log').hidden = isAsking && view.isEmpty;
  byId('stop').hidden = status !== 'following';
  byId('pause').hidden = status !== 'following';
  byId('resume').hidden = isAsking || !functions.some(({ state }) => state.kind === 'stopped');
  byId('add').hidden = isAsking;
  if (isAsking && !wasAsking) byId('poll').focus();
  if (!isAsking && wasAsking) byId('pause').focus();
  view.setFunctions(functions, status === 'stopped' ? l10n.t('Stopped') : l10n.t('Waiting for log lines'));
}

/** Describes both answers. */
function explain(): void {
  const live = l10n.t('Live Tail shows log lines within a second. AWS charges for each minute.');
  const end = l10n.t('It stops when you close this tab, or after an hour.');
  const poll = l10n.t("Polling isn't charged. Log lines appear after a few seconds.");
  setText(byId('question-text'), `${live} ${end}\n${poll}`);
}

/** Shows the logs of functions as they're written. The rows are in the bundle of the result pane. */
async function start(): Promise<void> {
  await loadScript('result').catch(() => undefined);
  const parts = globalThis.results;
  if (parts === undefined) {
    byId('log').hidden = false;
    return setText(byId('log'), l10n.t("The log can't be shown. Reload the window."));
  }
  const view = new FollowView(byId('log'), parts, post);

  function showPaused(): void {
    const { isPaused, heldCount } = view;
    const text = heldCount === 0 ? l10n.t('Continue') : l10n.t('Continue ({0} new)', heldCount);
    setText(byId('pause'), isPaused ? text : l10n.t('Pause'));
  }

  window.addEventListener('message', ({ data }: MessageEvent<ToFollowPage>) => {
    if (data.type === 'state') return showState(view, data);
    view.add(data.texts);
    showPaused();
  });
  onClick('pause', () => {
    view.togglePaused();
    showPaused();
  });
  onClick('stop', () => post({ type: 'stop' }));
  onClick('resume', () => post({ type: 'resume' }));
  onClick('add', () => post({ type: 'addFunction' }));
  onClick('live-tail', () => post({ type: 'choose', mode: 'liveTail' }));
  onClick('poll', () => post({ type: 'choose', mode: 'poll' }));
  post({ type: 'ready' });
}

explain();
void start();
