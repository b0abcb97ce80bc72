// The runtime of local Node.js functions: receives events over a pipe and calls the handler.
import { setFlagsFromString } from 'node:v8';
import { heapFlagAfterStart } from './heapLimit.ts';
import { exit, OriginalPromise, stringify } from './bootstrap/originals.ts';
import { openPipes } from './bootstrap/runtimePipes.ts';
import { CLIENT_VERSION } from './bootstrap/clientVersion.ts';
import { stackLines, toError, toErrorPayload } from './bootstrap/errorPayload.ts';
import { kindOf, type HandlerKind } from './bootstrap/handlerKind.ts';
import { loadHandler, type Handler } from './bootstrap/loadHandler.ts';
import { callHandler } from './bootstrap/callHandler.ts';
import { callStreaming } from './bootstrap/callStreaming.ts';
import { logError, patchConsole, setLogContext } from './bootstrap/functionConsole.ts';
import { createContext, headerOf, type EventHeaders } from './bootstrap/context.ts';
import { resetInvokeStore } from './bootstrap/invokeStore.ts';
import { defineGlobal } from './bootstrap/awslambdaGlobal.ts';
import { installModuleHooks } from './bootstrap/moduleHooks.ts';
import { ResponseSink } from './bootstrap/responseSink.ts';
import { RuntimeError, UnhandledPromiseRejection } from './bootstrap/runtimeErrors.ts';
import { flushOutput, hasBufferedOutput, trackOutput } from './bootstrap/standardOutput.ts';

delete process.env['ELECTRON_RUN_AS_NODE'];
const heapFlag = heapFlagAfterStart(Number(process.env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE']));
if (heapFlag !== undefined) setFlagsFromString(heapFlag);

/** The maximum length of an error type in the header of a reply, in characters. */
const MAX_ERROR_TYPE = 1000;

const { next, reply, sendChunk } = openPipes();
/** Undefined during the init phase and between events. */
let currentRequestId: string | undefined;
/** This process exits and handles no other event. */
let isCrashing = false;
/** The response of the running streaming handler. */
let currentSink: ResponseSink | undefined;

trackOutput();
patchConsole();
defineGlobal();
installModuleHooks();

/** Sends an error. `headerType` overrides the error's type in the header of the reply. */
async function replyError(error: unknown, headerType?: string): Promise<void> {
  const requestId = currentRequestId;
  const payload = toErrorPayload(error);
  await flushOutput();
  await currentSink?.flush(); // the response has already started, so the error follows it
  const errorType = String(headerType ?? payload.errorType).slice(0, MAX_ERROR_TYPE);
  const header = { kind: 'error', errorType } as const;
  reply({ ...header, ...(requestId !== undefined && { requestId }) }, stringify(payload));
}

async function crash(title: string, error: unknown): Promise<never> {
  isCrashing = true;
  logError(title, error);
  // During an invocation, the endpoint recognizes by the type in the header that this process exits.
  const type = error instanceof UnhandledPromiseRejection ? error.name : 'Runtime.ExitError';
  await replyError(error, currentRequestId === undefined ? undefined : type);
  return exit(1);
}

/** Lambda's error for a response whose connection was closed before its end. */
const TRUNCATED = { errorType: 'Runtime.TruncatedResponse', errorMessage: 'Response was truncated' };

/** Exits as AWS's client does when its connection fails, which rejects one of the client's promises. */
async function failStream(requestId: string, sink: ResponseSink, error: unknown): Promise<void> {
  isCrashing = true;
  if (!sink.hasSent && CLIENT_VERSION === 3)
    return crash('Unhandled Promise Rejection', new UnhandledPromiseRejection(error, {}));
  if (CLIENT_VERSION === 4)
    process.stderr.write(`${stackLines(toError(error).stack ?? '').join('\n')}\n\nNode.js ${process.version}\n`);
  await flushOutput();
  if (sink.hasSent) reply({ kind: 'error', requestId, errorType: TRUNCATED.errorType }, stringify(TRUNCATED));
  exit(1);
}

// Version 4 has no listeners: Node.js prints the error and exits.
if (CLIENT_VERSION === 3) {
  process.on('uncaughtException', (error) => void crash('Uncaught Exception', error));
  process.on('unhandledRejection', (reason, promise) => {
    void crash('Unhandled Promise Rejection', new UnhandledPromiseRejection(reason, promise));
  });
}

interface RunningEvent {
  readonly requestId: string;
  readonly json: string;
  readonly headers: EventHeaders;
}

/** Never settles, and doesn't keep this process alive. */
const NEVER = new OriginalPromise<void>(() => undefined);

/** Runs one event of a streaming handler. Its output is sent as it's written, even if the handler fails later. */
async function runStreaming(handler: Handler, { highWaterMark }: HandlerKind, event: RunningEvent): Promise<void> {
  const { requestId, json, headers } = event;
  const sink = new ResponseSink((bytes) => sendChunk({ kind: 'chunk', requestId }, bytes), highWaterMark);
  currentSink = sink;
  try {
    const onFailure = (error: unknown) => void failStream(requestId, sink, error);
    await callStreaming(handler, JSON.parse(json), { sink, context: createContext(headers), onFailure });
  } catch (error) {
    if (CLIENT_VERSION === 3 || !sink.hasFailed) logError('Invoke Error', error);
    if (sink.hasFailed) return NEVER; // this process is ending
    // After its end, a response can't be changed to an error.
    if (!sink.writableEnded) await replyError(error);
  }
  await sink.flush();
  currentSink = undefined;
  if (!sink.writableEnded) return;
  await flushOutput();
  reply({ kind: 'response', requestId });
}

/** Uses the function's `JSON.stringify` if it has replaced the original, as AWS's client does. */
function serialize(result: unknown): string {
  try {
    return JSON.stringify(result === undefined ? null : result) ?? 'null';
  } catch {
    const message = 'Unable to stringify response body';
    throw CLIENT_VERSION === 4 ? new RuntimeError('Runtime.JSONStringifyError', message) : new Error(message);
  }
}

async function run(handler: Handler, { isAsync }: HandlerKind, event: RunningEvent): Promise<void> {
  const { requestId, json, headers } = event;
  try {
    const body = serialize(await callHandler(handler, JSON.parse(json), { context: createContext(headers), isAsync }));
    if (hasBufferedOutput()) await flushOutput();
    reply({ kind: 'response', requestId }, body);
  } catch (error) {
    logError('Invoke Error', error);
    await replyError(error);
  }
}

async function serve(handler: Handler): Promise<void> {
  const kind = kindOf(handler);
  reply({ kind: 'ready' });
  for (;;) {
    const { headers, json } = await next();
    if (isCrashing) return;
    const requestId = String(headers['lambda-runtime-aws-request-id']);
    currentRequestId = requestId;
    process.env['_X_AMZN_TRACE_ID'] = headers['lambda-runtime-trace-id'] ?? '';
    setLogContext(requestId, headerOf(headers, 'aws-tenant-id'));
    resetInvokeStore(requestId, headers['lambda-runtime-trace-id']);
    await (kind.isStreaming ? runStreaming : run)(handler, kind, { requestId, json, headers });
    currentRequestId = undefined;
  }
}

/** In version 3, errors of the init phase reach the listener for uncaught exceptions. */
const INIT_ERROR = CLIENT_VERSION === 4 ? 'Init Error' : 'Uncaught Exception';

loadHandler(process.env['LAMBDA_TASK_ROOT'] ?? '.', process.env['_HANDLER'] ?? '')
  .then(serve)
  .catch((error: unknown) => crash(INIT_ERROR, error));
