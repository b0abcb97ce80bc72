import type { Handler } from './loadHandler.ts';

/** The old ways of ending that a context object still carries. */
interface Endings {
  done(error: unknown, result?: unknown): void;
  succeed(result: unknown): void;
  fail(error: unknown): void;
}

/**
 * Calls a handler and waits for its result, by whichever way it ends: a promise, the callback, the context's old
 * functions, or, for a handler that does none of these, the event loop running empty (then the result is null).
 */
export function callHandler(handler: Handler, event: unknown, context: object): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const done = (error: unknown, result?: unknown) => {
      process.off('beforeExit', ranEmpty);
      if (error === undefined || error === null) resolve(result);
      else reject(error);
    };
    const ranEmpty = () => done(null, null);
    process.once('beforeExit', ranEmpty);
    const endings: Endings = { done, succeed: (result) => done(null, result), fail: (error) => done(error) };
    try {
      const returned = handler(event, Object.assign(context, endings), done);
      if (
        typeof returned === 'object' &&
        returned !== null &&
        'then' in returned &&
        typeof returned.then === 'function'
      ) {
        Promise.resolve(returned).then(
          (result: unknown) => done(null, result),
          (error: unknown) => done(error ?? new Error('undefined')),
        );
      }
    } catch (error) {
      done(error ?? new Error('undefined'));
    }
  });
}
