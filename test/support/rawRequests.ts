import { once } from 'node:events';
import { connect } from 'node:net';
import { SignatureV4 } from '@smithy/signature-v4';
import { expect } from 'vitest';
import { LOCAL_KEYS } from './localWorkspace.ts';
import { Sha256 } from './sha256.ts';

/** The path of an Invoke request. */
export function invokePath(name: string): string {
  return `/2015-03-31/functions/${name}/invocations`;
}

/** The path of an InvokeWithResponseStream request. */
export function streamPath(name: string): string {
  return `/2021-11-15/functions/${name}/response-streaming-invocations`;
}

interface RequestOptions {
  readonly path: string;
  readonly method?: string;
  readonly body?: Buffer | string;
  readonly headers?: Record<string, string>;
  /** Headers that are added after signing. */
  readonly unsigned?: Record<string, string>;
  readonly keys?: typeof LOCAL_KEYS;
  readonly service?: string;
  readonly signingDate?: Date;
  /** Without `x-amz-content-sha256`, as boto3 and the AWS CLI sign. */
  readonly withoutBodyHash?: boolean;
  /** Sent with `transfer-encoding: chunked`, instead of `content-length`. */
  readonly isChunked?: boolean;
}

/** The head of a signed request as it is sent, up to the empty line. */
export async function signedHead(url: string, options: RequestOptions): Promise<string> {
  const { path, method = 'POST', body = '{}', keys = LOCAL_KEYS, service = 'lambda', signingDate } = options;
  const { host, hostname } = new URL(url);
  const applyChecksum = options.withoutBodyHash !== true;
  const signer = new SignatureV4({ credentials: keys, region: 'us-east-1', service, sha256: Sha256, applyChecksum });
  const [pathname = '', search = ''] = path.split('?');
  const query = Object.fromEntries(new URLSearchParams(search));
  const request = { method, protocol: 'http:', hostname, path: pathname, query, body };
  const { headers } = await signer.sign(
    { ...request, headers: { host, ...options.headers } },
    signingDate === undefined ? {} : { signingDate },
  );
  const length: Record<string, string> =
    options.isChunked === true
      ? { 'transfer-encoding': 'chunked' }
      : { 'content-length': String(Buffer.byteLength(body)) };
  return requestHead(`${method} ${path}`, { ...headers, ...length, ...options.unsigned });
}

/** The head of a request as it is sent, up to the empty line. */
export function requestHead(line: string, headers: Record<string, string>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`${line} HTTP/1.1`, ...lines, '', ''].join('\r\n');
}

/** A chunk of a chunked body. The empty one is the last. */
export function chunk(bytes: string): string {
  return `${Buffer.byteLength(bytes).toString(16)}\r\n${bytes}\r\n`;
}

/** A connection to the local endpoint over which a test sends HTTP itself. */
export async function connectTo(url: string) {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  let text = '';
  let isClosed = false;
  socket.on('data', (bytes: Buffer) => (text += bytes.toString('latin1')));
  socket.on('error', () => undefined);
  socket.on('close', () => (isClosed = true));
  await once(socket, 'connect');
  return {
    socket,
    send: (data: string | Buffer) => socket.write(data),
    /** Everything that was received, as Latin-1. */
    received: () => text,
    /** Waits for a response that contains this text. Forgets what was received. */
    async response(part: string): Promise<string> {
      await expect.poll(() => text).toContain(part);
      const all = text;
      text = '';
      return all;
    },
    closed: () => expect.poll(() => isClosed).toBe(true),
    destroy: () => socket.destroy(),
  };
}
