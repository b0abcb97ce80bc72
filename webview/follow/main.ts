import * as l10n from '@vscode/l10n';
import type { FromFollowPage, ToFollowPage } from '../../src/protocol/followMessages.ts';
import { byId, setText } from '../dom.ts';
import { loadScript } from '../loadScript.ts';
import { savedState, saveState } from '../vscodeApi.ts';
import { FollowView } from './followView.ts';
import { functionView, spokenStates } from './functionsView.ts';

function post(message: FromFollowPage): void {
  globalThis.page?.api.postMessage(message);
}

function onClick(id: string, run: () => void): void {
  byId(id).addEventListener('click', run);
}

function showState(view: FollowView, { status, functions, stored }: Extract<ToFollowPage, { type: 'state' }>): void {
  saveState({ followed: stored });
  byId('functions').replaceChildren(...functions.map(functionView));
  setText(byId('follow-status'), spokenStates(functions));
  const wasAsking = !byId('question').hidden;
  byId('question').hidden = status !== 'asking';
  byId('log').hidden = status === 'asking';
  byId('stop').hidden = status !== 'following';
  byId('pause').hidden = status !== 'following';
  byId('resume').hidden = status !== 'stopped';
  byId('add').hidden = status === 'asking';
  if (status === 'asking' && !wasAsking) byId('poll').focus();
  if (status !== 'asking' && wasAsking) byId('pause').focus();
  view.setFunctions(functions, status === 'stopped' ? l10n.t('Stopped') : l10n.t('Waiting for log lines…'));
}

/** Shows the logs of functions as they are written. The rows come from the bundle of the result pane. */
async function start(): Promise<void> {
  await loadScript('result').catch(() => undefined);
  const parts = globalThis.results;
  if (parts === undefined) return setText(byId('log'), l10n.t("The log can't be shown. Reload the window."));
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

saveState(savedState());
void start();
