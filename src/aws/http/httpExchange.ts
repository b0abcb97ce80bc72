import { request as plainRequest, type Agent, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { Readable } from 'node:stream';
import { buildQueryString, HttpResponse, type HttpRequest } from '@smithy/core/protocols';
import { readLimited, type UnreadReason } from './limitedBody.ts';
import { canDecode, decode, encodingsOf } from './contentEncoding.ts';

/** The parts of the SDK's request that are sent. The body is bytes or a string. */
export type OutgoingRequest = Pick<
  HttpRequest,
  'protocol' | 'hostname' | 'port' | 'method' | 'headers' | 'path' | 'query'
> & { readonly body?: unknown };

export interface HttpExchange {
  readonly response: HttpResponse;
  /** Why the body is missing; then only the status and the headers are available. */
  readonly unread?: UnreadReason;
}

export interface ExchangeOptions {
  readonly agent: Agent;
  readonly signal?: AbortSignal | undefined;
  /** The timeout for the body of any status but 200, in milliseconds. */
  readonly errorBodyMs: number;
  /** The timeout for the response headers, counted from their first byte, in milliseconds. */
  readonly headMs: number;
}

/** Interim (1xx) responses before the request is aborted. Lambda sends none. */
const MAX_INTERIM_RESPONSES = 100;

function abortError(): Error {
  return Object.assign(new Error('Request aborted'), { name: 'AbortError' });
}

function connectionReset(detail: string): Error {
  return Object.assign(new Error(detail), { code: 'ECONNRESET' });
}

function start(
  { protocol, hostname, port, method, headers, path, query }: OutgoingRequest,
  agent: Agent,
): ClientRequest {
  const search = buildQueryString(query ?? {});
  return (protocol === 'https:' ? tlsRequest : plainRequest)({
    agent,
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    method,
    headers,
    path: search === '' ? path : `${path}?${search}`,
    ...(port !== undefined && { port }),
  });
}

/** Aborts a request whose response headers aren't complete in time. Waiting for their first byte has no timeout. */
function limitHead(request: ClientRequest, headMs: number): () => void {
  let timer: NodeJS.Timeout | undefined;
  const startTimer = () => {
    timer = setTimeout(
      () => request.destroy(connectionReset(`the response headers were incomplete after ${headMs} ms`)),
      headMs,
    );
  };
  // Prepended, because the HTTP parser emits `response` while it handles the same data event.
  const listen = () => request.socket?.prependOnceListener('data', startTimer);
  const stop = () => {
    clearTimeout(timer);
    request.socket?.off('data', startTimer);
  };
  request.once('socket', listen);
  request.on('information', () => {
    stop();
    listen();
  });
  return stop;
}

/** Waits for the headers of the final response. Rejects if the connection closes before. */
function receiveHead(request: ClientRequest, { signal, headMs }: ExchangeOptions): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    let interim = 0;
    let incoming: IncomingMessage | undefined;
    const stopTimer = limitHead(request, headMs);
    const abort = () => {
      request.destroy();
      incoming?.destroy(abortError());
      reject(abortError());
    };
    signal?.addEventListener('abort', abort, { once: true });
    const accept = (message: IncomingMessage) => {
      stopTimer();
      incoming = message;
      resolve(message);
    };
    request.on('information', () => {
      if (++interim > MAX_INTERIM_RESPONSES)
        request.destroy(connectionReset(`more than ${MAX_INTERIM_RESPONSES} interim responses`));
    });
    request.once('response', accept);
    // No upgrade was requested, so treat these headers as the response and don't read what follows.
    request.once('upgrade', (message, socket) => {
      socket.destroy();
      signal?.removeEventListener('abort', abort);
      accept(message);
    });
    request.on('error', (error) => {
      // Node.js treats a reset as the end of a body without a length. Errors after a complete body don't matter.
      if (incoming?.complete === false) incoming.destroy(error);
      reject(error);
    });
    request.once('close', () => {
      stopTimer();
      signal?.removeEventListener('abort', abort);
      reject(connectionReset('the connection was closed without a response'));
    });
  });
}

/** The response body. A connection error before the first read is reported on that read, which would otherwise hang. */
function createBody(incoming: IncomingMessage): Readable {
  let isRead = false;
  const fail = () => body.destroy(incoming.errored ?? connectionReset('aborted'));
  const body = new Readable({
    read() {
      if (isRead) return void incoming.resume();
      isRead = true;
      if (incoming.destroyed && !incoming.readableEnded) return void fail();
      incoming.on('data', (chunk: Buffer) => {
        if (!body.push(chunk)) incoming.pause();
      });
      incoming.once('end', () => body.push(null));
      incoming.once('close', () => {
        if (!incoming.readableEnded) fail();
      });
    },
    destroy(error, done) {
      incoming.destroy();
      done(error);
    },
  });
  incoming.on('error', () => undefined); // reported by the close event
  return body;
}

function flatten(headers: IncomingMessage['headers']): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value] as const],
  );
  return Object.fromEntries(entries);
}

/**
 * Sends an HTTP request once and resolves with the response headers. A 200 body is a decoded stream that fails if it is
 * truncated; other bodies are read here, up to 1 MB and `errorBodyMs`. Redirects aren't followed. Replaces the SDK's
 * handler, which never settles on an upgrade and treats a reset as the end of a body.
 */
export async function exchange(request: OutgoingRequest, options: ExchangeOptions): Promise<HttpExchange> {
  if (options.signal?.aborted === true) throw abortError();
  const outgoing = start(request, options.agent);
  const head = receiveHead(outgoing, options);
  const { body: payload } = request;
  if (payload instanceof Readable) payload.pipe(outgoing);
  else outgoing.end(payload === '' ? undefined : payload);
  const incoming = await head;
  const statusCode = incoming.statusCode ?? 0;
  const headers = flatten(incoming.headers);
  const respond = (body: Readable, unread?: UnreadReason): HttpExchange => ({
    response: new HttpResponse({
      statusCode,
      headers,
      body,
      ...(incoming.statusMessage !== undefined && { reason: incoming.statusMessage }),
    }),
    ...(unread !== undefined && { unread }),
  });
  if (statusCode < 200) {
    incoming.destroy();
    return respond(Readable.from([]));
  }
  const encodings = encodingsOf(headers['content-encoding']);
  let body = createBody(incoming);
  if (encodings.length > 0) {
    if (!canDecode(encodings)) {
      incoming.destroy();
      return respond(Readable.from([]), 'encoded');
    }
    body = decode(body, encodings);
    delete headers['content-length']; // of the encoded bytes
  }
  if (statusCode === 200) return respond(body);
  const { chunks: bytes, unread } = await readLimited(body, options);
  return respond(Readable.from(bytes), unread);
}
