import { EventStreamCodec } from '@smithy/core/event-streams';

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes as Uint8Array).toString('utf8'),
  (text) => Buffer.from(text),
);

/** Encodes a message of an event stream with a JSON payload, as services with the JSON 1.1 protocol send it. */
function encode(headers: Readonly<Record<string, string>>, payload: unknown): Buffer {
  const all = Object.entries({ ...headers, ':content-type': 'application/json' });
  return Buffer.from(
    codec.encode({
      headers: Object.fromEntries(all.map(([name, value]) => [name, { type: 'string', value }])),
      body: Buffer.from(JSON.stringify(payload)),
    }),
  );
}

/** An event of a stream. */
export function eventMessage(type: string, payload: unknown): Buffer {
  return encode({ ':event-type': type, ':message-type': 'event' }, payload);
}

/** An exception of the service's model within a stream. */
export function exceptionMessage(name: string): Buffer {
  return encode({ ':exception-type': name, ':message-type': 'exception' }, { message: `${name} happened` });
}
