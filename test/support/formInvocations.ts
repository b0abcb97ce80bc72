import { createKnownFunctions } from '../../src/core/functions/knownFunctions.ts';
import { FormInvocations } from '../../src/app/formInvocations.ts';
import { Invocations } from '../../src/app/invocations.ts';
import { createResults } from '../../src/app/results.ts';
import type { InvocationOrder, RunDependencies } from '../../src/app/runInvocation.ts';
import type { ToForm } from '../../src/protocol/messages.ts';
import { NO_PROMPTS } from './noPrompts.ts';

export const encode = (text: string) => new TextEncoder().encode(text);

export function orderOf(text: string): InvocationOrder {
  const invocation = { FunctionName: 'hello', InvocationType: 'RequestResponse' } as const;
  return { invocation: { ...invocation, payload: { kind: 'typed', text } }, connection: { kind: 'local' } };
}

/** The invocations of a form whose function returns its payload. `maxBytes` limits the bodies. */
export function openForm(changes: Partial<RunDependencies> = {}, maxBytes?: number) {
  const posted: ToForm[] = [];
  const sent: string[] = [];
  const focusReturns: (string | undefined)[] = [];
  const invocations = new Invocations({
    readPayload: (source) => Promise.resolve({ bytes: encode(source.kind === 'typed' ? source.text : ''), notes: [] }),
    ...NO_PROMPTS,
    target: () => Promise.resolve({ kind: 'aws' }),
    maxRetries: () => 0,
    knownFunctions: createKnownFunctions(),
    invoke: ({ Payload }) => {
      sent.push(new TextDecoder().decode(Payload));
      return Promise.resolve({ StatusCode: 200, Payload, connection: { kind: 'local' } });
    },
    ...changes,
  });
  const noop = () => undefined;
  const form = new FormInvocations({
    services: {
      post: (message) => posted.push(message),
      received: () => Promise.resolve(true),
      labelOf: (uri) => uri,
      postLog: noop,
      findFrames: noop,
      notifyOutcome: noop,
      invocationEnded: noop,
      returnFocus: () => focusReturns.push(outcomes().at(-1)?.outcome.state),
    },
    invocations,
    results: createResults(maxBytes).open(),
    isReady: () => true,
  });
  const outcomes = () => posted.flatMap((message) => (message.type === 'outcome' ? [message] : []));
  const last = () => {
    const { invocationId, position, outcome } = outcomes().at(-1) ?? {};
    return [invocationId, outcome?.state, position];
  };
  const run = async (id: string, text: string) => {
    form.start(id, orderOf(text));
    await settled();
  };
  return { form, posted, sent, focusReturns, outcomes, last, run };
}

/** Waits for pending promises. */
export const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
