import type { InvocationOrder } from '../../app/runInvocation.ts';
import { returnedStatus } from '../../core/outcome/httpStatus.ts';
import type { InvocationResult } from '../../core/outcome/outcome.ts';

/** Creates the order for a file. Resolves to undefined if canceled. */
export type OrderFor = (uri: string) => Promise<InvocationOrder | undefined>;

type Verdict = 'passed' | 'warning' | 'failed' | 'stopped';

/** A finished invocation with a file. It has no order if the order couldn't be created. */
interface Ended {
  readonly invocationId: string;
  readonly order?: InvocationOrder;
  readonly result: InvocationResult;
}

/** A finished invocation, without its bodies. */
export interface FileResult extends Ended {
  readonly result: Pick<InvocationResult, 'outcome'>;
  readonly verdict: Verdict;
  readonly status?: number;
}

export interface BatchFile {
  readonly uri: string;
  readonly label: string;
  /** `skipped`: not invoked, because the batch was canceled before. */
  readonly state: 'queued' | 'running' | 'skipped' | FileResult;
}

function verdictOf({ outcome }: InvocationResult, status: number | undefined): Verdict {
  if (outcome.state === 'failed' || outcome.state === 'functionError') return 'failed';
  if (outcome.state === 'cancelled') return 'stopped';
  if (status === undefined || status < 400) return 'passed';
  return status < 500 ? 'warning' : 'failed';
}

/** The invocations of one order with several files, with their results. */
export class FileBatch {
  readonly orderFor: OrderFor;
  isRunning = false;
  readonly #files: Map<string, BatchFile>;

  constructor(files: readonly { readonly uri: string; readonly label: string }[], orderFor: OrderFor) {
    this.orderFor = orderFor;
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
    this.#put(uri, state);
  }

  /** Stores a result without its bodies, which the history keeps. */
  end(uri: string, { result, ...ended }: Ended): void {
    const { outcome } = result;
    const status = returnedStatus(result);
    const verdict = verdictOf(result, status);
    this.#put(uri, { ...ended, result: { outcome }, verdict, ...(status !== undefined && { status }) });
  }

  #put(uri: string, state: BatchFile['state']): void {
    const file = this.#files.get(uri);
    if (file !== undefined) this.#files.set(uri, { ...file, state });
  }
}
