import type { ServerResponse } from 'node:http';
import type { ServiceError } from './lambdaResponse.ts';

/** Memory for the body of one request. */
interface Reservation {
  /** Reserves more bytes. False if there isn't enough memory. */
  readonly grow: (bytes: number) => boolean;
}

/** Limits the memory for the bodies of all requests together. */
export class BodyMemory {
  readonly #maxBytes: number;
  #usedBytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Reserves memory until the response has ended or its connection is closed. */
  reserve(response: ServerResponse): Reservation {
    let reserved = 0;
    let isClosed = response.destroyed;
    response.once('close', () => {
      isClosed = true;
      this.#usedBytes -= reserved;
    });
    const grow = (bytes: number) => {
      if (isClosed || this.#usedBytes + bytes > this.#maxBytes) return false;
      this.#usedBytes += bytes;
      reserved += bytes;
      return true;
    };
    return { grow };
  }

  /** The error for a request that doesn't get memory. */
  get error(): ServiceError {
    return {
      StatusCode: 429,
      name: 'TooManyRequestsException',
      Reason: 'CallerRateLimitExceeded',
      message: `The payloads of concurrent requests exceed ${this.#maxBytes} bytes. Wait for running invocations to end.`,
    };
  }
}
