import { message } from '../src/core/messages/messages.ts';
import type { ToForm } from '../src/protocol/messages.ts';
import type { Destination, FunctionAction, OutcomePart } from '../src/protocol/toHost.ts';
import { byId, setTitle } from './dom.ts';
import { INVOKE_KEY } from './invokeKey.ts';
import { acceptDroppedFiles } from './form/dropTarget.ts';
import { Form } from './form/form.ts';
import { addButtonIcons } from './icons.ts';
import { ResultPane } from './result/resultPane.ts';
import { showRecentFiles } from './form/payloadView.ts';
import { showStreamFile } from './form/streamFileView.ts';
import { registerInitial, registerRemaining } from './toolkit.ts';
import { onMessage, post } from './vscodeApi.ts';

/** Registers the elements and connects form, result and host. */
export function startPage(): void {
  registerInitial();
  requestAnimationFrame(() => setTimeout(registerRemaining)); // after the first paint

  const form = new Form();
  addButtonIcons(byId('result'));
  const resultPane = new ResultPane();
  resultPane.show({ type: 'outcome', invocationId: '', outcome: { state: 'idle' } });

  /** Scrolls to the result in narrow windows, where it's below the form. */
  function scrollToResult(): void {
    const result = byId('result');
    const isBelow = result.offsetTop >= byId('form').offsetHeight;
    if (isBelow) result.scrollIntoView({ block: 'start' });
  }

  function receive(update: ToForm): void {
    switch (update.type) {
      case 'draft':
        return form.fill(update.draft);
      case 'payloadChosen':
        return form.choosePayload(update.uri);
      case 'payloadTyped':
        return form.typePayload(update.text);
      case 'payloadFile':
        return form.showFile(update.payloadFile);
      case 'payloadFiles':
        return showRecentFiles(update.files, (uri) => form.choosePayload(uri));
      case 'connection':
        return form.showConnection(update.connection, update.formConnection);
      case 'functionChosen':
        return form.chooseFunction(update);
      case 'facts':
        return form.showFacts(update);
      case 'response':
        return resultPane.addResponse(update);
      case 'streamed':
        return resultPane.addStreamed(update);
      case 'sent':
        return resultPane.showSent(update);
      case 'log':
        return resultPane.showWholeLog(update);
      case 'streamFile':
        return showStreamFile(update.label);
      case 'frames':
        return resultPane.linkFrames(update.invocationId, update.frames);
      case 'outcome': {
        const { outcome } = update;
        form.showRunning(outcome.state === 'running' || outcome.state === 'waiting');
        resultPane.show(update, form.timeout);
        if (outcome.state !== 'idle') scrollToResult();
        if (outcome.state === 'failed' && outcome.problems !== undefined) form.showHostProblems(outcome.problems);
      }
    }
  }

  const clicks: Record<string, () => void> = {
    invoke: () => form.invoke(),
    'save-preset': () => form.savePreset('new'),
    'copy-as': () => form.copyAs(),
    'send-as-is': () => form.invoke({ isSentAnyway: true }),
    'check-permission': () => form.invoke({ isDryRun: true }),
    'stream-file': () => post({ type: 'chooseStreamFile' }),
    'clear-stream-file': () => post({ type: 'forgetStreamFile' }),
    browse: () => post({ type: 'browsePayload' }),
    'open-payload': () => post({ type: 'openPayload', uri: form.payloadFile }),
    'clear-payload': () => form.choosePayload(''),
    'edit-payload': () => post({ type: 'editPayload', text: form.typedPayload }),
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
  for (const button of document.querySelectorAll<HTMLElement>('[data-export]')) {
    button.addEventListener('click', () => {
      // form.html spells both attributes as the protocol does. The host parses them again.
      const { export: part, to } = button.dataset as { export: OutcomePart; to: Destination };
      post({ type: 'exportResult', part, to });
    });
  }

  byId('form').addEventListener('submit', (event) => event.preventDefault());
  window.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.repeat) return;
    event.preventDefault();
    form.invoke();
  });

  // Focus a field only when VS Code focuses the tab.
  window.addEventListener('focus', () => {
    if (document.hasFocus() && document.activeElement === document.body) byId('FunctionName').focus();
  });

  acceptDroppedFiles({
    uris: (uris) => post({ type: 'dropPayload', uris }),
    text: (text) => {
      // The inline payload isn't stored anywhere else.
      if (form.typedPayload === '') form.typePayload(text);
      else form.showHostProblems([{ field: 'Payload', message: message('dropKept') }]);
    },
    rejected: (reason) => form.showHostProblems([{ field: 'Payload', message: reason }]),
  });

  onMessage(receive);
  post({ type: 'ready', ...(form.own !== undefined && { connection: form.own }) });
  form.report();
}
