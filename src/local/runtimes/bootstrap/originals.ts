// Globals and methods that the runtime uses after it has loaded the handler's code, which may replace them.
// Import this file before the handler's code is loaded.

const { Promise: OriginalPromise, process: currentProcess, setImmediate: setOriginalImmediate } = globalThis;

export const { stringify } = JSON;
export { OriginalPromise };
export const exit = currentProcess.exit.bind(currentProcess);

/** Resolves in the next turn of the event loop. */
export const nextTurn = (): Promise<void> => new OriginalPromise((resolve) => setOriginalImmediate(resolve));
