import type { HttpRequest } from '@smithy/core/protocols';
import type { HttpExchange } from './httpExchange.ts';

/** Network timeouts in milliseconds. None limits the wait for a function's response, which can take 15 minutes. */
export interface NetworkLimits {
  /** Connecting, including proxy and TLS. When it expires, nothing has been sent. */
  readonly connectionTimeoutMs: number;
  /** The body of any status but 200. The status alone is enough to report the error. */
  readonly errorBodyMs: number;
  /** The response headers, from their first byte. */
  readonly headMs: number;
  /** A complete read-only request. Never an invocation. */
  readonly readMs: number;
}

export const NETWORK_LIMITS: NetworkLimits = {
  connectionTimeoutMs: 10_000,
  errorBodyMs: 2000,
  headMs: 30_000,
  readMs: 10_000,
};

export interface HandleOptions {
  /** The SDK declares a narrower type, but passes on the signal it was given. */
  readonly abortSignal?: AbortSignal | { readonly aborted: boolean } | undefined;
}

export function signalOf({ abortSignal }: HandleOptions): AbortSignal | undefined {
  return abortSignal instanceof AbortSignal ? abortSignal : undefined;
}

/** The SDK clients' request handler. */
export interface RequestHandler {
  handle(request: HttpRequest, options?: HandleOptions): Promise<HttpExchange>;
}

/** A request handler whose requests also abort with `signal`. */
export function withAbortSignal(handler: RequestHandler, signal: AbortSignal): RequestHandler {
  return {
    handle(request, options = {}) {
      const requestSignal = signalOf(options);
      const abortSignal = requestSignal === undefined ? signal : AbortSignal.any([requestSignal, signal]);
      return handler.handle(request, { ...options, abortSignal });
    },
  };
}
