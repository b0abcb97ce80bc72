import { EMPTY_DRAFT } from '../src/core/invocation/draft.ts';
import { message } from '../src/core/messages/messages.ts';
import type { ToForm } from '../src/protocol/messages.ts';
import type { FunctionAction } from '../src/protocol/toHost.ts';
import { byId, setTitle } from './dom.ts';
import { afterPaint } from './editor/slices.ts';
import { acceptDroppedFiles } from './form/dropTarget.ts';
import { Form } from './form/form.ts';
import { attachFormMenus, offerFiles } from './form/formMenus.ts';
import { showProblems } from './form/problemsView.ts';
import { showStreamFile } from './form/streamFileView.ts';
import { INVOKE_KEY } from './invokeKey.ts';
import { FocusMemory } from './layout/focusMemory.ts';
import { keepFieldFocused } from './layout/keepFieldFocused.ts';
import { listenToKeys } from './layout/keys.ts';
import { Panes, showBarFunction } from './layout/panes.ts';
import { connectSplitter } from './layout/splitter.ts';
import { loadScript } from './loadScript.ts';
import { LaterResultPane } from './result/laterResultPane.ts';
import { onMessage, post } from './vscodeApi.ts';

/** Connects form, result and host. What isn't needed for typing follows after the first paint. */
export function startPage(): void {
  const form = new Form({
    onShow: ({ FunctionName }) => showBarFunction(FunctionName),
    onProblem: () => panes.show('request'),
  });
  const focus = new FocusMemory(
    () => form.initialField,
    ({ id }) => (id === 'Payload' ? form.payload.caret : undefined),
  );
  const panes = new Panes(focus);
  const result = new LaterResultPane();
  result.use((pane) => pane.show({ type: 'outcome', invocationId: '', outcome: { state: 'idle' } }));

  function receive(update: ToForm): void {
    switch (update.type) {
      case 'draft':
        form.fill(update);
        return focus.draftShown();
      case 'presetSaved':
        return form.presetSaved(update);
      case 'payloadChosen':
        return form.choosePayload(update.uri);
      case 'payloadTyped':
        return form.typePayload(update.text);
      case 'payloadFile':
        return form.showFile(update.payloadFile);
      case 'payloadFiles':
        return offerFiles(update.files);
      case 'functionSuggestions':
        return form.suggestFunctions(update.suggestions);
      case 'connection':
        return form.showConnection(update.connection, update.formConnection);
      case 'functionChosen':
        return form.chooseFunction(update);
      case 'facts':
        return form.showFacts(update);
      case 'response':
        return result.use((pane) => pane.addResponse(update));
      case 'streamed':
        return result.use((pane) => pane.addStreamed(update));
      case 'sent':
        return result.use((pane) => pane.showSent(update));
      case 'log':
        return result.use((pane) => pane.showWholeLog(update));
      case 'logProgress':
        return result.use((pane) => pane.showLogProgress(update));
      case 'streamFile':
        return showStreamFile(update.label);
      case 'payloadEditor':
        return form.showPayloadEditor(update);
      case 'invoke':
        return invoke();
      case 'invokeOnTwoTargets':
        return form.postInvocation('invokeOnTwoTargets');
      case 'focus':
        return focus.take();
      case 'copy':
        return result.use((pane) => pane.copy(update.what));
      case 'frames':
        return result.use((pane) => pane.linkFrames(update.invocationId, update.frames));
      case 'outcome': {
        const { outcome } = update;
        form.showRunning(outcome.state === 'running' || outcome.state === 'waiting');
        const { timeout } = form;
        result.use((pane) => pane.show(update, timeout));
        if (outcome.state === 'failed' && outcome.problems !== undefined) showProblems(outcome.problems);
        panes.receive(update.invocationId);
        focus.restoreIfLost();
      }
    }
  }

  function invoke(options?: Parameters<Form['invoke']>[0]): void {
    if (form.invoke(options)) panes.enterResponse();
  }

  const clicks: Record<string, () => void> = {
    invoke: () => invoke(),
    'save-preset': () => form.save(),
    'send-as-is': () => invoke({ isSentAnyway: true }),
    'choose-sample': () => post({ type: 'chooseSample' }),
    'format-payload': () => form.payload.format(),
    'stream-file': () => post({ type: 'chooseStreamFile' }),
    'clear-stream-file': () => post({ type: 'forgetStreamFile' }),
    'open-payload': () => post({ type: 'openPayload', uri: form.payloadFile }),
    'clear-payload': () => form.choosePayload(''),
    'edit-payload': () => form.editPayload(),
    profile: () => post({ type: 'selectConnection' }),
    region: () => post({ type: 'selectRegion' }),
    endpoint: () => post({ type: 'selectEndpoint' }),
  };
  setTitle(byId('invoke'), INVOKE_KEY);
  for (const [id, click] of Object.entries(clicks)) byId(id).addEventListener('click', click);

  for (const button of document.querySelectorAll<HTMLElement>('[data-ask]')) {
    // form.html spells it as the protocol does. The host parses it again.
    button.addEventListener('click', () => form.functionAction(button.dataset['ask'] as FunctionAction));
  }

  byId('form').addEventListener('submit', (event) => event.preventDefault());
  keepFieldFocused(byId('request'));
  listenToKeys({
    invoke: () => invoke(),
    save: () => form.save(),
    escape() {
      if (form.isRunning) post({ type: 'stopWaiting' });
      else if (panes.hidesRequest) panes.returnToRequest();
      else return false;
      return true;
    },
  });

  acceptDroppedFiles({
    uris: (uris) => post({ type: 'dropPayload', uris }),
    text: (text) => {
      // The inline payload isn't stored anywhere else.
      if (['', EMPTY_DRAFT.Payload].includes(form.payload.text)) form.replacePayload(text);
      else showProblems([{ field: 'Payload', message: message('dropKept') }]);
    },
    rejected: (reason) => showProblems([{ field: 'Payload', message: reason }]),
  });

  onMessage(receive);
  // VS Code may replace a page that isn't loaded yet, and what was posted to it is lost.
  window.addEventListener(
    'load',
    () => {
      const { editorId } = form;
      post({ type: 'ready', ...(editorId !== undefined && { editorId }) });
      form.report();
    },
    { once: true },
  );
  focus.restoreSaved();

  void afterPaint().then(() => {
    post({ type: 'painted' });
    void result.load();
    loadScript('elements').catch(() => undefined); // controls.css shows its elements without it
    connectSplitter();
    requestIdleCallback(() => result.use((pane) => pane.prepare()));
    attachFormMenus({
      isLocal: () => form.isLocal,
      hasPreset: () => form.preset !== undefined,
      checkPermission: () => invoke({ isDryRun: true }),
      debug: () => invoke({ isDebugged: true }),
      invokeOnTwoTargets: () => form.postInvocation('invokeOnTwoTargets'),
      saveAs: () => form.savePreset('new'),
      copyAs: () => form.postInvocation('copyAs'),
      choosePayload: (uri) => form.choosePayload(uri),
      functionAction: (action) => form.functionAction(action),
    });
  });
}
