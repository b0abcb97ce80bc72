import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { EVENT_STREAM_TYPE, invokeComplete, payloadChunk } from './eventStream.ts';
import type { FunctionResponse } from '../process/runFunction.ts';

/** Lambda's maximum size of a streamed response in bytes: 200 MB. */
const MAX_STREAMED_BYTES = 209_715_200;

/**
 * The response to InvokeWithResponseStream, written while the function runs. The headers are sent with the first event.
 */
export class StreamResponse {
  readonly #response: ServerResponse;
  readonly #headers: Readonly<Record<string, string>>;
  #bytes = 0;

  /** `headers`: the invocation's response headers, without the content type. */
  constructor(response: ServerResponse, headers: Readonly<Record<string, string>>) {
    this.#response = response;
    this.#headers = headers;
  }

  /** Writes a part of the response; resolves when the connection is ready for more. */
  async write(bytes: Uint8Array): Promise<void> {
    const remaining = MAX_STREAMED_BYTES - this.#bytes;
    this.#bytes += bytes.byteLength;
    if (remaining > 0) await this.#send(payloadChunk(bytes.subarray(0, remaining)));
  }

  /** Ends the stream with the function's result. A buffered response is sent as one chunk. */
  async end(result: FunctionResponse, wantsTail: boolean): Promise<void> {
    const failed = result.FunctionError !== undefined;
    if (!failed && result.payload.byteLength > 0) await this.write(result.payload);
    const isTooLarge = !failed && this.#bytes > MAX_STREAMED_BYTES;
    const tooLarge = `Response payload size exceeded maximum allowed payload size (${MAX_STREAMED_BYTES} bytes).`;
    await this.#send(
      invokeComplete({
        ...(failed && { ErrorCode: 'Unhandled', ErrorDetails: result.payload.toString('utf8') }),
        ...(isTooLarge && { ErrorCode: 'Function.ResponseSizeTooLarge', ErrorDetails: tooLarge }),
        ...(wantsTail && { LogResult: result.log.tail().toString('base64') }),
      }),
    );
    this.#response.end();
  }

  async #send(bytes: Buffer): Promise<void> {
    const response = this.#response;
    if (response.destroyed) return; // the client has disconnected; the function continues
    if (!response.headersSent) {
      response.writeHead(200, {
        ...this.#headers,
        'content-type': EVENT_STREAM_TYPE,
        'x-amzn-remapped-content-type': 'application/octet-stream',
      });
    }
    if (response.write(bytes)) return;
    const controller = new AbortController();
    const { signal } = controller;
    await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })]).finally(() =>
      controller.abort(),
    );
  }
}
