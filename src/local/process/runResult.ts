import type { RunEnd } from './handlerProcess.ts';

/** Lambda's limit of a response, in bytes. */
const MAX_RESPONSE_BYTES = 6_291_556;

/** How an event's run has ended, in Lambda's terms. */
export interface RunResult {
  readonly payload: Buffer;
  readonly FunctionError?: 'Unhandled';
  readonly status?: 'timeout' | 'error';
  readonly errorType?: string;
  /** A line of the platform's own in the log. */
  readonly line?: string;
  /** The process can serve another event. */
  readonly isReusable: boolean;
}

/** Go's names of the signals, as Lambda's messages have them. */
const SIGNALS: Readonly<Partial<Record<NodeJS.Signals, string>>> = {
  SIGABRT: 'aborted',
  SIGBUS: 'bus error',
  SIGFPE: 'floating point exception',
  SIGHUP: 'hangup',
  SIGILL: 'illegal instruction',
  SIGINT: 'interrupt',
  SIGKILL: 'killed',
  SIGPIPE: 'broken pipe',
  SIGQUIT: 'quit',
  SIGSEGV: 'segmentation fault',
  SIGTERM: 'terminated',
  SIGTRAP: 'trace/breakpoint trap',
};

function failure(errorType: string, errorMessage: string, rest: Partial<RunResult> = {}): RunResult {
  const payload = Buffer.from(JSON.stringify({ errorType, errorMessage }));
  return { payload, FunctionError: 'Unhandled', isReusable: false, ...rest };
}

/** The function took longer than its timeout (seconds). */
export function timedOut(requestId: string, seconds: number): RunResult {
  const text = `Task timed out after ${seconds.toFixed(2)} seconds`;
  return failure('Sandbox.Timedout', `RequestId: ${requestId} Error: ${text}`, {
    status: 'timeout',
    line: `${new Date().toISOString()} ${requestId} ${text}\n`,
  });
}

/** The platform could not go on with the function's process. */
export function platformError(requestId: string, errorType: string, description: string): RunResult {
  const text = `RequestId: ${requestId} Error: ${description}`;
  return failure(errorType, text, { status: 'error', errorType, line: `${text}\n${errorType}` });
}

/** Errors in the middle of an event after which a runtime's process ends. */
const ENDS_PROCESS = ['Runtime.ExitError', 'Runtime.UnhandledPromiseRejection'];

function describeExit(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal !== null) return `Runtime exited with error: signal: ${SIGNALS[signal] ?? signal}`;
  if (code === 0) return 'Runtime exited without providing a reason';
  return `Runtime exited with error: exit status ${code ?? 1}`;
}

/** What a run's end is to the one who invoked. `saysOutOfMemory`: the log tells of an exhausted heap. */
export function toRunResult(requestId: string, end: RunEnd, hasOutOfMemoryError: () => boolean): RunResult {
  const outOfMemory = () => platformError(requestId, 'Runtime.OutOfMemory', describeExit(null, 'SIGKILL'));
  if (end.kind === 'outOfMemory') return outOfMemory();
  if (end.kind === 'notStarted') return platformError(requestId, 'Runtime.InvalidEntrypoint', end.message);
  if (end.kind === 'exit') {
    const isAborted = end.signal === 'SIGABRT' || end.signal === 'SIGTRAP' || end.code === 134;
    if (isAborted && hasOutOfMemoryError()) return outOfMemory();
    return platformError(requestId, 'Runtime.ExitError', describeExit(end.code, end.signal));
  }
  const { reply } = end;
  if (reply.body.byteLength > MAX_RESPONSE_BYTES) {
    return failure(
      'Function.ResponseSizeTooLarge',
      `Response payload size exceeded maximum allowed payload size (${MAX_RESPONSE_BYTES} bytes).`,
      { isReusable: reply.requestId !== undefined },
    );
  }
  if (reply.kind === 'error') {
    const isInit = reply.requestId === undefined;
    return {
      payload: reply.body,
      FunctionError: 'Unhandled',
      isReusable: !isInit && !ENDS_PROCESS.includes(reply.errorType ?? ''),
      ...(isInit && { status: 'error' as const, errorType: reply.errorType ?? 'Unknown' }),
    };
  }
  return { payload: reply.body, isReusable: true };
}
