import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import type { Readable, Writable } from 'node:stream';

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

interface RuntimeApiResponse {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

function send(
  method: 'GET' | 'POST',
  path: string,
  headers: Record<string, string>,
  body?: string,
): Promise<RuntimeApiResponse> {
  const url = `http://${process.env['AWS_LAMBDA_RUNTIME_API'] ?? ''}/2018-06-01/runtime/${path}`;
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks) }));
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Sends a GET request to the Runtime API, such as `invocation/next`, without timeout. */
export function get(path: string): Promise<RuntimeApiResponse> {
  return send('GET', path, {});
}

/** Headers and trailers are limited to printable ASCII. */
function ascii(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, '?');
}

/** A streamed response to the Runtime API. */
export interface StreamedReply {
  /** Resolves when the response has been sent and accepted. */
  readonly sent: Promise<void>;
  /** Ends the response with an error, after everything written so far. Type and payload are sent as trailers. */
  fail(errorType: string, json: string): void;
}

/** The maximum length of an error payload in a trailer, in characters. Longer ones are shortened. */
const MAX_TRAILER_LENGTH = 100_000;

function trailerOf(json: string): string {
  if (json.length <= MAX_TRAILER_LENGTH) return json;
  const { errorType, errorMessage } = JSON.parse(json) as { errorType: string; errorMessage: string };
  return JSON.stringify({ errorType, errorMessage: errorMessage.slice(0, MAX_TRAILER_LENGTH / 2), trace: [] });
}

/** Posts a streamed response to the Runtime API, which sends bytes as they are written to `body`. */
export function replyStreaming(path: string, body: Writable & Readable, contentType: string): StreamedReply {
  const url = `http://${process.env['AWS_LAMBDA_RUNTIME_API'] ?? ''}/2018-06-01/runtime/${path}`;
  const sent = request(url, {
    method: 'POST',
    agent: false, // a separate connection, so that an error report doesn't queue behind it
    headers: {
      'content-type': contentType,
      'transfer-encoding': 'chunked',
      'lambda-runtime-function-response-mode': 'streaming',
      trailer: 'Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body',
    },
  });
  let trailers: Record<string, string> = {};
  body.pipe(sent, { end: false });
  body.once('end', () => {
    sent.addTrailers(trailers);
    sent.end();
  });
  return {
    sent: new Promise((resolve, reject) => {
      sent.on('response', (response) => response.resume().once('end', () => resolve()));
      sent.on('error', reject);
    }),
    fail(errorType, json) {
      trailers = {
        'Lambda-Runtime-Function-Error-Type': ascii(errorType),
        'Lambda-Runtime-Function-Error-Body': Buffer.from(trailerOf(json)).toString('base64'),
      };
      if (!body.writableEnded) body.end();
    },
  };
}

/** Posts a JSON response to the Runtime API; `errorType` for an error. */
export async function reply(path: string, json: string, errorType?: string): Promise<void> {
  const headers = {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(json)),
    ...(errorType !== undefined && {
      'lambda-runtime-function-error-type': ascii(errorType),
    }),
  };
  await send('POST', path, headers, json);
}
