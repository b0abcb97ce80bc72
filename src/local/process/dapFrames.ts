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

/** The message in a frame. Throws Error if it isn't one. */
export function toMessage(frame: Buffer): DapMessage {
  const text = frame.toString('utf8', frame.indexOf(END_OF_HEADER) + END_OF_HEADER.length);
  const message: unknown = JSON.parse(text);
  if (!isRecord(message)) throw new Error('A debugger message is not an object.');
  return message as unknown as DapMessage;
}

/** Splits a stream of the Debug Adapter Protocol into frames. */
export class DapFrames {
  /** The maximum size of a message. */
  maxBytes: number;
  #bytes: Buffer = Buffer.alloc(0);

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes;
  }

  /** The frames that are complete with these bytes. Throws Error if a frame is invalid or too large. */
  add(bytes: Buffer): Buffer[] {
    this.#bytes = this.#bytes.byteLength === 0 ? bytes : Buffer.concat([this.#bytes, bytes]);
    const frames: Buffer[] = [];
    for (let size = this.#size(); size !== undefined && size <= this.#bytes.byteLength; size = this.#size()) {
      frames.push(this.#bytes.subarray(0, size));
      this.#bytes = this.#bytes.subarray(size);
    }
    return frames;
  }

  /** The size of the first frame, if its header is complete. */
  #size(): number | undefined {
    const end = this.#bytes.indexOf(END_OF_HEADER);
    if (end === -1) {
      if (this.#bytes.byteLength > this.maxBytes) throw new Error('A debugger message has no header.');
      return undefined;
    }
    const lines = this.#bytes.toString('latin1', 0, end).toLowerCase().split('\r\n');
    const length = Number(lines.find((line) => line.startsWith(LENGTH))?.slice(LENGTH.length));
    if (!Number.isInteger(length) || length < 0 || length > this.maxBytes)
      throw new Error('A debugger message has no valid length.');
    return end + END_OF_HEADER.length + length;
  }
}
