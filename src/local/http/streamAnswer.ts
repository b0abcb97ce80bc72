import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { EVENT_STREAM_TYPE, invokeComplete, payloadChunk } from './eventStream.ts';
import type { FunctionResponse } from '../process/runFunction.ts';

/** Lambda's limit of a streamed response, in bytes: 200 MB. */
const MAX_STREAMED_BYTES = 209_715_200;

/** The answer of InvokeWithResponseStream, written as the function makes it. Its head goes out with the first byte. */
export class StreamResponse {
  readonly #response: ServerResponse;
  readonly #headers: Readonly<Record<string, string>>;
  #bytes = 0;

  /** `headers` are those that every answer of this invocation has. */
  constructor(response: ServerResponse, headers: Readonly<Record<string, string>>) {
    this.#response = response;
    this.#headers = headers;
  }

  /** Takes a part of the response; resolves when there is room for more. */
  async take(bytes: Uint8Array): Promise<void> {
    const room = MAX_STREAMED_BYTES - this.#bytes;
    this.#bytes += bytes.byteLength;
    if (room > 0) await this.#write(payloadChunk(bytes.subarray(0, room)));
  }

  /** Ends the stream with what the function's run came to. A response that was not streamed goes out as one chunk. */
  async end(answer: FunctionResponse, wantsTail: boolean): Promise<void> {
    const failed = answer.FunctionError !== undefined;
    if (!failed && answer.payload.byteLength > 0) await this.take(answer.payload);
    const isTooLarge = !failed && this.#bytes > MAX_STREAMED_BYTES;
    const tooLarge = `Response payload size exceeded maximum allowed payload size (${MAX_STREAMED_BYTES} bytes).`;
    await this.#write(
      invokeComplete({
        ...(failed && { ErrorCode: 'Unhandled', ErrorDetails: answer.payload.toString('utf8') }),
        ...(isTooLarge && { ErrorCode: 'Function.ResponseSizeTooLarge', ErrorDetails: tooLarge }),
        ...(wantsTail && { LogResult: answer.log.tail().toString('base64') }),
      }),
    );
    this.#response.end();
  }

  async #write(bytes: Buffer): Promise<void> {
    const response = this.#response;
    if (response.destroyed) return; // the client has gone; the function goes on
    if (!response.headersSent) {
      response.writeHead(200, {
        ...this.#headers,
        'content-type': EVENT_STREAM_TYPE,
        'x-amzn-remapped-content-type': 'application/octet-stream',
      });
    }
    if (response.write(bytes)) return;
    const waiting = new AbortController();
    const { signal } = waiting;
    await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })]).finally(() =>
      waiting.abort(),
    );
  }
}
