import type { LocalFunction } from '../../core/functions/localFunctions.ts';
import { toSentence, type Message } from '../../core/messages/messages.ts';
import { platformError, timedOut, toRunResult, type RunResult } from './runResult.ts';
import type { HandlerProcess } from './handlerProcess.ts';
import type { RunEnd } from './runEnd.ts';
import { InvocationLog, type OnLog } from './invocationLog.ts';
import type { OnChunk, RuntimeEvent } from './runtimeChannel.ts';
import { withTimeout } from '../../core/async/withTimeout.ts';

/** A function's response to one event. */
export interface FunctionResponse {
  readonly payload: Buffer;
  readonly FunctionError?: 'Unhandled';
  readonly log: InvocationLog;
  /** Advice for an error, based on the files of the project. */
  readonly advice?: Message;
  /** The process, if it can handle another event. */
  readonly reusable?: HandlerProcess;
}

/** The init phase timeout in milliseconds. After it, Lambda repeats init as part of the first invocation. */
export const INIT_TIMEOUT_MS = 10_000;

interface RunOptions {
  readonly fn: LocalFunction;
  readonly version: string;
  /** An idle process. */
  readonly warm: HandlerProcess | undefined;
  /**
   * Creates a process, after `previous` has failed. Rejects with an error that has an `errorType` if the function can't
   * be started locally.
   */
  readonly create: (previous?: HandlerProcess) => Promise<HandlerProcess>;
  readonly onChunk?: OnChunk;
  readonly onLog?: OnLog | undefined;
  readonly initTimeoutMs: number;
}

function errorTypeOf(error: unknown): string {
  const isNamed = error instanceof Error && 'errorType' in error;
  return isNamed ? String(error.errorType) : 'Runtime.InvalidEntrypoint';
}

/** One invocation, including the start of a process if necessary. */
class Run {
  readonly #event: RuntimeEvent;
  readonly #options: RunOptions;
  #log: InvocationLog;
  #handler: HandlerProcess | undefined;
  #initDurationMs: number | undefined;
  #durationMs = 0;

  constructor(event: RuntimeEvent, options: RunOptions) {
    this.#event = event;
    this.#options = options;
    this.#log = this.#newLog();
    this.#handler = options.warm;
  }

  async execute(): Promise<FunctionResponse> {
    const result = await this.#runToEnd(this.#options.warm);
    const handler = this.#handler;
    const { fn } = this.#options;
    const measure = () => handler?.peakMemory(this.#durationMs);
    const lastPeak = result.isReusable ? undefined : measure();
    if (!result.isReusable) handler?.kill();
    if (result.line !== undefined) this.#log.appendPlatformLine(result.line);
    this.#log.end(() => {
      const peak = lastPeak ?? measure();
      return {
        durationMs: result.status === 'timeout' ? fn.timeout * 1000 : this.#durationMs,
        memorySize: fn.memorySize,
        ...(peak !== undefined && { maxMemoryUsedMB: Math.round(peak / 1024) }),
        ...(this.#initDurationMs !== undefined && { initDurationMs: this.#initDurationMs }),
        ...(result.status !== undefined && { status: result.status }),
        ...(result.errorType !== undefined && { errorType: result.errorType }),
      };
    });
    return {
      payload: result.payload,
      log: this.#log,
      ...(result.isReusable && handler !== undefined && { reusable: handler }),
      ...(result.FunctionError !== undefined && { FunctionError: result.FunctionError }),
    };
  }

  #newLog(): InvocationLog {
    const { fn, version, onLog: onAppend } = this.#options;
    const { requestId, headers } = this.#event;
    const tenantId = headers['lambda-runtime-aws-tenant-id'];
    return new InvocationLog({ requestId, version, logging: fn, tenantId, onAppend });
  }

  readonly #appendLog = (bytes: Buffer) => this.#log.append(bytes);

  async #runToEnd(warm: HandlerProcess | undefined): Promise<RunResult> {
    const { requestId } = this.#event;
    const { fn } = this.#options;
    let isLoaded = warm !== undefined;
    try {
      const failed = isLoaded ? undefined : await this.#init();
      if (failed === 'timeout') {
        this.#handler?.kill();
        this.#handler = await this.#options.create(this.#handler);
      } else if (failed !== undefined) return this.#toResult(failed);
      else isLoaded = true;
    } catch (error) {
      return platformError(requestId, errorTypeOf(error), error instanceof Error ? error.message : String(error));
    }
    const handler = this.#handler;
    if (handler === undefined) throw new Error('no process'); // for the type checker: always set above
    const start = performance.now();
    const end = await withTimeout(this.#run(handler, isLoaded), handler.isDebugged ? undefined : fn.timeout * 1000);
    this.#durationMs = performance.now() - start;
    if (warm?.isDebugged === false && end?.kind === 'exit' && end.isUnread === true) {
      // The process exited after its last event, so this event needs a new one.
      warm.kill();
      this.#log = this.#newLog();
      return this.#runToEnd(undefined);
    }
    return end === undefined ? timedOut(requestId, fn.timeout) : this.#toResult(end);
  }

  /** Runs the init phase. Returns undefined when the handler is loaded, otherwise how it failed. */
  async #init(): Promise<RunEnd | 'timeout' | undefined> {
    let start = performance.now();
    const handler = await this.#options.create();
    this.#handler = handler;
    const ms = this.#options.initTimeoutMs;
    let started = await this.#startProcess(handler);
    if (started !== 'ready' && started !== 'timeout' && handler.hasIgnoredSecret) {
      start = performance.now();
      this.#log = this.#newLog();
      this.#handler = await this.#options.create(handler);
      started = await this.#startProcess(this.#handler);
    }
    this.#initDurationMs = performance.now() - start;
    if (started === 'timeout') this.#log.initReport(ms, 'timeout');
    if (started === 'ready') this.#log.initReport(this.#initDurationMs, 'success');
    return started === 'ready' ? undefined : started;
  }

  async #startProcess(handler: HandlerProcess): Promise<RunEnd | 'ready' | 'timeout'> {
    for (const difference of handler.differences) this.#log.appendNote(toSentence(difference));
    const ms = handler.isDebugged ? undefined : this.#options.initTimeoutMs;
    return (await withTimeout(handler.start(this.#appendLog), ms)) ?? 'timeout';
  }

  async #run(handler: HandlerProcess, isLoaded: boolean): Promise<RunEnd> {
    const { fn, onChunk } = this.#options;
    const timeoutMs = handler.isDebugged ? 86_400_000 : fn.timeout * 1000;
    const deadline = Math.min(Math.round(Date.now() + timeoutMs), Number.MAX_SAFE_INTEGER); // runtimes need an integer
    if (!isLoaded) {
      const started = await handler.start(this.#appendLog);
      if (started !== 'ready') return started;
    }
    const headers = { ...this.#event.headers, 'lambda-runtime-deadline-ms': String(deadline) };
    const event = { ...this.#event, headers };
    return handler.run(event, { onOutput: this.#appendLog, ...(onChunk !== undefined && { onChunk }) });
  }

  #toResult(end: RunEnd): RunResult {
    return toRunResult(this.#event.requestId, end, () => this.#log.hasOutOfMemoryError);
  }
}

/**
 * Runs one event in a warm or new handler process and collects its log. A function that exceeds its timeout (seconds)
 * or its memorySize (MB) is killed. With `onChunk`, a streamed response is passed on as it arrives and the payload is
 * empty. Function errors are results, not rejections.
 * Source: Lambda developer guide, "Lambda runtime environment lifecycle"; responses of the Lambda runtime interface
 * emulator.
 */
export async function runFunction(event: RuntimeEvent, options: RunOptions): Promise<FunctionResponse> {
  return new Run(event, options).execute();
}
