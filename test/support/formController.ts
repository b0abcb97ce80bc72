import { createKnownFunctions } from '../../src/core/functions/knownFunctions.ts';
import { FormController, type FormControllerOptions } from '../../src/app/formController.ts';
import { Invocations, type EndedInvocation } from '../../src/app/invocations.ts';
import { createResults } from '../../src/app/results.ts';
import type { InvokeResponse } from '../../src/core/outcome/outcome.ts';
import type { ToForm } from '../../src/protocol/messages.ts';
import { NO_PROMPTS } from './noPrompts.ts';

/** A form with real Invocations. The test decides when Lambda responds. */
export function openFormController(restored: Pick<FormControllerOptions, 'content' | 'isReloaded' | 'running'> = {}) {
  const posted: ToForm[] = [];
  let received = Promise.resolve(true);
  const notified: EndedInvocation[] = [];
  const answers: ((answer: InvokeResponse) => void)[] = [];
  const describedFiles: string[] = [];
  const logs: string[] = [];
  const invocations = new Invocations({
    readPayload: () => Promise.resolve({ bytes: new Uint8Array(), notes: [] }),
    ...NO_PROMPTS,
    target: () => Promise.resolve({ kind: 'aws' }),
    maxRetries: () => 0,
    knownFunctions: createKnownFunctions(),
    invoke: (_, { signal }) =>
      new Promise((resolve, reject) => {
        answers.push(resolve);
        signal.addEventListener('abort', () => reject(new Error('aborted')));
      }),
  });
  const titles: string[] = [];
  const payloads: string[] = [];
  const noop = () => undefined;
  const controller = new FormController(
    {
      post: (message) => posted.push(message),
      received: () => received,
      connection: () => ({ kind: 'local' }),
      showFunction: (name) => titles.push(name),
      fillPayload: (text) => payloads.push(text),
      showConnection: noop,
      postInitialState: noop,
      describePayload: (uri) => describedFiles.push(uri),
      findFrames: noop,
      invocationEnded: noop,
      returnFocus: noop,
      postLog: ({ invocationId }) => logs.push(invocationId),
      labelOf: (uri) => uri,
      notifyOutcome: (ended) => notified.push(ended),
    },
    { invocations, results: createResults().open(), ...restored },
  );
  const states = () => posted.flatMap((message) => (message.type === 'outcome' ? [message.outcome.state] : []));
  /** The tab is being closed: the page receives no more messages. */
  const closeTab = () => {
    received = Promise.resolve(false);
  };
  const answer = async () => {
    await settled();
    answers.shift()?.({ StatusCode: 200, Payload: new TextEncoder().encode('{}'), connection: { kind: 'local' } });
    await settled();
  };
  return { controller, posted, titles, payloads, notified, answers, describedFiles, logs, states, answer, closeTab };
}

/** Waits for pending promises. */
export const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
