import type { Context } from './context.ts';
import type { Handler } from './loadHandler.ts';
import { OriginalPromise } from './originals.ts';

/** The deprecated completion methods of the context object. */
interface LegacyCallbacks {
  done(error: unknown, result?: unknown): void;
  succeed(result: unknown): void;
  fail(error: unknown): void;
}

let onEmpty: (() => void) | undefined;
let isListening = false;

/** One listener for all events: adding and removing one takes longer than a short handler. */
function listenForEmptyEventLoop(listener: (() => void) | undefined): void {
  onEmpty = listener;
  if (!isListening) process.on('beforeExit', () => onEmpty?.());
  isListening = true;
}

/**
 * Calls a handler and waits for its promise, its callback, or a deprecated context method; for a handler that uses none
 * of them, resolves with null when the event loop is empty. A callback result also waits for the empty event loop,
 * unless `callbackWaitsForEmptyEventLoop` is false; callback errors and context methods complete immediately.
 */
export function callHandler(handler: Handler, event: unknown, context: Context): Promise<unknown> {
  return new OriginalPromise((resolve, reject) => {
    let result: unknown = null;
    const onEventLoopEmpty = () => {
      listenForEmptyEventLoop(undefined);
      resolve(result);
    };
    listenForEmptyEventLoop(onEventLoopEmpty);
    const done = (error: unknown, value?: unknown) => {
      listenForEmptyEventLoop(undefined);
      if (error === undefined || error === null) resolve(value);
      else reject(error);
    };
    const callback = (error: unknown, value?: unknown) => {
      const waits = context.callbackWaitsForEmptyEventLoop && (error === undefined || error === null);
      if (waits) result = value;
      else done(error, value);
    };
    const legacyCallbacks: LegacyCallbacks = {
      done,
      succeed: (value) => done(null, value),
      fail: (error) => done(error),
    };
    try {
      const returned = handler(event, Object.assign(context, legacyCallbacks), callback);
      if (
        typeof returned === 'object' &&
        returned !== null &&
        'then' in returned &&
        typeof returned.then === 'function'
      ) {
        OriginalPromise.resolve(returned).then(
          (value: unknown) => done(null, value),
          (error: unknown) => done(error ?? new Error('undefined')),
        );
      }
    } catch (error) {
      done(error ?? new Error('undefined'));
    }
  });
}
