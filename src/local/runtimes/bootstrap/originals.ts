// What the runtime uses after the handler's code was loaded, which may replace these globals and methods.
// Import this file before that.

const { Promise: OriginalPromise, process: currentProcess } = globalThis;

export const { stringify } = JSON;
export { OriginalPromise };
export const exit = currentProcess.exit.bind(currentProcess);
