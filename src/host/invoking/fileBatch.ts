import type { InvocationOrder } from '../../app/runInvocation.ts';
import { message } from '../../core/messages/messages.ts';
import { httpStatus } from '../../core/outcome/httpStatus.ts';
import type { InvocationResult } from '../../core/outcome/outcome.ts';

/** Creates the order for a file. Resolves to undefined if canceled. */
export type OrderFor = (uri: string) => Promise<InvocationOrder | undefined>;

type Verdict = 'passed' | 'warning' | 'failed' | 'stopped';

/** A finished invocation with a file. It has no order if the order couldn't be created. */
export interface FileResult {
  readonly invocationId: string;
  readonly order?: InvocationOrder;
  readonly result: InvocationResult;
  readonly verdict: Verdict;
  readonly status?: number;
}

export interface BatchFile {
  readonly uri: string;
  readonly label: string;
  /** `skipped`: not invoked, because the batch was canceled before. */
  readonly state: 'queued' | 'running' | 'skipped' | FileResult;
}

/** The maximum size of all responses. The oldest are dropped first. In bytes. */
const MAX_KEPT_BYTES = 16_000_000;

function verdictOf({ outcome }: InvocationResult, status: number | undefined): Verdict {
  if (outcome.state === 'failed' || outcome.state === 'functionError') return 'failed';
  if (outcome.state === 'cancelled') return 'stopped';
  if (status === undefined || status < 400) return 'passed';
  return status < 500 ? 'warning' : 'failed';
}

function bytesOf({ Payload, outcome }: InvocationResult): number {
  const logLength = 'logTail' in outcome ? (outcome.logTail?.text.length ?? 0) : 0;
  return (Payload?.byteLength ?? 0) + logLength;
}

function withoutBody(file: FileResult): FileResult {
  const { outcome, Payload } = file.result;
  if (Payload === undefined || Payload.byteLength === 0) return file;
  return { ...file, result: { outcome: { ...outcome, notes: [...outcome.notes, message('responseNotKept')] } } };
}

/** The invocations of one order with several files, with their results. */
export class FileBatch {
  readonly orderFor: OrderFor;
  isRunning = false;
  readonly #maxBytes: number;
  readonly #files: Map<string, BatchFile>;
  /** The files with a response in memory, oldest first. */
  readonly #kept = new Map<string, number>();

  constructor(
    files: readonly { readonly uri: string; readonly label: string }[],
    orderFor: OrderFor,
    maxBytes = MAX_KEPT_BYTES,
  ) {
    this.orderFor = orderFor;
    this.#maxBytes = maxBytes;
    this.#files = new Map(files.map((file) => [file.uri, { ...file, state: 'queued' }]));
  }

  get files(): readonly BatchFile[] {
    return [...this.#files.values()];
  }

  file(uri: string): BatchFile | undefined {
    return this.#files.get(uri);
  }

  /** The files whose invocations failed. */
  get failed(): readonly string[] {
    return this.files
      .filter(({ state }) => typeof state === 'object' && state.verdict === 'failed')
      .map(({ uri }) => uri);
  }

  set(uri: string, state: Exclude<BatchFile['state'], FileResult>): void {
    this.#kept.delete(uri);
    this.#put(uri, state);
  }

  /** Stores a result. Drops the oldest response bodies if they take too much memory in all. */
  end(uri: string, ended: Omit<FileResult, 'verdict' | 'status'>): void {
    const status = ended.result.outcome.state === 'succeeded' ? httpStatus(ended.result.Payload) : undefined;
    const verdict = verdictOf(ended.result, status);
    this.#put(uri, { ...ended, verdict, ...(status !== undefined && { status }) });
    this.#kept.set(uri, bytesOf(ended.result));
    let total = [...this.#kept.values()].reduce((sum, bytes) => sum + bytes, 0);
    for (const [oldest, bytes] of this.#kept) {
      if (total <= this.#maxBytes) break;
      const { state } = this.#files.get(oldest) ?? {};
      if (typeof state === 'object') this.#put(oldest, withoutBody(state));
      this.#kept.delete(oldest);
      total -= bytes;
    }
  }

  #put(uri: string, state: BatchFile['state']): void {
    const file = this.#files.get(uri);
    if (file !== undefined) this.#files.set(uri, { ...file, state });
  }
}
