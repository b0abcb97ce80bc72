import { createKnownFunctions } from '../../src/core/functions/knownFunctions.ts';
import { runInvocation, type RunDependencies } from '../../src/app/runInvocation.ts';
import type { Wait } from '../../src/app/waits.ts';
import type { Invocation } from '../../src/core/invocation/invocation.ts';
import type { InvokeRequest } from '../../src/core/invocation/invokeRequest.ts';
import { InvokeError } from '../../src/core/outcome/invokeError.ts';
import { message } from '../../src/core/messages/messages.ts';
import { NO_PROMPTS } from './noPrompts.ts';

export const invocation: Invocation = {
  FunctionName: 'hello',
  InvocationType: 'RequestResponse',
  payload: { kind: 'typed', text: '{}' },
};
export const order = { invocation, connection: { kind: 'local' } as const };
export const address = { endpoint: 'http://127.0.0.1:1', accessKeyId: 'a', secretAccessKey: 'b' };

/** Dependencies of an invocation that succeeds, and a function that runs it with them. */
export function setUp(changes: Partial<RunDependencies> = {}) {
  const sent: InvokeRequest[] = [];
  const dependencies: RunDependencies = {
    readPayload: () => Promise.resolve({ bytes: new TextEncoder().encode('{}'), notes: [message('bomDropped')] }),
    ...NO_PROMPTS,
    target: () => Promise.resolve({ kind: 'local', address }),
    maxRetries: () => 0,
    knownFunctions: createKnownFunctions(),
    invoke: (request) => {
      sent.push(request);
      return Promise.resolve({ StatusCode: 200, Payload: new Uint8Array([0x31]), connection: { kind: 'local' } });
    },
    ...changes,
  };
  const abort = new AbortController();
  const { signal } = abort;
  const waits: (Wait | undefined)[] = [];
  const options = { signal, onWaitChange: (wait: Wait | undefined) => waits.push(wait) };
  return { sent, abort, waits, dependencies, run: (request = order) => runInvocation(request, dependencies, options) };
}

export const response = { StatusCode: 200, Payload: new Uint8Array(), connection: { kind: 'local' } } as const;

/** Rejects because the SSO session has expired. */
export const signInNeeded = () =>
  Promise.reject(new InvokeError(message('ssoLoginNeeded', 'dev'), { loginProfile: 'dev' }));
