import type { ServerResponse } from 'node:http';
import { adviceHeaders } from './adviceHeaders.ts';
import { EVENT_STREAM_TYPE, invokeComplete, payloadChunk } from './eventStream.ts';
import type { FunctionResponse } from '../process/runFunction.ts';

/** Lambda's maximum size of a streamed response in bytes: 200 MB. */
const MAX_STREAMED_BYTES = 209_715_200;

/** Resolves when the client has read what was written, or has disconnected. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}

/**
 * The response to InvokeWithResponseStream, written while the function runs. The headers are sent with the first event.
 */
export class StreamResponse {
  readonly #response: ServerResponse;
  readonly #headers: Record<string, string>;
  #bytes = 0;

  /** `headers`: the invocation's response headers, without the content type. */
  constructor(response: ServerResponse, headers: Readonly<Record<string, string>>) {
    this.#response = response;
    this.#headers = { ...headers };
  }

  /** Writes a part of the response; resolves when the connection is ready for more. */
  async write(bytes: Uint8Array): Promise<void> {
    if (!this.#writeChunk(bytes)) await drained(this.#response);
  }

  /** Ends the stream with the function's result. A buffered response is sent as one chunk. Doesn't wait for the client. */
  async end(result: FunctionResponse, wantsTail: boolean): Promise<void> {
    const failed = result.FunctionError !== undefined;
    if (!failed && result.payload.byteLength > 0) this.#writeChunk(result.payload);
    const isTooLarge = !failed && this.#bytes > MAX_STREAMED_BYTES;
    const tooLarge = `Response payload size exceeded maximum allowed payload size (${MAX_STREAMED_BYTES} bytes).`;
    Object.assign(this.#headers, adviceHeaders(result)); // if no event has been sent yet
    this.#send(
      invokeComplete({
        ...(failed && { ErrorCode: 'Unhandled', ErrorDetails: result.payload.toString('utf8') }),
        ...(isTooLarge && { ErrorCode: 'Function.ResponseSizeTooLarge', ErrorDetails: tooLarge }),
        ...(wantsTail && { LogResult: result.log.tail().toString('base64') }),
      }),
    );
    this.#response.end();
  }

  #writeChunk(bytes: Uint8Array): boolean {
    const remaining = MAX_STREAMED_BYTES - this.#bytes;
    this.#bytes += bytes.byteLength;
    return remaining <= 0 || this.#send(payloadChunk(bytes.subarray(0, remaining)));
  }

  /** Returns false if the caller should wait for the client. */
  #send(bytes: Buffer): boolean {
    const response = this.#response;
    // The client has disconnected and the function continues, or the function has timed out and its output still arrives.
    if (response.destroyed || response.writableEnded) return true;
    if (!response.headersSent) {
      response.writeHead(200, {
        ...this.#headers,
        'content-type': EVENT_STREAM_TYPE,
        'x-amzn-remapped-content-type': 'application/octet-stream',
      });
    }
    return response.write(bytes);
  }
}
