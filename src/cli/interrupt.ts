import { setMaxListeners } from 'node:events';
import { constants } from 'node:os';

/** How Ctrl+C ends the command: the first time after reporting what was running, the second time at once. */
export interface Interrupt {
  /** Aborts with the first signal. */
  readonly signal: AbortSignal;
  /** The exit code of the signal. Undefined if there was none. */
  exitCode(): number | undefined;
  /** Adds something that is running. Returns a function that removes it. */
  begin(name: string): () => void;
}

/** The maximum number of names in a message. */
const MAX_NAMES = 20;

/** What to print for an interrupt. */
export function interruptText(running: readonly string[]): string {
  if (running.length === 0) return 'Interrupted.';
  const others = running.length - MAX_NAMES;
  const names = [...running.slice(0, MAX_NAMES), ...(others > 0 ? [`${others} more`] : [])];
  return `Interrupted. Running: ${names.join(', ')}. Stopping doesn't cancel functions in AWS.`;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** `report` receives what was running when the signal arrived. */
export function listenToInterrupts(report: (running: readonly string[]) => void): Interrupt {
  const abort = new AbortController();
  setMaxListeners(0, abort.signal); // each running invocation listens
  const running = new Set<{ readonly name: string }>();
  let code: number | undefined;
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      const isRepeated = code !== undefined;
      code = 128 + constants.signals[signal];
      if (isRepeated) process.exit(code);
      report([...running].map(({ name }) => name));
      abort.abort();
    });
  }
  return {
    signal: abort.signal,
    exitCode: () => code,
    begin(name) {
      const one = { name };
      running.add(one);
      return () => void running.delete(one);
    },
  };
}
