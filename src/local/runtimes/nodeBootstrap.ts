// The runtime of local Node.js functions: polls the Runtime API for events and calls the handler.
import { get, reply, replyStreaming, type StreamedReply } from './bootstrap/runtimeClient.ts';
import { toErrorPayload, toLogFields } from './bootstrap/errorPayload.ts';
import { loadHandler } from './bootstrap/loadHandler.ts';
import { callHandler } from './bootstrap/callHandler.ts';
import { logError, patchConsole } from './bootstrap/functionConsole.ts';
import { createContext } from './bootstrap/context.ts';
import { callStreaming, isStreaming, provideStreaming, ResponseStream } from './bootstrap/streaming.ts';

delete process.env['ELECTRON_RUN_AS_NODE'];

let current: string | undefined;
let streaming: StreamedReply | undefined;

// On Windows, exit when the parent dies and its end of this pipe closes. Elsewhere, OrphanGuard kills this process.
if (process.platform === 'win32') {
  process.stdin
    .resume()
    .on('end', () => process.exit(0))
    .on('error', () => process.exit(0))
    .unref();
}

patchConsole(() => current);
provideStreaming();

/** Waits for buffered output: Node.js writes in the background whatever doesn't fit into the pipe. */
async function flushStream(stream: NodeJS.WriteStream): Promise<void> {
  if (stream.writableLength > 0) await new Promise<void>((resolve) => stream.write('', () => resolve()));
}

/** Waits until all log output is in the pipes, so that the reply can't overtake it. */
async function flushLogs(): Promise<void> {
  await flushStream(process.stdout);
  await flushStream(process.stderr);
}

async function crash(title: string, error: unknown, type?: string): Promise<never> {
  const payload = toErrorPayload(error, type);
  logError(title, toLogFields(error, payload));
  await flushLogs();
  const path = current === undefined ? 'init/error' : `invocation/${current}/error`;
  // During an invocation, the type in the header tells the platform that this process exits.
  const headerType = current === undefined ? payload.errorType : (type ?? 'Runtime.ExitError');
  if (streaming === undefined) await reply(path, JSON.stringify(payload), headerType);
  else {
    // The response has already started, so append the error to the stream.
    streaming.fail(headerType, JSON.stringify(payload));
    await streaming.sent;
  }
  process.exit(1);
}

process.on('uncaughtException', (error) => void crash('Uncaught Exception', error));
process.on('unhandledRejection', (reason) => {
  void crash('Unhandled Promise Rejection', reason, 'Runtime.UnhandledPromiseRejection');
});

type LoadedHandler = Awaited<ReturnType<typeof loadHandler>>;

/** Runs one event of a streaming handler. Its output is sent as it is written, even if it fails later. */
async function stream(handler: LoadedHandler, requestId: string, event: unknown, context: object): Promise<void> {
  const responseStream = new ResponseStream();
  responseStream.on('error', () => undefined); // a write after the end reports its error to the caller
  const start = () =>
    (streaming ??= replyStreaming(`invocation/${requestId}/response`, responseStream, responseStream.contentType));
  responseStream.once('readable', start); // deferred: the content type can be set until the first byte
  try {
    await callStreaming(handler, event, { stream: responseStream, context });
    const { sent } = start();
    // Flush the logs before the end of the response.
    await flushLogs();
    await sent;
  } catch (error) {
    const payload = toErrorPayload(error);
    logError('Invoke Error', toLogFields(error, payload));
    await flushLogs();
    if (streaming === undefined && responseStream.readableLength === 0) {
      responseStream.off('readable', start);
      await reply(`invocation/${requestId}/error`, JSON.stringify(payload), payload.errorType);
    } else {
      const streamedReply = start();
      streamedReply.fail(payload.errorType, JSON.stringify(payload));
      await streamedReply.sent;
    }
  } finally {
    streaming = undefined;
  }
}

async function serve(handler: LoadedHandler): Promise<never> {
  for (;;) {
    const { headers, body } = await get('invocation/next');
    const requestId = String(headers['lambda-runtime-aws-request-id']);
    current = requestId;
    process.env['_X_AMZN_TRACE_ID'] = String(headers['lambda-runtime-trace-id'] ?? '');
    try {
      const event: unknown = JSON.parse(body.toString('utf8'));
      if (isStreaming(handler)) {
        await stream(handler, requestId, event, createContext(headers));
        current = undefined;
        continue;
      }
      const result = await callHandler(handler, event, createContext(headers));
      const json = JSON.stringify(result === undefined ? null : result);
      await flushLogs();
      await reply(`invocation/${requestId}/response`, json ?? 'null');
    } catch (error) {
      const payload = toErrorPayload(error);
      logError('Invoke Error', toLogFields(error, payload));
      await flushLogs();
      await reply(`invocation/${requestId}/error`, JSON.stringify(payload), payload.errorType);
    }
    current = undefined;
  }
}

loadHandler(process.env['LAMBDA_TASK_ROOT'] ?? '.', process.env['_HANDLER'] ?? '').then(serve, (error: unknown) =>
  crash('Init Error', error),
);
