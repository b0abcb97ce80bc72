import { message } from '../src/core/messages/messages.ts';
import type { ToForm } from '../src/protocol/messages.ts';
import type { Destination, FunctionAction, OutcomePart } from '../src/protocol/toHost.ts';
import { byId, setTitle } from './dom.ts';
import { INVOKE_KEY } from './invokeKey.ts';
import { acceptDroppedFiles } from './form/dropTarget.ts';
import { Form } from './form/form.ts';
import { linkFrames } from './result/errorView.ts';
import { OutcomePanel } from './result/resultView.ts';
import { showRecentFiles } from './form/payloadView.ts';
import { ResponseView } from './result/responseView.ts';
import { showStreamFile } from './form/streamFileView.ts';
import { registerFirst, registerRest } from './toolkit.ts';
import { onMessage, post } from './vscodeApi.ts';

/** Makes the page work: elements, form, outcome, and what goes between them and the host. */
export function startPage(): void {
  registerFirst();
  requestAnimationFrame(() => setTimeout(registerRest)); // behind the first paint

  const form = new Form();
  const outcomePanel = new OutcomePanel(() => post({ type: 'stopWaiting' }));
  const responseView = new ResponseView();
  outcomePanel.show({ state: 'idle' });

  /** The invocation whose outcome is shown. */
  let shownInvocation = '';

  /** Where the outcome stands below the form, it is brought into view; beside the form it is in view already. */
  function showOutcomeBelow(): void {
    const outcome = byId('outcome');
    const isBelow = outcome.offsetTop >= byId('form').offsetHeight;
    if (isBelow) outcome.scrollIntoView({ block: 'start' });
  }

  function receive(said: ToForm): void {
    switch (said.type) {
      case 'draft':
        return form.fill(said.draft);
      case 'payloadChosen':
        return form.choosePayload(said.uri);
      case 'payloadTyped':
        return form.typePayload(said.text);
      case 'payloadFile':
        return form.showFile(said.payloadFile);
      case 'recentFiles':
        return showRecentFiles(said.files, (uri) => form.choosePayload(uri));
      case 'connection':
        return form.showConnection(said.connection, said.own);
      case 'functionChosen':
        return form.chooseFunction(said);
      case 'facts':
        return form.showFacts(said);
      case 'response':
        return responseView.add(said);
      case 'streamed':
        return responseView.addStreamed(said);
      case 'streamFile':
        return showStreamFile(said.label);
      case 'frames':
        return said.invocationId === shownInvocation ? linkFrames(said.frames) : undefined;
      case 'outcome': {
        const { outcome } = said;
        shownInvocation = said.invocationId;
        byId('outcome').removeAttribute('aria-busy');
        form.showRunning(outcome.state === 'running');
        responseView.clear();
        outcomePanel.show(outcome, form.timeout);
        if (outcome.state !== 'idle') showOutcomeBelow();
        if (outcome.state === 'failed' && outcome.problems !== undefined) form.showHostProblems(outcome.problems);
      }
    }
  }

  const clicks: Record<string, () => void> = {
    invoke: () => form.invoke(),
    'save-preset': () => form.savePreset(),
    'copy-as': () => form.copyAs(),
    'send-anyway': () => form.invoke({ isSentAnyway: true }),
    'check-permission': () => form.invoke({ isDryRun: true }),
    'stream-file': () => post({ type: 'chooseStreamFile' }),
    'forget-stream-file': () => post({ type: 'forgetStreamFile' }),
    'response-raw': () => responseView.toggleRaw(),
    'response-save-stream': () => post({ type: 'saveStream' }),
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
    // Spelled in form.html as the protocol has it; the host parses it again.
    button.addEventListener('click', () => form.functionAction(button.dataset['ask'] as FunctionAction));
  }
  for (const button of document.querySelectorAll<HTMLElement>('[data-take]')) {
    button.addEventListener('click', () => {
      // Both attributes stand in form.html, spelled as the protocol has them; the host parses them again.
      const { take, to } = button.dataset as { take: OutcomePart; to: Destination };
      post({ type: 'exportResult', part: take, to });
    });
  }

  byId('form').addEventListener('submit', (event) => event.preventDefault());
  window.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.repeat) return;
    event.preventDefault();
    form.invoke();
  });

  // The form takes the focus only where VS Code gives it to the tab.
  window.addEventListener('focus', () => {
    if (document.hasFocus() && document.activeElement === document.body) byId('FunctionName').focus();
  });

  acceptDroppedFiles({
    uris: (uris) => post({ type: 'dropPayload', uris }),
    text: (text) => {
      // What was typed is nowhere else.
      if (form.typedPayload === '') form.typePayload(text);
      else form.showHostProblems([{ field: 'Payload', message: message('dropKept') }]);
    },
    refused: (why) => form.showHostProblems([{ field: 'Payload', message: why }]),
  });

  onMessage(receive);
  post({ type: 'ready', ...(form.own !== undefined && { connection: form.own }) });
  form.report();
}
