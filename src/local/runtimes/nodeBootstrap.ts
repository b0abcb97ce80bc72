// The runtime of local Node.js functions: receives events over a pipe and calls the handler.
import { setFlagsFromString } from 'node:v8';
import { heapFlagAfterStart } from './heapLimit.ts';
import { exit, stringify } from './bootstrap/originals.ts';
import { openPipes } from './bootstrap/runtimePipes.ts';
import { toErrorPayload, toLogFields } from './bootstrap/errorPayload.ts';
import { loadHandler, type Handler } from './bootstrap/loadHandler.ts';
import { callHandler } from './bootstrap/callHandler.ts';
import { logError, patchConsole } from './bootstrap/functionConsole.ts';
import { createContext, type EventHeaders } from './bootstrap/context.ts';
import { flushOutput, hasBufferedOutput, trackOutput } from './bootstrap/standardOutput.ts';
import { callStreaming, isStreaming, provideStreaming, ResponseStream } from './bootstrap/streaming.ts';

delete process.env['ELECTRON_RUN_AS_NODE'];
const heapFlag = heapFlagAfterStart(Number(process.env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE']));
if (heapFlag !== undefined) setFlagsFromString(heapFlag);

/** The maximum length of an error type in the header of a reply, in characters. */
const MAX_ERROR_TYPE = 1000;

const { next, reply, sendChunk } = openPipes();
let current: string | undefined;
/** This process exits and handles no other event. */
let isCrashing = false;
/** The response of the running streaming handler. `sent` resolves when all of it is in the pipe. */
let streaming: { readonly stream: ResponseStream; readonly sent: Promise<void> } | undefined;

trackOutput();
patchConsole(() => current);
provideStreaming();

interface ErrorTypes {
  readonly type?: string;
  readonly headerType?: string;
}

/** Reports an error. `type` overrides the error's type in the payload, `headerType` in the header of the reply. */
async function replyError(title: string, error: unknown, { type, headerType }: ErrorTypes = {}): Promise<void> {
  const requestId = current;
  const payload = toErrorPayload(error, type);
  logError(title, toLogFields(error, payload));
  await flushOutput();
  if (streaming !== undefined) {
    // The response has already started, so the error follows it.
    if (!streaming.stream.writableEnded) streaming.stream.end();
    await streaming.sent;
  }
  const errorType = (headerType ?? payload.errorType).slice(0, MAX_ERROR_TYPE);
  const header = { kind: 'error', errorType } as const;
  reply({ ...header, ...(requestId !== undefined && { requestId }) }, stringify(payload));
}

async function crash(title: string, error: unknown, type?: string): Promise<never> {
  isCrashing = true;
  // During an invocation, the type in the header tells the endpoint that this process exits.
  const headerType = current === undefined ? undefined : (type ?? 'Runtime.ExitError');
  await replyError(title, error, {
    ...(type !== undefined && { type }),
    ...(headerType !== undefined && { headerType }),
  });
  return exit(1);
}

process.on('uncaughtException', (error) => void crash('Uncaught Exception', error));
process.on('unhandledRejection', (reason) => {
  void crash('Unhandled Promise Rejection', reason, 'Runtime.UnhandledPromiseRejection');
});

/** The maximum size of a chunk in bytes. */
const MAX_CHUNK = 1_048_576;

/** Sends the chunks of a response as they are written. Resolves at its end. */
async function sendChunks(responseStream: ResponseStream, requestId: string): Promise<void> {
  for await (const chunk of responseStream as AsyncIterable<Buffer>) {
    for (let start = 0; start < chunk.byteLength; start += MAX_CHUNK)
      await sendChunk({ kind: 'chunk', requestId }, chunk.subarray(start, start + MAX_CHUNK));
  }
}

/** Runs one event of a streaming handler. Its output is sent as it is written, even if it fails later. */
async function stream(handler: Handler, requestId: string, event: unknown, context: object): Promise<void> {
  const responseStream = new ResponseStream();
  responseStream.on('error', () => undefined); // see `sent`
  const sent = sendChunks(responseStream, requestId);
  streaming = { stream: responseStream, sent: sent.catch(() => undefined) };
  try {
    await callStreaming(handler, event, { stream: responseStream, context });
    await flushOutput();
    await sent;
    reply({ kind: 'response', requestId });
  } catch (error) {
    await replyError('Invoke Error', error);
  } finally {
    streaming = undefined;
  }
}

/** With the function's own `JSON.stringify`, if it has replaced it, and the error of Lambda's Node.js runtime. */
function serialize(result: unknown): string {
  try {
    return JSON.stringify(result === undefined ? null : result) ?? 'null';
  } catch (error) {
    throw new Error('Unable to stringify response body', { cause: error });
  }
}

async function run(handler: Handler, requestId: string, event: unknown, headers: EventHeaders): Promise<void> {
  if (isStreaming(handler)) return stream(handler, requestId, event, createContext(headers));
  const result = await callHandler(handler, event, createContext(headers));
  const json = serialize(result);
  if (hasBufferedOutput()) await flushOutput();
  reply({ kind: 'response', requestId }, json);
}

async function serve(handler: Handler): Promise<void> {
  reply({ kind: 'ready' });
  for (;;) {
    const { headers, json } = await next();
    if (isCrashing) return;
    const requestId = String(headers['lambda-runtime-aws-request-id']);
    current = requestId;
    process.env['_X_AMZN_TRACE_ID'] = headers['lambda-runtime-trace-id'] ?? '';
    try {
      await run(handler, requestId, JSON.parse(json), headers);
    } catch (error) {
      await replyError('Invoke Error', error);
    }
    current = undefined;
  }
}

loadHandler(process.env['LAMBDA_TASK_ROOT'] ?? '.', process.env['_HANDLER'] ?? '').then(serve, (error: unknown) =>
  crash('Init Error', error),
);
