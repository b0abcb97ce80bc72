import type { Invocations } from '../../app/invocations.ts';
import type { HistoryEntry } from '../../core/history/historyEntry.ts';

/** When an invocation was sent and ended, in milliseconds since the epoch. */
export interface InvocationTime {
  readonly startedAt: number;
  readonly endedAt: number;
}

/** The number of invocations of this window whose times are in memory. */
const MAX_INVOCATIONS = 1000;

/** The times of the invocations of this window, and of those in the history. */
export class InvocationTimes {
  readonly #startedAt = new Map<string, number>();
  readonly #endedAt = new Map<string, number>();
  /** The invocations of this window that no form has shown yet. */
  readonly #unseen = new Set<string>();
  readonly #entries: () => readonly HistoryEntry[];

  constructor(invocations: Pick<Invocations, 'listen'>, entries: () => readonly HistoryEntry[]) {
    this.#entries = entries;
    invocations.listen({
      onDidStart: (invocationId) => {
        this.#startedAt.set(invocationId, Date.now());
        this.#unseen.add(invocationId);
        const [oldest = ''] = this.#startedAt.size > MAX_INVOCATIONS ? this.#startedAt.keys() : [];
        for (const stored of [this.#startedAt, this.#endedAt, this.#unseen]) stored.delete(oldest);
      },
      onDidEnd: ({ invocationId }) => this.#endedAt.set(invocationId, Date.now()),
    });
  }

  /** Marks an invocation as shown. Returns whether it's of this window and no form has shown it before. */
  markShown(invocationId: string): boolean {
    return this.#unseen.delete(invocationId);
  }

  /** The times of an invocation that has ended. `clientMs` is how long it took. */
  of(invocationId: string, clientMs: number): InvocationTime {
    const startedAt = this.#startedAt.get(invocationId);
    const endedAt =
      this.#endedAt.get(invocationId) ??
      this.#entries().find((entry) => entry.invocationId === invocationId)?.at ??
      Date.now();
    return { startedAt: startedAt ?? endedAt - clientMs, endedAt };
  }
}
