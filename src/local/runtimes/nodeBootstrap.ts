// The runtime of local Node.js functions: receives events over a pipe and calls the handler.
import { setFlagsFromString } from 'node:v8';
import { heapFlagAfterStart } from './heapLimit.ts';
import { exit, nextTurn, OriginalPromise, stringify } from './bootstrap/originals.ts';
import { openPipes } from './bootstrap/runtimePipes.ts';
import { CLIENT_VERSION } from './bootstrap/clientVersion.ts';
import { stackLines, toError, toErrorPayload } from './bootstrap/errorPayload.ts';
import { kindOf, type HandlerKind } from './bootstrap/handlerKind.ts';
import { loadHandler, type Handler } from './bootstrap/loadHandler.ts';
import { callHandler } from './bootstrap/callHandler.ts';
import { callStreaming } from './bootstrap/callStreaming.ts';
import { newLoadedFiles } from './bootstrap/loadedFiles.ts';
import { logError, patchConsole, setLogContext } from './bootstrap/functionConsole.ts';
import { installCompiledModules } from './bootstrap/compiledModules.ts';
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
installCompiledModules();

/** The field of a reply with the files that were loaded since the last one. */
function loadedFiles(): { readonly files?: string } {
  try {
    const files = newLoadedFiles();
    return files === undefined ? {} : { files: files.join('\0') };
  } catch {
    return {}; // the function has replaced something that this needs
  }
}

/** Sends an error. `headerType` overrides the error's type in the header of the reply. */
function sendError(error: unknown, requestId: string | undefined, headerType?: string): void {
  const payload = toErrorPayload(error);
  const errorType = String(headerType ?? payload.errorType).slice(0, MAX_ERROR_TYPE);
  const header = { kind: 'error', errorType, ...loadedFiles() } as const;
  reply({ ...header, ...(requestId !== undefined && { requestId }) }, stringify(payload));
}

/** Waits until everything that precedes an error is sent. */
async function flush(): Promise<void> {
  await flushOutput();
  await currentSink?.flush(); // the response has already started, so the error follows it
}

/** Sends an error after everything that precedes it. */
async function replyError(error: unknown): Promise<void> {
  const requestId = currentRequestId;
  await flush();
  sendError(error, requestId);
}

/** Exits at once if it can: listeners of the function for the same event aren't called after the one of AWS's client. */
async function crash(title: string, error: unknown): Promise<never> {
  const requestId = currentRequestId;
  isCrashing = true;
  logError(title, error);
  if (currentSink !== undefined || hasBufferedOutput()) await flush();
  // During an invocation, the endpoint recognizes by the type in the header that this process exits.
  const type = error instanceof UnhandledPromiseRejection ? error.name : 'Runtime.ExitError';
  sendError(error, requestId, requestId === undefined ? undefined : type);
  return exit(1);
}

/** Lambda's error for a response whose connection was closed before its end. */
const TRUNCATED = { errorType: 'Runtime.TruncatedResponse', errorMessage: 'Response was truncated' };

/** Prints an error that ends this process, as Node.js does. */
function printError(error: unknown): void {
  process.stderr.write(`${stackLines(toError(error).stack ?? '').join('\n')}\n\nNode.js ${process.version}\n`);
}

/** Exits as AWS's client does when its connection fails, which rejects one of the client's promises. */
async function failStream(requestId: string, sink: ResponseSink, error: unknown): Promise<void> {
  isCrashing = true;
  if (!sink.hasSent && CLIENT_VERSION === 3)
    return crash('Unhandled Promise Rejection', new UnhandledPromiseRejection(error, {}));
  if (CLIENT_VERSION === 4) printError(error);
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

/** Version 4 lets a rejection that nothing handles end this process before the handler's result is sent. */
async function settle(): Promise<void> {
  if (CLIENT_VERSION === 4) await nextTurn();
}

/** Runs one event of a streaming handler. Its output is sent as it's written, even if the handler fails later. */
async function runStreaming(handler: Handler, { highWaterMark }: HandlerKind, event: RunningEvent): Promise<void> {
  const { requestId, json, headers } = event;
  const sink = new ResponseSink((bytes) => sendChunk({ kind: 'chunk', requestId }, bytes), highWaterMark);
  currentSink = sink;
  try {
    const onFailure = (error: unknown) => void failStream(requestId, sink, error);
    await callStreaming(handler, JSON.parse(json), { sink, context: createContext(headers), onFailure });
  } catch (error) {
    await settle();
    if (CLIENT_VERSION === 3 || !sink.hasFailed) logError('Invoke Error', error);
    if (sink.hasFailed) return NEVER; // this process is ending
    // After its end, a response can't be changed to an error.
    if (!sink.writableEnded) await replyError(error);
  }
  await sink.flush();
  currentSink = undefined;
  if (!sink.writableEnded) return;
  await flushOutput();
  reply({ kind: 'response', requestId, ...loadedFiles() });
}

/** The native part of AWS's client, for a result without JSON such as a function. */
const NO_TEXT = 'Wrong arguments';

/** Uses the function's `JSON.stringify` if it has replaced the original, as AWS's client does. */
function serialize(result: unknown): string {
  let json: string | undefined;
  try {
    json = JSON.stringify(result === undefined ? null : result);
  } catch {
    const message = 'Unable to stringify response body';
    throw CLIENT_VERSION === 4 ? new RuntimeError('Runtime.JSONStringifyError', message) : new Error(message);
  }
  if (typeof json !== 'string') throw new TypeError(NO_TEXT);
  return json;
}

/** What is reported for a value that a handler threw: version 3 replaces one without text by the error of reading it. */
function toReported(value: unknown): unknown {
  try {
    toError(value);
    return value;
  } catch (error) {
    if (CLIENT_VERSION === 4) throw error;
    return error;
  }
}

async function run(handler: Handler, { isAsync }: HandlerKind, event: RunningEvent): Promise<void> {
  const { requestId, json, headers } = event;
  try {
    const result = await callHandler(handler, JSON.parse(json), { context: createContext(headers), isAsync });
    await settle();
    const body = serialize(result);
    if (hasBufferedOutput()) await flushOutput();
    reply({ kind: 'response', requestId, ...loadedFiles() }, body);
  } catch (thrown) {
    await settle();
    const error = toReported(thrown);
    logError('Invoke Error', error);
    await replyError(error);
  }
}

async function serve(handler: Handler): Promise<void> {
  const kind = kindOf(handler);
  // A rejection that nothing handles in the handler's module is then an error of the init phase.
  if (CLIENT_VERSION === 3) await nextTurn();
  reply({ kind: 'ready', ...loadedFiles() });
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

/** Reports an error of the init phase. Version 4 doesn't handle a later one: Node.js prints it and exits. */
async function fail(error: unknown): Promise<never> {
  if (currentRequestId === undefined || CLIENT_VERSION === 3) return crash(INIT_ERROR, error);
  printError(error);
  await flushOutput();
  return exit(1);
}

Reflect.deleteProperty(process, 'mainModule'); // Lambda starts an ES module, so `require.main` is undefined
loadHandler(process.env['LAMBDA_TASK_ROOT'] ?? '.', process.env['_HANDLER'] ?? '')
  .then(serve)
  .catch(fail);
