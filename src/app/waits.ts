import type { WaitingFor } from '../core/outcome/outcome.ts';
import type { PendingRetry } from './sendWithRetries.ts';

/** What an invocation waits for, with the time of a retry instead of the remaining time. */
export type Wait = Exclude<WaitingFor, { kind: 'retry' }> | ({ readonly kind: 'retry' } & PendingRetry);

/** A prompt that opens while a payload is read or an invocation is confirmed. */
export type ReportPrompt = (kind: 'confirmation' | 'mfaCode', isOpen: boolean) => void;

/** Reports a prompt until it is answered. */
export async function reportUntil<T>(
  answered: PromiseLike<T>,
  kind: Parameters<ReportPrompt>[0],
  reportPrompt: ReportPrompt,
): Promise<T> {
  reportPrompt(kind, true);
  try {
    return await answered;
  } finally {
    reportPrompt(kind, false);
  }
}

export interface Waits {
  /** Starts a wait. Returns a function that ends it. */
  begin(wait: Wait): () => void;
  /** Waits while a promise is pending. */
  during<T>(wait: Wait, pending: Promise<T>): Promise<T>;
  readonly reportPrompt: ReportPrompt;
}

/** Tracks what an invocation waits for. Calls `onChange` with the latest open wait, or undefined when all have ended. */
export function createWaits(onChange: (wait: Wait | undefined) => void): Waits {
  let open: readonly Wait[] = [];

  function change(waits: readonly Wait[]): void {
    open = waits;
    onChange(open.at(-1));
  }

  function begin(wait: Wait): () => void {
    change([...open, wait]);
    return () => change(open.filter((one) => one !== wait));
  }

  const ends = new Map<string, (() => void)[]>();
  return {
    begin,
    during(wait, pending) {
      return pending.finally(begin(wait));
    },
    reportPrompt(kind, isOpen) {
      const ofKind = ends.get(kind) ?? [];
      ends.set(kind, ofKind);
      if (isOpen) ofKind.push(begin({ kind }));
      else ofKind.pop()?.();
    },
  };
}
