import { isRecord } from '../../core/json/isRecord.ts';

/** A message of the Debug Adapter Protocol: a request, a response or an event. */
export interface DapMessage {
  readonly type: string;
  readonly seq: number;
  readonly command?: string;
  readonly arguments?: Readonly<Record<string, unknown>>;
  readonly event?: string;
  readonly request_seq?: number;
  readonly success?: boolean;
  readonly body?: Readonly<Record<string, unknown>>;
}

const END_OF_HEADER = '\r\n\r\n';
const LENGTH = 'content-length:';

/** The bytes of a message with its header. Source: Debug Adapter Protocol, "Base Protocol". */
export function toFrame(message: DapMessage): Buffer {
  const body = Buffer.from(JSON.stringify(message));
  return Buffer.concat([Buffer.from(`Content-Length: ${body.byteLength}${END_OF_HEADER}`), body]);
}

/** Parses the message in a frame. Throws Error if it isn't a JSON object. */
export function toMessage(frame: Buffer): DapMessage {
  const text = frame.toString('utf8', frame.indexOf(END_OF_HEADER) + END_OF_HEADER.length);
  const message: unknown = JSON.parse(text);
  if (!isRecord(message)) throw new Error('A debugger message is not an object.');
  return message as unknown as DapMessage;
}

/** The maximum size of a header, in bytes. The specification defines only the field Content-Length. */
const MAX_HEADER_BYTES = 1024;

/** Splits a stream of the Debug Adapter Protocol into frames. */
export class DapFrames {
  /** The maximum size of a message, in bytes. */
  maxBytes: number;
  /** What was received after the last complete frame. Joined once per frame, because a frame can have many parts. */
  #parts: Buffer[] = [];
  #byteLength = 0;
  /** The size of the first frame, once its header is complete. */
  #size: number | undefined;

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  /** The frames that are complete with these bytes. Throws Error if a frame is invalid or too large. */
  add(bytes: Buffer): Buffer[] {
    this.#parts.push(bytes);
    this.#byteLength += bytes.byteLength;
    const frames: Buffer[] = [];
    for (;;) {
      this.#size ??= this.#readSize();
      if (this.#size === undefined || this.#size > this.#byteLength) return frames;
      const joined = this.#join();
      frames.push(joined.subarray(0, this.#size));
      this.#parts = [joined.subarray(this.#size)];
      this.#byteLength -= this.#size;
      this.#size = undefined;
    }
  }

  #join(): Buffer {
    const [first = Buffer.alloc(0), ...others] = this.#parts;
    const joined = others.length === 0 ? first : Buffer.concat(this.#parts);
    this.#parts = [joined];
    return joined;
  }

  #readSize(): number | undefined {
    const start = this.#join().subarray(0, MAX_HEADER_BYTES);
    const end = start.indexOf(END_OF_HEADER);
    if (end === -1) {
      if (start.byteLength === MAX_HEADER_BYTES) throw new Error('A debugger message has no header.');
      return undefined;
    }
    const lines = start.toString('latin1', 0, end).toLowerCase().split('\r\n');
    const length = Number(lines.find((line) => line.startsWith(LENGTH))?.slice(LENGTH.length));
    if (!Number.isInteger(length) || length < 0 || length > this.maxBytes)
      throw new Error('A debugger message has no valid length.');
    return end + END_OF_HEADER.length + length;
  }
}
