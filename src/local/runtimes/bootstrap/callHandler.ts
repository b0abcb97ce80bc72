import { CLIENT_VERSION } from './clientVersion.ts';
import type { Context } from './context.ts';
import type { Handler } from './loadHandler.ts';
import { OriginalPromise } from './originals.ts';
import { RuntimeError } from './runtimeErrors.ts';

let onEmpty: (() => void) | undefined;
let isListening = false;

/** One listener for all events: adding and removing one takes longer than a short handler. */
function listenForEmptyEventLoop(listener: (() => void) | undefined): void {
  onEmpty = listener;
  if (!isListening) process.on('beforeExit', () => onEmpty?.());
  isListening = true;
}

/** Lambda's error for a promise that can't be settled anymore. Source: aws-lambda-ric, Errors.js. */
function nodeJsExit(): RuntimeError {
  const message =
    'The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes';
  return new RuntimeError('Runtime.NodeJsExit', message);
}

/** Whether a value has a `then` method, like a promise. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  if (typeof value !== 'function' && (typeof value !== 'object' || value === null)) return false;
  return typeof (value as { readonly then?: unknown }).then === 'function';
}

/** Version 3's reason for a rejection without a reason. */
const NO_REASON = 'handled';

interface Deferred {
  readonly promise: Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** Creates a promise that is settled later. A handler that runs in an executor has that frame in its errors. */
function defer(): Deferred {
  let settle: Omit<Deferred, 'promise'> | undefined;
  const promise = new OriginalPromise<unknown>((resolve, reject) => (settle = { resolve, reject }));
  return { promise, ...(settle as unknown as Omit<Deferred, 'promise'>) };
}

/**
 * Calls a handler of version 3 and waits for its promise, its callback, or a deprecated context method, whichever comes
 * first. A handler that uses none of them results in null when the event loop is empty, or in an error if it was
 * declared with `async`. A callback result also waits for the empty event loop, unless `callbackWaitsForEmptyEventLoop`
 * is false. Callback errors and context methods complete immediately.
 */
function callWithCallback(handler: Handler, isAsync: boolean, event: unknown, values: Context): Promise<unknown> {
  const { promise, resolve, reject } = defer();
  let isDone = false;
  const complete = (error: unknown, value: unknown) => {
    listenForEmptyEventLoop(undefined);
    if (error === undefined || error === null) resolve(value);
    else reject(error);
  };
  const completeWhenEmpty = (error: unknown, value: unknown) =>
    listenForEmptyEventLoop(() => {
      isDone = true;
      complete(error, value);
    });
  /** Only the first call of any of these functions has an effect. */
  const once = (finish: (error: unknown, value: unknown) => void) => (error: unknown, value?: unknown) => {
    if (isDone) return;
    isDone = true;
    finish(error, value);
  };
  const done = once(complete);
  const succeed = (value: unknown) => done(null, value);
  const fail = (error: unknown) => done(error ?? NO_REASON);
  const context = { callbackWaitsForEmptyEventLoop: true, succeed, fail, done, ...values };
  const callback = once((error, value) => {
    const waits = context.callbackWaitsForEmptyEventLoop && (error === undefined || error === null);
    (waits ? completeWhenEmpty : complete)(error, value);
  });
  completeWhenEmpty(isAsync ? nodeJsExit() : undefined, null);
  try {
    const returned = handler(event, context, callback);
    if (isThenable(returned)) OriginalPromise.resolve(returned).then(succeed, fail);
  } catch (error) {
    callback(error);
  }
  return promise;
}

/**
 * Calls a handler and resolves with its result, as AWS's runtime interface client does. Rejects with what the handler
 * throws, or with Runtime.NodeJsExit. Source: aws-lambda-ric, Runtime.js and CallbackContext.js (version 3) and
 * buffered-invoke-processor.js (version 4).
 */
export async function callHandler(
  handler: Handler,
  event: unknown,
  { context, isAsync }: { readonly context: Context; readonly isAsync: boolean },
): Promise<unknown> {
  if (CLIENT_VERSION === 3) return callWithCallback(handler, isAsync, event, context);
  return (handler as (event: unknown, context: unknown) => unknown)(event, context);
}
