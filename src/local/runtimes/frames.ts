import { Buffer } from 'node:buffer';

/**
 * The frames of the pipes between the local endpoint and its Node.js and Python runtimes: a length (4 bytes, big-endian),
 * a header as one line of JSON, and a body. An event has the Runtime API's headers; a reply has a ReplyHeader.
 */
export interface Frame {
  readonly header: unknown;
  readonly body: Buffer;
}

/** The header of a frame from a runtime to the endpoint. */
export interface ReplyHeader {
  /** `ready` after init. A streamed response is sent in chunks, followed by a `response` without body or an `error`. */
  readonly kind: 'ready' | 'chunk' | 'response' | 'error';
  /** Absent for `ready`, and for an error of the init phase. */
  readonly requestId?: string;
  readonly errorType?: string;
  /** Files outside the code folder that the runtime has loaded since its last reply, separated by null characters. */
  readonly files?: string;
}

/** Handlers may replace the method, and `Buffer`, in their process. */
const { parse } = JSON;

/** Lambda's maximum size of a buffered response, in bytes. */
export const MAX_RESPONSE_BYTES = 6_291_556;

/** How much of a response is received, in bytes: enough to detect an oversized one. */
export const MAX_RECEIVED_BYTES = MAX_RESPONSE_BYTES + 1;

const LENGTH_BYTES = 4;
const NEW_LINE = 0x0a;
const EMPTY = Buffer.alloc(0);

export function encodeFrame(header: string, body: Uint8Array | string): Buffer {
  const headerLength = Buffer.byteLength(header);
  const bodyLength = typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength;
  const frame = Buffer.allocUnsafe(LENGTH_BYTES + headerLength + 1 + bodyLength);
  frame.writeUInt32BE(headerLength + 1 + bodyLength);
  frame.write(header, LENGTH_BYTES);
  const bodyStart = LENGTH_BYTES + headerLength + 1;
  frame[bodyStart - 1] = NEW_LINE;
  if (typeof body === 'string') frame.write(body, bodyStart);
  else frame.set(body, bodyStart);
  return frame;
}

function decodeFrame(bytes: Buffer): Frame {
  const end = bytes.indexOf(NEW_LINE);
  if (end === -1) throw new SyntaxError('A frame has no header.');
  return { header: parse(bytes.toString('utf8', 0, end)), body: bytes.subarray(end + 1) };
}

/**
 * Splits the bytes of a pipe into frames. Returns a function that takes the next bytes and calls `onFrame` for each
 * complete frame. It throws SyntaxError for an invalid frame and RangeError for one of more than `maxBytes` bytes; after
 * that, the pipe can't be used anymore.
 */
export function createFrameReader(maxBytes: number, onFrame: (frame: Frame) => void): (bytes: Buffer) => void {
  let pending: Buffer = EMPTY;
  /** The frame that is being received, if it doesn't fit into one chunk. Copied once, however many chunks it has. */
  let large: { readonly bytes: Buffer; length: number } | undefined;

  return (chunk) => {
    let rest = chunk;
    if (large !== undefined) {
      const used = rest.copy(large.bytes, large.length);
      large.length += used;
      if (large.length < large.bytes.byteLength) return;
      rest = rest.subarray(used);
      const { bytes } = large;
      large = undefined;
      onFrame(decodeFrame(bytes));
    }
    if (pending.byteLength > 0) {
      rest = Buffer.concat([pending, rest]);
      pending = EMPTY;
    }
    while (rest.byteLength >= LENGTH_BYTES) {
      const length = rest.readUInt32BE();
      if (length > maxBytes) throw new RangeError(`A frame has ${length} bytes.`);
      const end = LENGTH_BYTES + length;
      if (rest.byteLength < end) {
        const bytes = Buffer.allocUnsafe(length);
        large = { bytes, length: rest.copy(bytes, 0, LENGTH_BYTES) };
        return;
      }
      onFrame(decodeFrame(rest.subarray(LENGTH_BYTES, end)));
      rest = rest.subarray(end);
    }
    if (rest.byteLength > 0) pending = Buffer.from(rest); // the caller may use its buffer again
  };
}
