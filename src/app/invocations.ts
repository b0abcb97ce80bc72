import type { InvocationResult } from '../core/outcome/outcome.ts';
import { ResponseStream, type StreamSink } from './responseStream.ts';
import { runInvocation, type InvocationOrder, type RunDependencies } from './runInvocation.ts';
import type { PendingRetry } from './sendWithRetries.ts';

/** One invocation on its way. */
export interface RunningInvocation {
  readonly invocationId: string;
  readonly order: InvocationOrder;
  /** When it was started, in milliseconds since the epoch. */
  readonly startedAt: number;
  /** The response of a streamed invocation, as far as it has come. */
  readonly stream?: ResponseStream;
  /** What a refused request waits for, while it waits. */
  pendingRetry(): PendingRetry | undefined;
  /** Calls back when the wait for another attempt begins and ends. One listener. */
  onDidChangeRetry(listener: () => void): void;
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
const MAX_REMEMBERED_IDS = 1000;

/** Starts invocations, and refuses to start one twice: the host's half of "one click, one invocation". */
export class Invocations {
  readonly #dependencies: RunDependencies;
  readonly #listeners: InvocationListener[] = [];
  readonly #startedIds = new Set<string>();

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
    if (this.#startedIds.has(invocationId)) return undefined;
    this.#remember(invocationId);
    for (const listener of this.#listeners) listener.onDidStart?.(invocationId, order);
    const abort = new AbortController();
    const isStreamed = order.invocation.InvokeMode === 'RESPONSE_STREAM';
    const streamed = isStreamed ? { stream: new ResponseStream(sink) } : {};
    let pendingRetry: PendingRetry | undefined;
    let notifyListener = () => undefined as void;
    const onRetryChange = (retry: PendingRetry | undefined) => {
      pendingRetry = retry;
      notifyListener();
    };
    const options = { signal: abort.signal, onRetryChange, ...streamed };
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
      pendingRetry: () => pendingRetry,
      onDidChangeRetry(listener) {
        notifyListener = listener;
      },
      result,
      stopWaiting: () => abort.abort(),
    };
  }

  #remember(invocationId: string): void {
    this.#startedIds.add(invocationId);
    if (this.#startedIds.size <= MAX_REMEMBERED_IDS) return;
    const [oldest] = this.#startedIds;
    if (oldest !== undefined) this.#startedIds.delete(oldest);
  }
}
