import { crc32 } from 'node:zlib';

const STRING = 7;

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function header([name, value]: readonly [string, string]): Buffer {
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

/** Encodes a message of an event stream. Source: Smithy, "Amazon Event Stream Specification". */
function encode(headers: Readonly<Record<string, string>>, body: unknown): Buffer {
  const head = Buffer.concat(Object.entries(headers).map(header));
  const payload = Buffer.from(JSON.stringify(body));
  const lengths = Buffer.concat([uint32(16 + head.length + payload.length), uint32(head.length)]);
  const message = Buffer.concat([lengths, uint32(crc32(lengths)), head, payload]);
  return Buffer.concat([message, uint32(crc32(message))]);
}

/** An event with a JSON payload, as services with the JSON 1.1 protocol send it. */
export function eventMessage(type: string, payload: unknown): Buffer {
  const headers = { ':event-type': type, ':content-type': 'application/json', ':message-type': 'event' };
  return encode(headers, payload);
}

/** An exception of the service's model within a stream. */
export function exceptionMessage(name: string): Buffer {
  const headers = { ':exception-type': name, ':content-type': 'application/json', ':message-type': 'exception' };
  return encode(headers, { message: `${name} happened` });
}
