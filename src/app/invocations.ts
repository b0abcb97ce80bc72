import type { InvocationResult } from '../core/outcome/outcome.ts';
import { ResponseStream, type StreamSink } from './responseStream.ts';
import { runInvocation, type InvocationOrder, type RunDependencies, type RunOptions } from './runInvocation.ts';
import type { Wait } from './waits.ts';

/** A running invocation. */
export interface RunningInvocation {
  readonly invocationId: string;
  readonly order: InvocationOrder;
  /** The response so far, for a streamed invocation. */
  readonly stream?: ResponseStream;
  /** What it waits for other than the function. */
  wait(): Wait | undefined;
  /** The time since the start or the end of the last wait, in milliseconds. 0 while waiting. */
  elapsedMs(): number;
  /** Called when a wait starts and ends. Supports one listener. */
  onDidChangeWait(listener: () => void): void;
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

interface StartOptions extends Pick<RunOptions, 'payload'> {
  /** The file that a streamed response is written to. */
  readonly sink?: StreamSink;
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

  /** Starts an invocation. Returns undefined if the ID was started before. */
  start(
    invocationId: string,
    order: InvocationOrder,
    { sink, ...known }: StartOptions = {},
  ): RunningInvocation | undefined {
    if (this.#startedIds.has(invocationId)) return undefined;
    this.#remember(invocationId);
    for (const listener of this.#listeners) listener.onDidStart?.(invocationId, order);
    const abort = new AbortController();
    const isStreamed = order.invocation.InvokeMode === 'RESPONSE_STREAM';
    const streamed = isStreamed ? { stream: new ResponseStream(sink) } : {};
    let wait: Wait | undefined;
    let runningSince = performance.now();
    let notifyListener = () => undefined as void;
    const onWaitChange = (changed: Wait | undefined) => {
      wait = changed;
      runningSince = performance.now();
      notifyListener();
    };
    const options = { signal: abort.signal, onWaitChange, ...streamed, ...known };
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
      ...streamed,
      wait: () => wait,
      elapsedMs: () => (wait === undefined ? performance.now() - runningSince : 0),
      onDidChangeWait(listener) {
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
