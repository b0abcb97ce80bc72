import { crc32 } from 'node:zlib';

/** The content type of an event stream. */
export const EVENT_STREAM_TYPE = 'application/vnd.amazon.eventstream';

const STRING = 7;

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}

function header(name: string, value: string): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(Buffer.byteLength(value));
  return Buffer.concat([
    Buffer.from([name.length]),
    Buffer.from(name),
    Buffer.from([STRING]),
    length,
    Buffer.from(value),
  ]);
}

/**
 * Encodes one event: lengths and their checksum, headers, payload, and the checksum of the message.
 * Source: Smithy, "Amazon Event Stream Specification".
 */
function encodeEvent(type: string, contentType: string, payload: Uint8Array): Buffer {
  const headers = Buffer.concat([
    header(':event-type', type),
    header(':content-type', contentType),
    header(':message-type', 'event'),
  ]);
  const lengths = Buffer.concat([uint32(12 + headers.length + payload.byteLength + 4), uint32(headers.length)]);
  const message = Buffer.concat([lengths, uint32(crc32(lengths)), headers, payload]);
  return Buffer.concat([message, uint32(crc32(message))]);
}

/** Encodes a PayloadChunk event with the given bytes, verbatim. */
export function payloadChunk(bytes: Uint8Array): Buffer {
  return encodeEvent('PayloadChunk', 'application/octet-stream', bytes);
}

/** Encodes the final InvokeComplete event, with an error and the log tail (base64) if there are any. */
export function invokeComplete(end: {
  readonly ErrorCode?: string;
  readonly ErrorDetails?: string;
  readonly LogResult?: string;
}): Buffer {
  return encodeEvent('InvokeComplete', 'application/json', Buffer.from(JSON.stringify(end)));
}
