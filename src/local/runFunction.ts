import type { LocalFunction } from '../core/localFunctions.ts';
import type { HandlerProcess, RunEnd } from './handlerProcess.ts';
import { InvocationLog } from './invocationLog.ts';
import { peakMemoryMB } from './peakMemory.ts';
import type { OnChunk, RuntimeEvent } from './runtimeApi.ts';

/** A function's answer to one event. */
export interface FunctionAnswer {
  readonly payload: Buffer;
  readonly FunctionError?: 'Unhandled';
  readonly log: InvocationLog;
  /** The process can serve another event. */
  readonly isReusable: boolean;
}

/** Lambda's limit of a response, in bytes. */
const MOST_RESPONSE_BYTES = 6_291_556;

/** Lambda gives a function 10 s to load. */
const INIT_TIMEOUT_MS = 10_000;

interface Ending {
  readonly payload: Buffer;
  readonly FunctionError?: 'Unhandled';
  readonly status?: 'timeout' | 'error';
  readonly errorType?: string;
  /** A line of the platform's own in the log. */
  readonly line?: string;
  readonly isReusable: boolean;
}

function failure(errorType: string, errorMessage: string, rest: Partial<Ending> = {}): Ending {
  const payload = Buffer.from(JSON.stringify({ errorType, errorMessage }));
  return { payload, FunctionError: 'Unhandled', isReusable: false, ...rest };
}

function timeout(requestId: string, seconds: number): Ending {
  const text = `Task timed out after ${seconds.toFixed(2)} seconds`;
  return failure('Sandbox.Timedout', `RequestId: ${requestId} Error: ${text}`, {
    status: 'timeout',
    line: `${new Date().toISOString()} ${requestId} ${text}\n`,
  });
}

function exit(requestId: string, { code, signal }: Extract<RunEnd, { kind: 'exit' }>): Ending {
  let how = `Runtime exited with error: exit status ${code ?? 1}`;
  if (signal !== null) how = `Runtime exited with error: signal: ${signal === 'SIGKILL' ? 'killed' : signal}`;
  else if (code === 0) how = 'Runtime exited without providing a reason';
  const line = `RequestId: ${requestId} Error: ${how}\nRuntime.ExitError`;
  return failure('Runtime.ExitError', `RequestId: ${requestId} Error: ${how}`, {
    status: 'error',
    errorType: 'Runtime.ExitError',
    line,
  });
}

function toEnding(requestId: string, end: RunEnd): Ending {
  if (end.kind === 'exit') return exit(requestId, end);
  const { reply } = end;
  if (reply.kind === 'error') {
    const isInit = reply.requestId === undefined;
    return {
      payload: reply.body,
      FunctionError: 'Unhandled',
      isReusable: !isInit && !(reply.errorType ?? '').startsWith('Runtime.'),
      ...(isInit && { status: 'error' as const, errorType: reply.errorType ?? 'Unknown' }),
    };
  }
  if (reply.body.byteLength > MOST_RESPONSE_BYTES) {
    return failure(
      'Function.ResponseSizeTooLarge',
      `Response payload size exceeded maximum allowed payload size (${MOST_RESPONSE_BYTES} bytes).`,
      { isReusable: true },
    );
  }
  return { payload: reply.body, isReusable: true };
}

/** What a promise brings, or undefined once the time is over. */
async function within<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([promise, over]);
  } finally {
    clearTimeout(timer);
  }
}

/** Starts a process and waits until its handler is loaded; answers with what ended it where it never got there. */
async function init(handler: HandlerProcess, log: InvocationLog): Promise<RunEnd | undefined> {
  const first = await within(
    handler.start((bytes) => log.append(bytes)),
    INIT_TIMEOUT_MS,
  );
  if (first === undefined) return { kind: 'exit', code: null, signal: 'SIGKILL' };
  return first === 'ready' ? undefined : first;
}

/**
 * Runs one event in a handler process (a fresh one is started first) and keeps its log from START to REPORT. A function
 * that takes longer than its timeout (seconds) is killed. With `onChunk` a streamed response goes out as it is made, and
 * the payload is empty. Never rejects for what a function does.
 * Source: Lambda developer guide, "Lambda runtime environment lifecycle"; the emulator's answers.
 */
export async function runFunction(
  handler: HandlerProcess,
  event: RuntimeEvent,
  { fn, isCold, onChunk }: { fn: LocalFunction; isCold: boolean; onChunk?: OnChunk },
): Promise<FunctionAnswer> {
  const { requestId } = event;
  const log = new InvocationLog(requestId);
  const initStart = performance.now();
  const initEnd = isCold ? await init(handler, log) : undefined;
  const initDurationMs = performance.now() - initStart;
  const start = performance.now();
  const deadline = { 'lambda-runtime-deadline-ms': String(Date.now() + fn.timeout * 1000) };
  const running = { ...event, headers: { ...event.headers, ...deadline } };
  const end =
    initEnd ??
    (await within(
      handler.run(running, { onOutput: (bytes) => log.append(bytes), ...(onChunk !== undefined && { onChunk }) }),
      fn.timeout * 1000,
    ));
  const durationMs = performance.now() - start;
  const maxMemoryUsedMB = await peakMemoryMB(handler.pid);
  const ending = end === undefined ? timeout(requestId, fn.timeout) : toEnding(requestId, end);
  if (!ending.isReusable) handler.kill();
  if (ending.line !== undefined) log.platform(ending.line);
  log.end({
    durationMs: end === undefined ? fn.timeout * 1000 : durationMs,
    memorySize: fn.memorySize,
    ...(maxMemoryUsedMB !== undefined && { maxMemoryUsedMB }),
    ...(isCold && { initDurationMs }),
    ...(ending.status !== undefined && { status: ending.status }),
    ...(ending.errorType !== undefined && { errorType: ending.errorType }),
  });
  return {
    payload: ending.payload,
    log,
    isReusable: ending.isReusable,
    ...(ending.FunctionError !== undefined && { FunctionError: ending.FunctionError }),
  };
}
