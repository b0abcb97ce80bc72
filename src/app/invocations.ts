import type { InvocationResult } from '../core/outcome/outcome.ts';
import { ResponseStream, type StreamSink } from './responseStream.ts';
import { runInvocation, type InvocationOrder, type RunDependencies } from './runInvocation.ts';
import type { PendingRetry } from './sendWithRetries.ts';

/** A running invocation. */
export interface RunningInvocation {
  readonly invocationId: string;
  readonly order: InvocationOrder;
  /** When it was started, in milliseconds since the epoch. */
  readonly startedAt: number;
  /** The response so far, for a streamed invocation. */
  readonly stream?: ResponseStream;
  /** The retry that a rejected request is waiting for. */
  pendingRetry(): PendingRetry | undefined;
  /** Called when waiting for a retry starts and ends. Supports one listener. */
  onDidChangeRetry(listener: () => void): void;
  /** Never rejects. */
  readonly result: Promise<InvocationResult>;
  /** Stops waiting for the response. It doesn't cancel the function. */
  stopWaiting(): void;
}

/** A finished invocation. */
export interface EndedInvocation {
  readonly invocationId: string;
  readonly order: InvocationOrder;
  readonly result: InvocationResult;
}

/** Listens to all invocations. Its functions must not throw. */
interface InvocationListener {
  onDidStart?(invocationId: string, order: InvocationOrder): void;
  onDidEnd?(ended: EndedInvocation): void;
}

/** Remembers IDs to ignore duplicate clicks. */
const MAX_REMEMBERED_IDS = 1000;

/** Starts invocations. Ignores duplicate IDs, so that one click never invokes twice. */
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
   * Starts an invocation. Returns undefined if the ID was started before. A streamed response is written to `sink`, if
   * given.
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
    // One microtask later than `result`, so that the outcome is shown before it is written to history and log.
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
