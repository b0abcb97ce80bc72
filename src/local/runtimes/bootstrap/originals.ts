// What the runtime uses after the handler's code was loaded, which may replace these globals and methods.
// Import this file before that.

const { Promise: OriginalPromise, process: currentProcess, setImmediate: setOriginalImmediate } = globalThis;

export const { stringify } = JSON;
export { OriginalPromise };
export const exit = currentProcess.exit.bind(currentProcess);

/** Resolves in the next turn of the event loop. */
export const nextTurn = (): Promise<void> => new OriginalPromise((resolve) => setOriginalImmediate(resolve));
