import type { Context } from './context.ts';
import type { Handler } from './loadHandler.ts';

/** The old ways of ending that a context object still carries. */
interface LegacyCallbacks {
  done(error: unknown, result?: unknown): void;
  succeed(result: unknown): void;
  fail(error: unknown): void;
}

/**
 * Calls a handler and waits for its result, by whichever way it ends: a promise, the callback, the context's old
 * functions, or, for a handler that does none of these, the event loop running empty (then the result is null). A result
 * of the callback goes out when the event loop is empty, unless `callbackWaitsForEmptyEventLoop` is false; an error of
 * it, and the context's old functions, go out at once.
 */
export function callHandler(handler: Handler, event: unknown, context: Context): Promise<unknown> {
  return new Promise((resolve, reject) => {
    let result: unknown = null;
    const onEventLoopEmpty = () => resolve(result);
    process.once('beforeExit', onEventLoopEmpty);
    const done = (error: unknown, value?: unknown) => {
      process.off('beforeExit', onEventLoopEmpty);
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
        Promise.resolve(returned).then(
          (value: unknown) => done(null, value),
          (error: unknown) => done(error ?? new Error('undefined')),
        );
      }
    } catch (error) {
      done(error ?? new Error('undefined'));
    }
  });
}
