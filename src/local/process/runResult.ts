import { MAX_RESPONSE_BYTES } from '../runtimes/frames.ts';
import type { RunEnd } from './runEnd.ts';

/** The result of an invocation, in Lambda's terms. */
export interface RunResult {
  readonly payload: Buffer;
  readonly FunctionError?: 'Unhandled';
  readonly status?: 'timeout' | 'error';
  readonly errorType?: string;
  /** A log line of the platform. */
  readonly line?: string;
  /** Whether the process can handle another event. */
  readonly isReusable: boolean;
}

/** Go's signal descriptions, which appear in Lambda's messages. */
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

/** The result of an invocation that exceeded its timeout, given in seconds. */
export function timedOut(requestId: string, seconds: number): RunResult {
  const text = `Task timed out after ${seconds.toFixed(2)} seconds`;
  return failure('Sandbox.Timedout', `RequestId: ${requestId} Error: ${text}`, {
    status: 'timeout',
    line: `${new Date().toISOString()} ${requestId} ${text}\n`,
  });
}

/** The result of an error that the platform reports, such as a process exit. */
export function platformError(requestId: string, errorType: string, description: string): RunResult {
  const text = `RequestId: ${requestId} Error: ${description}`;
  return failure(errorType, text, { status: 'error', errorType, line: `${text}\n${errorType}` });
}

/** Errors during an invocation that also end the runtime's process. */
const ENDS_PROCESS = ['Runtime.ExitError', 'Runtime.UnhandledPromiseRejection'];

function describeExit(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal !== null) return `Runtime exited with error: signal: ${SIGNALS[signal] ?? signal}`;
  if (code === 0) return 'Runtime exited without providing a reason';
  return `Runtime exited with error: exit status ${code ?? 1}`;
}

/**
 * Converts what ended an invocation to its result. `hasOutOfMemoryError`: whether the log reports an exhausted heap.
 */
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
