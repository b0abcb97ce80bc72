import type { InvocationResult } from '../core/outcome/outcome.ts';
import { ResponseStream, type StreamSink } from './responseStream.ts';
import { runInvocation, type InvocationOrder, type RunDependencies } from './runInvocation.ts';
import type { Waiting } from './sendWithRetries.ts';

/** One invocation on its way. */
export interface RunningInvocation {
  readonly invocationId: string;
  readonly order: InvocationOrder;
  /** When it was started, in milliseconds since the epoch. */
  readonly startedAt: number;
  /** The response of a streamed invocation, as far as it has come. */
  readonly stream?: ResponseStream;
  /** What a refused request waits for, while it waits. */
  waiting(): Waiting | undefined;
  /** Calls back when the wait for another attempt begins and ends. One listener. */
  onDidChangeWaiting(listener: () => void): void;
  /** Never rejects. */
  readonly result: Promise<InvocationResult>;
  /** Stops waiting for the answer; a request that was sent goes on at Lambda. */
  stopWaiting(): void;
}

/** An invocation that has ended. */
export interface EndedInvocation {
  readonly invocationId: string;
  readonly order: InvocationOrder;
  readonly result: InvocationResult;
}

/** Follows the invocations. Its functions must not throw. */
interface InvocationListener {
  onDidStart?(invocationId: string, order: InvocationOrder): void;
  onDidEnd?(ended: EndedInvocation): void;
}

/** Ids kept to refuse a second click with the same one. */
const MAX_SEEN = 1000;

/** Starts invocations, and refuses to start one twice: the host's half of "one click, one invocation". */
export class Invocations {
  readonly #dependencies: RunDependencies;
  readonly #listeners: InvocationListener[] = [];
  readonly #seen = new Set<string>();

  constructor(dependencies: RunDependencies) {
    this.#dependencies = dependencies;
  }

  /** Adds a listener. Listeners are called in the order in which they were added. */
  listen(listener: InvocationListener): void {
    this.#listeners.push(listener);
  }

  /**
   * Starts an invocation, or answers undefined for an id that was started before. A streamed response is written to
   * `sink` where one is given.
   */
  start(invocationId: string, order: InvocationOrder, sink?: StreamSink): RunningInvocation | undefined {
    if (this.#seen.has(invocationId)) return undefined;
    this.#remember(invocationId);
    for (const listener of this.#listeners) listener.onDidStart?.(invocationId, order);
    const abort = new AbortController();
    const isStreamed = order.invocation.InvokeMode === 'RESPONSE_STREAM';
    const streamed = isStreamed ? { stream: new ResponseStream(sink) } : {};
    let waiting: Waiting | undefined;
    let changed = () => undefined as void;
    const onWait = (now: Waiting | undefined) => {
      waiting = now;
      changed();
    };
    const options = { signal: abort.signal, onWait, ...streamed };
    const result = runInvocation(order, this.#dependencies, options);
    // One step behind whoever waits for the outcome: it is shown before it is written to the history and the log.
    void result
      .then((ended) => Promise.resolve(ended))
      .then((ended) => {
        for (const listener of this.#listeners) listener.onDidEnd?.({ invocationId, order, result: ended });
      });
    return {
      invocationId,
      order,
      startedAt: Date.now(),
      ...streamed,
      waiting: () => waiting,
      onDidChangeWaiting(listener) {
        changed = listener;
      },
      result,
      stopWaiting: () => abort.abort(),
    };
  }

  #remember(invocationId: string): void {
    this.#seen.add(invocationId);
    if (this.#seen.size <= MAX_SEEN) return;
    const [oldest] = this.#seen;
    if (oldest !== undefined) this.#seen.delete(oldest);
  }
}
