import { updatesError, mismatchOf } from '../../core/durable/checkUpdates.ts';
import { DURABLE_LIMITS } from '../../core/durable/durableLimits.ts';
import { timeoutOf, type Execution, type ExecutionEnd } from '../../core/durable/execution.ts';
import { nextDue } from '../../core/durable/externalChanges.ts';
import { applyEntry, type Change, type Entry } from '../../core/durable/journal.ts';
import { hasEnded, type OperationUpdate } from '../../core/durable/operation.ts';
import { changedSince } from '../../core/durable/pages.ts';
import { message, type Message } from '../../core/messages/messages.ts';
import { failedInvocation, invocationEnd, type InvocationEnd } from './invocationEnd.ts';
import { invocationEvent, newToken } from './invocationEvent.ts';
import { DurableError, type CheckpointRequest, type CheckpointResponse, type RunnerParts } from './runnerParts.ts';

/** How often timers are checked, because the computer can sleep meanwhile. In milliseconds. */
const MAX_TIMER_MS = 30_000;

/** The delays before failed and throttled invocations are repeated, in milliseconds. Lambda's are longer. */
const RETRY_MS = [500, 1000, 2000, 4000] as const;
const THROTTLED_MS = 250;

/**
 * Runs one durable execution: invokes the function, applies its checkpoints, and invokes it again when something that it
 * waits for has ended. Only one invocation runs at a time.
 */
export class ExecutionRunner {
  readonly execution: Execution;
  readonly #parts: RunnerParts;
  isSuspended: boolean;
  /** The last 4 KB of the logs of its invocations. */
  logTail: Buffer = Buffer.alloc(0);
  /** Advice for the error of its last invocation. */
  advice: Message | undefined;
  /** Resolves with the end, or with undefined when the execution is suspended. */
  #waiters: ((end: ExecutionEnd | undefined) => void)[] = [];
  /** The token of the next checkpoint of the invocation that runs. */
  #token: string | undefined;
  #lastCheckpoint: (Pick<CheckpointRequest, 'token' | 'clientToken'> & { response: CheckpointResponse }) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isRunning = false;
  /** No invocation starts before this time. */
  #notBefore = 0;
  #mustInvoke: boolean;
  #hasNewCode = false;
  #notes: Message[] = [];

  constructor(execution: Execution, parts: RunnerParts, { isSuspended }: { readonly isSuspended: boolean }) {
    this.execution = execution;
    this.#parts = parts;
    this.isSuspended = isSuspended && execution.end === undefined;
    this.#mustInvoke = execution.invocations === 0 || execution.invocation !== undefined;
  }

  get isThrottled(): boolean {
    return this.execution.invocations === 0 && this.#notBefore > 0;
  }

  get bytes(): number {
    return this.#parts.journal.bytes;
  }

  removeJournal(): void {
    this.#parts.journal.remove();
  }

  /** Continues, after an earlier endpoint was stopped. */
  resume(): void {
    if (this.execution.end !== undefined || !this.isSuspended) return;
    this.isSuspended = false;
    this.#add({ entry: 'resumed' });
    if (this.execution.invocation !== undefined)
      this.#add({
        entry: 'returned',
        error: { ErrorType: 'Runtime.Interrupted', ErrorMessage: 'The local endpoint stopped during the invocation.' },
      });
    if (this.execution.start.hasVariables === true) this.warn(message('durableVariablesGone'));
    const started = [...this.execution.operations.values()].filter(
      (operation) => operation.Type === 'CHAINED_INVOKE' && !hasEnded(operation),
    );
    this.#parts.chain(
      this,
      started.map(({ Id }) => Id),
    );
    this.step();
  }

  /** Stops without ending the execution. */
  suspend(): void {
    this.isSuspended = true;
    clearTimeout(this.#timer);
    this.#settle(undefined);
  }

  /** Resolves when the execution ends, or with undefined if it's suspended. */
  ended(): Promise<ExecutionEnd | undefined> {
    if (this.execution.end !== undefined) return Promise.resolve(this.execution.end);
    return new Promise((resolve) => this.#waiters.push(resolve));
  }

  /** Adds a warning to the execution, and to the log of its invocation. */
  warn(warning: Message): void {
    const text = JSON.stringify(warning);
    if (this.execution.warnings.some((each) => JSON.stringify(each) === text)) return;
    this.#notes.push(warning);
    this.#add({ entry: 'warning', message: warning });
  }

  /** Throws DurableError if the token isn't that of the next checkpoint. */
  checkToken(token: string): void {
    if (this.#token === undefined || token !== this.#token || this.execution.end !== undefined)
      throw new DurableError('Invalid Checkpoint Token: it belongs to an earlier checkpoint or invocation.');
  }

  /** Applies a checkpoint of the handler. Throws DurableError if Lambda would reject it. */
  checkpoint({ token, updates, clientToken, chained }: CheckpointRequest): CheckpointResponse {
    const last = this.#lastCheckpoint;
    if (clientToken !== undefined && last?.clientToken === clientToken && last.token === token) return last.response;
    this.checkToken(token);
    const { execution } = this;
    for (const update of updates) this.#compare(update);
    const error = updatesError(execution, updates);
    if (error !== undefined) throw new DurableError(error);
    if (this.bytes > DURABLE_LIMITS.writtenBytes)
      throw new DurableError(`The durable execution exceeds the limit of ${DURABLE_LIMITS.writtenBytes} bytes.`);
    this.#endDue();
    const { seenRevision } = execution;
    if (updates.length > 0 || execution.revision > seenRevision)
      this.#add({ entry: 'checkpoint', updates, ...(chained !== undefined && { chained }) });
    const Operations = changedSince(execution, seenRevision);
    this.#token = newToken();
    const response = {
      ...(execution.end === undefined && { CheckpointToken: this.#token }),
      NewExecutionState: { Operations },
    };
    this.#lastCheckpoint = { token, response, ...(clientToken !== undefined && { clientToken }) };
    const started = updates.filter(({ Type, Action }) => Type === 'CHAINED_INVOKE' && Action === 'START');
    if (started.length > 0)
      this.#parts.chain(
        this,
        started.map(({ Id }) => Id),
      );
    this.step();
    return response;
  }

  /** Applies a change from outside the handler, and continues. */
  change(change: Change): void {
    if (this.execution.end !== undefined) return;
    this.#endDue();
    this.#add(change);
    this.step();
  }

  /** Does what is due, and waits for the next time. */
  step(): void {
    clearTimeout(this.#timer);
    if (!this.isSuspended) this.#checkTimeout();
    if (this.execution.end !== undefined) return this.#onEnd();
    if (this.isSuspended) return;
    this.#endDue();
    if (!this.#isRunning && this.#canInvoke()) void this.#invoke();
    const next = Math.min(
      nextDue(this.execution) ?? Infinity,
      timeoutOf(this.execution) ?? Infinity,
      !this.#isRunning && this.#mustInvoke ? this.#notBefore : Infinity,
    );
    if (next < Infinity) {
      const ms = Math.max(1, next - this.#parts.now());
      this.#timer = setTimeout(() => this.step(), Math.min(ms, MAX_TIMER_MS));
    }
  }

  /** Journals a change, then applies it. */
  #add(change: Change): void {
    const entry = { ...change, at: this.#parts.now() } as Entry;
    this.#parts.journal.append(entry);
    applyEntry(this.execution, entry);
  }

  #endDue(): void {
    const next = nextDue(this.execution);
    if (next !== undefined && next <= this.#parts.now()) this.#add({ entry: 'due' });
  }

  #checkTimeout(): void {
    const timeout = timeoutOf(this.execution);
    if (timeout === undefined || this.execution.end !== undefined || timeout > this.#parts.now()) return;
    if (this.#isRunning && this.#parts.isDebugged()) return;
    const { timeoutSeconds = 0 } = this.execution.start;
    const error = {
      ErrorType: 'Execution.TimedOut',
      ErrorMessage: `Execution timed out after ${timeoutSeconds} seconds.`,
    };
    this.#add({ entry: 'ended', status: 'TIMED_OUT', error });
  }

  #canInvoke(): boolean {
    const { revision, seenRevision } = this.execution;
    return (this.#mustInvoke || revision > seenRevision) && this.#parts.now() >= this.#notBefore;
  }

  async #invoke(): Promise<void> {
    this.#isRunning = true;
    try {
      await this.#runOnce();
    } catch (error) {
      const ErrorMessage = error instanceof Error ? error.message : String(error);
      const failed = failedInvocation(this.execution, { ErrorType: 'ServiceException', ErrorMessage });
      if (this.execution.end === undefined && !this.isSuspended) this.#applyEnd(failed);
    } finally {
      this.#isRunning = false;
    }
    this.step();
  }

  async #runOnce(): Promise<void> {
    const { execution } = this;
    const ready = await this.#parts.prepare();
    if (this.isSuspended || execution.end !== undefined) return;
    if (ready === 'throttled') {
      this.#mustInvoke = true;
      this.#notBefore = this.#parts.now() + THROTTLED_MS;
      if (execution.invocations === 0) this.#settle(undefined);
      return;
    }
    if (ready === 'gone') {
      this.warn(message('durableFunctionGone', execution.start.functionName));
      return this.suspend();
    }
    this.#notBefore = 0;
    this.#mustInvoke = false;
    this.#hasNewCode ||= execution.lastCode !== undefined && execution.lastCode !== ready.code;
    this.#token = newToken();
    const event = invocationEvent(execution, this.#token);
    this.#add({ entry: 'invoked', requestId: ready.requestId, code: ready.code });
    const { revision } = execution;
    const response = await ready.run(event);
    this.#token = undefined;
    this.#lastCheckpoint = undefined;
    if (!this.isSuspended) {
      this.#endDue();
      const options = { revision, hasNewCode: this.#hasNewCode };
      if (execution.end === undefined) this.#applyEnd(invocationEnd(execution, response, options));
      else this.#add({ entry: 'returned' });
    }
    ready.log(response, this.#notes.splice(0));
    this.advice = response.advice;
    this.logTail = Buffer.concat([this.logTail, response.log.tail()]).subarray(-4096);
  }

  #applyEnd({ changes, next, warnings = [] }: InvocationEnd): void {
    for (const warning of warnings) this.#warnOfReplay(warning);
    for (const change of changes) this.#add(change);
    if (next === undefined) return;
    this.#mustInvoke = true;
    const delay = next === 'later' ? RETRY_MS[this.execution.failedInvocations - 1] : undefined;
    this.#notBefore = this.#parts.now() + (delay ?? 0);
  }

  #compare(update: OperationUpdate): void {
    const mismatch = mismatchOf(update, this.execution.operations.get(update.Id));
    if (mismatch === undefined) return;
    const { field, before, now } = mismatch;
    this.#warnOfReplay(message('durableMismatch', update.Name ?? update.Id, field, before, now));
  }

  #warnOfReplay(warning: Message): void {
    this.warn(warning);
    if (this.#hasNewCode) this.warn(message('durableCodeChanged'));
  }

  #settle(end: ExecutionEnd | undefined): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const resolve of waiters) resolve(end);
  }

  #onEnd(): void {
    const status = this.execution.end?.status;
    // The invocation that has checkpointed the end still has a log.
    if (this.#isRunning && (status === 'SUCCEEDED' || status === 'FAILED')) return;
    this.#settle(this.execution.end);
    if (!this.#isRunning) this.#parts.onEnd(this);
  }
}
