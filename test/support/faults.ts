import type { Socket } from 'node:net';
import { crc32 } from 'node:zlib';
import { EVENT_STREAM_TYPE, invokeComplete, payloadChunk } from '../../src/local/http/eventStream.ts';
import { head, type Fault } from './faultyServer.ts';

const HTML = '<html><body><h1>Sign in</h1><script>alert(1)</script></body></html>';

/** Writes a piece many times, respecting backpressure. */
function flood(socket: Socket, piece: Buffer, count: number): void {
  let remaining = count;
  const writeMore = () => {
    while (remaining-- > 0) if (!socket.write(piece)) return void socket.once('drain', writeMore);
  };
  writeMore();
}

export const MEGABYTE = Buffer.alloc(1_048_576, 0x61);
export const chunked = (bytes: Buffer) =>
  Buffer.concat([Buffer.from(`${bytes.byteLength.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);

export interface Expected {
  readonly state: string;
  readonly code?: string;
  readonly requestId?: string;
}

const LOST: Expected = { state: 'failed', code: 'connectionLost' };
const LOST_ID: Expected = { state: 'failed', code: 'connectionLostId', requestId: 'request-9' };
const UNREADABLE: Expected = { state: 'failed', code: 'answerUnreadable', requestId: 'request-9' };
const succeeded: Expected = { state: 'succeeded', requestId: 'request-9' };

/** Faults with their outcomes. Each invocation ends after one request and leaves no socket open. */
export const FAULTS: readonly (readonly [string, Fault, Expected])[] = [
  ['closed before the headers', (socket) => socket.end(), LOST],
  ['reset before the headers', (socket) => socket.resetAndDestroy(), LOST],
  [
    'reset after the headers',
    (socket) =>
      socket.write(head('200 OK', { 'content-length': 100 }), () => setTimeout(() => socket.resetAndDestroy(), 30)),
    LOST_ID,
  ],
  ['a truncated body', (socket) => socket.end(`${head('200 OK', { 'content-length': 100 })}{"half": tr`), LOST_ID],
  [
    'a truncated chunked body',
    (socket) => socket.end(`${head('200 OK', { 'transfer-encoding': 'chunked' })}5\r\n{"hal`),
    LOST_ID,
  ],
  [
    'a content-length that is too short',
    (socket) => socket.end(`${head('200 OK', { 'content-length': 4, connection: 'close' })}null and more`),
    succeeded,
  ],
  ['something other than HTTP', (socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'), LOST],
  [
    'headers that are too long',
    (socket) => socket.end(`HTTP/1.1 200 OK\r\nx-long: ${'x'.repeat(200_000)}\r\n\r\n`),
    LOST,
  ],
  [
    'a log that isn’t base64',
    (socket) =>
      socket.end(`${head('200 OK', { 'content-length': 4, 'x-amz-log-result': '*?*', connection: 'close' })}null`),
    succeeded,
  ],
  [
    'a response that isn’t UTF-8',
    (socket) => {
      socket.write(head('200 OK', { 'content-length': 3, connection: 'close' }));
      socket.end(Buffer.from([0xff, 0xfe, 0x00]));
    },
    succeeded,
  ],
  [
    'a byte per second',
    (socket) => {
      socket.write(head('200 OK', { 'content-length': 3, connection: 'close' }));
      for (const [at, byte] of ['"', 'a', '"'].entries()) setTimeout(() => socket.write(byte), at * 1000);
      setTimeout(() => socket.end(), 2100);
    },
    succeeded,
  ],
  [
    '100 MB with a Content-Length',
    (socket) => {
      socket.write(head('200 OK', { 'content-length': 100 * MEGABYTE.byteLength }));
      flood(socket, MEGABYTE, 100);
    },
    { state: 'failed', code: 'answerTooLarge' },
  ],
  [
    '100 MB without a Content-Length',
    (socket) => {
      socket.write(head('200 OK', { 'transfer-encoding': 'chunked' }));
      flood(socket, chunked(MEGABYTE), 100);
    },
    { state: 'failed', code: 'answerTooLarge', requestId: 'request-9' },
  ],
  [
    'an error page of a proxy',
    (socket) =>
      socket.end(`${head('502 Bad Gateway', { 'content-type': 'text/html', 'content-length': HTML.length })}${HTML}`),
    { state: 'failed', code: 'serviceFailed' },
  ],
  [
    'a sign-in page of a network',
    (socket) =>
      socket.end(
        `${head('200 OK', { 'content-type': 'text/html; charset=utf-8', 'content-length': HTML.length })}${HTML}`,
      ),
    { state: 'failed', code: 'notLambda' },
  ],
  [
    'a 403 page of a proxy',
    (socket) =>
      socket.end(`${head('403 Forbidden', { 'content-type': 'text/html', 'content-length': HTML.length })}${HTML}`),
    { state: 'failed', code: 'notLambda' },
  ],
  [
    'an empty response of type HTML',
    (socket) =>
      socket.end(head('202 Accepted', { 'content-type': 'text/html', 'content-length': 0, connection: 'close' })),
    { state: 'accepted' },
  ],
  [
    'an error without a type',
    (socket) => socket.end(`${head('404 Not Found', { 'content-type': 'application/json', 'content-length': 2 })}{}`),
    { state: 'failed', code: 'requestRefused' },
  ],
  [
    'a redirect',
    (socket) =>
      socket.end(head('307 Temporary Redirect', { location: 'https://elsewhere.invalid/', 'content-length': 0 })),
    { state: 'failed', code: 'redirected' },
  ],
  [
    'a redirect without a location',
    (socket) => socket.end(head('301 Moved Permanently', { 'content-length': 0 })),
    { state: 'failed', code: 'redirected' },
  ],
  [
    'an error without a body',
    (socket) => socket.end(head('503 Service Unavailable', { 'content-length': 0 })),
    { state: 'failed', code: 'serviceFailed' },
  ],
  [
    'an error with a body that isn’t JSON',
    (socket) => socket.end(`${head('400 Bad Request', { 'content-length': 5 })}oops!`),
    { state: 'failed', code: 'requestRefused' },
  ],
];

const event = (...parts: Buffer[]) => Buffer.concat(parts);
export const streamHead = head('200 OK', { 'content-type': EVENT_STREAM_TYPE, 'transfer-encoding': 'chunked' });

export function sendsEvents(bytes: Buffer, end: 'whole' | 'cut' | 'reset' = 'whole'): Fault {
  return (socket) => {
    socket.write(streamHead);
    socket.write(chunked(bytes));
    if (end === 'whole') socket.end('0\r\n\r\n');
    else setTimeout(() => (end === 'cut' ? socket.end() : socket.resetAndDestroy()), 30);
  };
}

export const PART = payloadChunk(Buffer.from('part'));
export const END = invokeComplete({});
const badChecksum = Buffer.from(PART);
badChecksum[badChecksum.length - 1] = (badChecksum.at(-1) ?? 0) ^ 0xff;

/** An error event of the stream. The SDK uses the code as the name of the error. */
function errorEvent(code: string): Buffer {
  const field = (name: string, value: string) =>
    Buffer.concat([
      Buffer.from([name.length]),
      Buffer.from(name),
      Buffer.from([7, 0, value.length]),
      Buffer.from(value),
    ]);
  const headers = Buffer.concat([
    field(':message-type', 'error'),
    field(':error-code', code),
    field(':error-message', 'm'),
  ]);
  const lengths = Buffer.alloc(8);
  lengths.writeUInt32BE(12 + headers.length + 4);
  lengths.writeUInt32BE(headers.length, 4);
  const sum = (bytes: Buffer) => {
    const four = Buffer.alloc(4);
    four.writeUInt32BE(crc32(bytes));
    return four;
  };
  const message = Buffer.concat([lengths, sum(lengths), headers]);
  return Buffer.concat([message, sum(message)]);
}

export const STREAM_FAULTS: readonly (readonly [string, Fault, Expected])[] = [
  ['a valid stream', sendsEvents(event(PART, END)), succeeded],
  [
    'a buffered response',
    (socket) => socket.end(`${head('200 OK', { 'content-type': 'application/json', 'content-length': 8 })}{"a": 1}`),
    { state: 'failed', code: 'notStreaming', requestId: 'request-9' },
  ],
  [
    'events without a content type',
    (socket) => socket.end(Buffer.concat([Buffer.from(head('200 OK', { connection: 'close' })), event(PART, END)])),
    succeeded,
  ],
  [
    'a buffered response without a content type',
    (socket) => socket.end(`${head('200 OK', { 'content-length': 8 })}{"a": 1}`),
    { state: 'failed', code: 'notStreaming', requestId: 'request-9' },
  ],
  [
    'an error of 100 MB',
    (socket) => {
      socket.write(head('500 Internal Server Error', { 'transfer-encoding': 'chunked' }));
      flood(socket, chunked(MEGABYTE), 100);
    },
    { state: 'failed', code: 'answerTooLarge', requestId: 'request-9' },
  ],
  [
    'a connection that stays open after the end',
    (socket) => socket.write(Buffer.concat([Buffer.from(streamHead), chunked(event(PART, END))])),
    succeeded,
  ],
  [
    'an error event named TimeoutError on a connection that stays open',
    (socket) =>
      socket.write(Buffer.concat([Buffer.from(streamHead), chunked(event(PART, errorEvent('TimeoutError')))])),
    LOST_ID,
  ],
  ['no InvokeComplete', sendsEvents(PART), LOST_ID],
  ['no event at all', sendsEvents(Buffer.alloc(0)), LOST_ID],
  ['an event that is truncated', sendsEvents(event(PART, PART.subarray(0, 20))), LOST_ID],
  ['a connection that is closed within an event', sendsEvents(event(PART, PART.subarray(0, 20)), 'cut'), LOST_ID],
  ['a reset within the stream', sendsEvents(PART, 'reset'), LOST_ID],
  ['an invalid checksum', sendsEvents(event(badChecksum, END)), UNREADABLE],
  [
    'bytes that aren’t events',
    sendsEvents(Buffer.from('\0\0\0\u0020<html>this is no event stream</html>')),
    UNREADABLE,
  ],
  [
    'an error of the function',
    sendsEvents(event(PART, invokeComplete({ ErrorCode: 'Unhandled', ErrorDetails: '{"errorType":"E"}' }))),
    { state: 'functionError' },
  ],
];
