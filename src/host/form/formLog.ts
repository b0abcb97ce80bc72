import type { EndedInvocation } from '../../app/invocations.ts';
import type { WholeLog } from '../../app/logs/wholeLog.ts';
import type { HeldResult } from '../../app/results.ts';
import type { LogProgress } from '../../core/logs/logProgress.ts';
import { failureReason, InvokeError } from '../../core/outcome/invokeError.ts';
import type { ToForm } from '../../protocol/messages.ts';
import type { FormDependencies } from './formDependencies.ts';

interface FormLogOptions {
  readonly post: (message: ToForm) => void;
  /** The result that the form shows. */
  readonly shown: () => HeldResult | undefined;
}

interface LogRead {
  readonly invocationId: string;
  readonly abort: AbortController;
  progress: LogProgress;
}

function logMessage(invocationId: string, { text, isComplete, missing, notes, report }: WholeLog): ToForm {
  const sentences = [...(missing === undefined ? [] : [missing]), ...notes];
  const read = { isComplete, notes: sentences, ...(report !== undefined && { report }) };
  return { type: 'log', invocationId, text, read };
}

/** The whole log of the result that a form shows. One is read at a time. */
export class FormLog {
  readonly #dependencies: Pick<FormDependencies, 'localLog' | 'readLog' | 'fetchesLog' | 'results'>;
  readonly #options: FormLogOptions;
  #current: LogRead | undefined;
  #isDisposed = false;

  constructor(
    dependencies: Pick<FormDependencies, 'localLog' | 'readLog' | 'fetchesLog' | 'results'>,
    options: FormLogOptions,
  ) {
    this.#dependencies = dependencies;
    this.#options = options;
  }

  /** Posts the whole log of the shown result, or the progress of reading it. Reads it first if `log.fetch` requires it. */
  async show(ended: EndedInvocation): Promise<void> {
    const { localLog, fetchesLog } = this.#dependencies;
    const { post, shown } = this.#options;
    const { invocationId, result } = ended;
    const isShown = () => shown()?.ended.invocationId === invocationId;
    const wholeLog = isShown() ? shown()?.wholeLog : undefined;
    if (wholeLog !== undefined) post(logMessage(invocationId, wholeLog));
    if (this.#current?.invocationId === invocationId) this.#postProgress(this.#current);
    else if (isShown() && fetchesLog(ended)) await this.read();
    const text = await localLog(result.outcome);
    if (text !== undefined) post({ type: 'log', invocationId, text });
  }

  /** Reads the whole log of the shown result. A failure leaves the log that is shown. */
  async read(): Promise<void> {
    const ended = this.#options.shown()?.ended;
    if (ended === undefined || this.#isDisposed || this.#current?.invocationId === ended.invocationId) return;
    this.stop();
    const { invocationId } = ended;
    const current: LogRead = {
      invocationId,
      abort: new AbortController(),
      progress: { phase: 'searching', events: 0 },
    };
    this.#current = current;
    const { signal } = current.abort;
    const onProgress = (progress: LogProgress) => {
      current.progress = progress;
      if (!signal.aborted) this.#postProgress(current);
    };
    onProgress(current.progress);
    try {
      const log = await this.#dependencies.readLog(ended, { signal, onProgress });
      if (log.events === 0 && log.missing !== undefined) throw new InvokeError(log.missing);
      this.#dependencies.results.addLog(invocationId, log);
      if (this.#finish(current)) this.#options.post(logMessage(invocationId, log));
    } catch (error) {
      const problem = failureReason(error);
      if (this.#finish(current)) this.#options.post({ type: 'logProgress', invocationId, problem });
    }
  }

  /** Stops reading. */
  stop(): void {
    const current = this.#current;
    if (current === undefined || !this.#finish(current)) return;
    current.abort.abort();
    this.#options.post({ type: 'logProgress', invocationId: current.invocationId });
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#current?.abort.abort();
    this.#current = undefined;
  }

  /** Ends a read. Returns false if it has ended before. */
  #finish(current: LogRead): boolean {
    if (this.#current !== current) return false;
    this.#current = undefined;
    return true;
  }

  #postProgress({ invocationId, progress }: LogRead): void {
    this.#options.post({ type: 'logProgress', invocationId, progress });
  }
}
