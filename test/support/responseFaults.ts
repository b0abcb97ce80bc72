import type { Socket } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { chunked, MEGABYTE, type Expected } from './faults.ts';
import { head, type Fault } from './faultyServer.ts';

const LOST: Expected = { state: 'failed', code: 'connectionLost' };
const LOST_ID: Expected = { state: 'failed', code: 'connectionLostId', requestId: 'request-9' };
const UNREADABLE: Expected = { state: 'failed', code: 'answerUnreadable', requestId: 'request-9' };
const STATUS: Expected = { state: 'failed', code: 'answerStatus', requestId: 'request-9' };
const succeeded: Expected = { state: 'succeeded', requestId: 'request-9' };

const CLOSE = { connection: 'close' } as const;
const CHUNKED = { 'transfer-encoding': 'chunked' } as const;

/** Sends a head and some bytes, and keeps the connection open. */
function staysOpen(
  status: string,
  headers: Readonly<Record<string, string | number>>,
  rest: Buffer | string = '',
): Fault {
  return (socket) => socket.write(Buffer.concat([Buffer.from(head(status, headers)), Buffer.from(rest)]));
}

const BLOCK = 16_384;

/** Turns of the event loop until a client in this process has certainly read what was written. */
const READ_TURNS = 4;

/** Repeats a piece until the client closes the connection, slowly enough not to disturb parallel tests. */
function repeats(start: string, piece: Buffer | string): Fault {
  const bytes = Buffer.from(piece);
  const block = Buffer.concat(Array.from({ length: Math.ceil(BLOCK / bytes.byteLength) }, () => bytes));
  return (socket) => {
    socket.write(start);
    const timer = setInterval(() => {
      if (socket.writableLength < BLOCK) socket.write(block);
    }, 10);
    socket.once('close', () => clearInterval(timer));
  };
}

/**
 * Sends a head and a part of the body, then resets the connection once the client, in this process, has read them. If a
 * reset arrives together with what was sent before, Node.js reports an end: see uv__stream_io in libuv.
 */
function resets(start: string): Fault {
  const resetAfter = (socket: Socket, turns: number) => {
    if (turns === 0) socket.resetAndDestroy();
    else setImmediate(resetAfter, socket, turns - 1);
  };
  return (socket) => socket.write(start, () => resetAfter(socket, READ_TURNS));
}

function sendsAll(status: string, headers: Readonly<Record<string, string | number>>, body: Buffer): Fault {
  return (socket) =>
    socket.end(
      Buffer.concat([Buffer.from(head(status, { 'content-length': body.byteLength, ...headers, ...CLOSE })), body]),
    );
}

const http10 = (text: string) => text.replace('HTTP/1.1', 'HTTP/1.0');
export const ENCODED_TEXT = '{"text": "decoded"}';
const json = Buffer.from(ENCODED_TEXT);
const gzipped = gzipSync(json);
const throttled = { 'x-amzn-errortype': 'TooManyRequestsException', 'content-type': 'application/json' };

/** Encoded bodies, which Lambda never sends but a proxy can. They are decoded. */
export const ENCODINGS: readonly (readonly [string, Fault])[] = [
  ['gzip', sendsAll('200 OK', { 'content-encoding': 'gzip' }, gzipped)],
  ['x-gzip', sendsAll('200 OK', { 'content-encoding': 'X-GZIP' }, gzipped)],
  ['deflate', sendsAll('200 OK', { 'content-encoding': 'deflate' }, deflateSync(json))],
  ['deflate without its zlib header', sendsAll('200 OK', { 'content-encoding': 'deflate' }, deflateRawSync(json))],
  ['br', sendsAll('200 OK', { 'content-encoding': 'br' }, brotliCompressSync(json))],
  ['identity', sendsAll('200 OK', { 'content-encoding': 'identity' }, json)],
  ['br in gzip', sendsAll('200 OK', { 'content-encoding': 'br, gzip' }, gzipSync(brotliCompressSync(json)))],
  [
    'gzip in chunks',
    (socket) =>
      socket.end(
        Buffer.concat([
          Buffer.from(head('200 OK', { 'content-encoding': 'gzip', ...CHUNKED })),
          chunked(gzipped.subarray(0, 7)),
          chunked(gzipped.subarray(7)),
          Buffer.from('0\r\n\r\n'),
        ]),
      ),
  ],
];

/** Unusual responses. Each invocation ends after one request and leaves no socket open. */
export const RESPONSE_FAULTS: readonly (readonly [string, Fault, Expected])[] = [
  [
    'a switch to another protocol',
    staysOpen('101 Switching Protocols', { upgrade: 'h2c', connection: 'Upgrade' }),
    STATUS,
  ],
  ['a 101 without a protocol', staysOpen('101 Switching Protocols', {}), STATUS],
  [
    'a partial response',
    sendsAll('206 Partial Content', { 'content-range': 'bytes 0-3/9' }, Buffer.from('null')),
    STATUS,
  ],
  ['an unknown status', sendsAll('299 Odd', {}, Buffer.from('null')), STATUS],
  ['endless interim responses', repeats('', 'HTTP/1.1 102 Processing\r\n\r\n'), LOST],
  [
    'interim responses before the response',
    (socket) =>
      socket.end(
        `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n${head('200 OK', { 'content-length': 4, ...CLOSE })}null`,
      ),
    succeeded,
  ],
  ['endless headers', repeats('HTTP/1.1 200 OK\r\n', 'x-more: and more\r\n'), LOST],
  ['a header of 1 MB', repeats('HTTP/1.1 200 OK\r\nx-long: ', MEGABYTE), LOST],
  [
    'a multiple choice',
    sendsAll('300 Multiple Choices', {}, Buffer.from('{}')),
    { state: 'failed', code: 'redirected' },
  ],
  ['a 304', sendsAll('304 Not Modified', {}, Buffer.alloc(0)), { state: 'failed', code: 'redirected' }],
  ['two Content-Length headers', sendsAll('200 OK', { 'Content-Length': 7 }, Buffer.from('null')), LOST],
  [
    'a Content-Length and chunks',
    staysOpen('200 OK', { 'content-length': 4, ...CHUNKED }, '4\r\nnull\r\n0\r\n\r\n'),
    LOST,
  ],
  ['a chunk with an invalid length', staysOpen('200 OK', CHUNKED, 'four\r\nnull\r\n'), LOST_ID],
  ['the HTTP/2 preface', (socket) => socket.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), LOST],
  ['an HTTP/2 frame', (socket) => socket.write(Buffer.from([0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 5, 0, 0, 64, 0])), LOST],
  ['a TLS alert', (socket) => socket.write(Buffer.from([0x15, 3, 3, 0, 2, 2, 40])), LOST],
  ['an HTTP/1.0 body that is reset', resets(`${http10(head('200 OK'))}{"half": tr`), LOST_ID],
  ['a body without a length that is reset', resets(`${head('200 OK', CLOSE)}{"half": tr`), LOST_ID],
  ['a reset before the first byte of a body without a length', resets(head('200 OK', CLOSE)), LOST_ID],
  ['chunks that are reset', resets(`${head('200 OK', CHUNKED)}4\r\nnull\r\n`), LOST_ID],
  ['an HTTP/1.0 body that is closed', (socket) => socket.end(`${http10(head('200 OK'))}null`), succeeded],
  ['a body without a length that is closed', (socket) => socket.end(`${head('200 OK', CLOSE)}null`), succeeded],
  ['a 200 without a body', sendsAll('200 OK', {}, Buffer.alloc(0)), succeeded],
  [
    'trailers',
    (socket) => socket.end(`${head('200 OK', { ...CHUNKED, ...CLOSE })}4\r\nnull\r\n0\r\nx-sum: 1\r\n\r\n`),
    succeeded,
  ],
  ['endless trailers', repeats(`${head('200 OK', CHUNKED)}4\r\nnull\r\n0\r\n`, 'x-sum: 1\r\n'), LOST_ID],
  ['a 204 with a body', (socket) => socket.end(`${head('204 No Content', CLOSE)}{"a": 1}`), { state: 'dryRun' }],
  ['a 202 with an incomplete body', staysOpen('202 Accepted', CHUNKED, '2\r\n{}\r\n'), { state: 'accepted' }],
  [
    'a 429 with an incomplete body',
    staysOpen('429 Too Many Requests', { ...throttled, 'content-length': 100 }, '{"message'),
    { state: 'failed', code: 'TooManyRequestsException', requestId: 'request-9' },
  ],
  [
    'a 429 without an error type and with endless chunks',
    repeats(head('429 Too Many Requests', CHUNKED), chunked(Buffer.from(' '))),
    { state: 'failed', code: 'TooManyRequestsException' },
  ],
  [
    'a 403 without its announced body',
    staysOpen('403 Forbidden', { 'x-amzn-errortype': 'AccessDeniedException', 'content-length': 9 }),
    { state: 'failed', code: 'accessDenied', requestId: 'request-9' },
  ],
  [
    'a 503 with an incomplete body',
    staysOpen('503 Service Unavailable', CHUNKED),
    { state: 'failed', code: 'serviceFailed' },
  ],
  [
    'a truncated 404',
    (socket) =>
      socket.end(head('404 Not Found', { 'x-amzn-errortype': 'ResourceNotFoundException', 'content-length': 90 })),
    { state: 'failed', code: 'functionNotFound' },
  ],
  [
    'a 400 that is reset',
    resets(`${head('400 Bad Request', { 'content-length': 90 })}{`),
    { state: 'failed', code: 'requestRefused' },
  ],
  [
    'a 400 of many MB',
    repeats(head('400 Bad Request', CHUNKED), chunked(MEGABYTE)),
    { state: 'failed', code: 'requestRefused' },
  ],
  [
    'a compressed error',
    sendsAll(
      '404 Not Found',
      { 'content-encoding': 'gzip', 'x-amzn-errortype': 'ResourceNotFoundException' },
      gzipSync('{"Message":"gone"}'),
    ),
    { state: 'failed', code: 'functionNotFound' },
  ],
  [
    'an error with an unknown encoding',
    sendsAll('404 Not Found', { 'content-encoding': 'zstd', 'x-amzn-errortype': 'ResourceNotFoundException' }, json),
    { state: 'failed', code: 'functionNotFound' },
  ],
  [
    'an unknown encoding',
    sendsAll('200 OK', { 'content-encoding': 'zstd' }, json),
    { state: 'failed', code: 'answerEncoded' },
  ],
  ['invalid gzip', sendsAll('200 OK', { 'content-encoding': 'gzip' }, json), UNREADABLE],
  ['truncated gzip', sendsAll('200 OK', { 'content-encoding': 'gzip' }, gzipped.subarray(0, -9)), UNREADABLE],
  [
    'gzip that is reset',
    resets(`${head('200 OK', { 'content-encoding': 'gzip', 'content-length': 100 })}\x1f`),
    LOST_ID,
  ],
  [
    'gzip of 40 MB',
    sendsAll('200 OK', { 'content-encoding': 'gzip' }, gzipSync(Buffer.alloc(40 * MEGABYTE.byteLength))),
    { state: 'failed', code: 'answerTooLarge', requestId: 'request-9' },
  ],
];
