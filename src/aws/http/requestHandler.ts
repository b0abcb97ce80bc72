import type { HttpRequest } from '@smithy/core/protocols';
import type { HttpExchange } from './httpExchange.ts';

/** Limits of the network, in milliseconds. After a connection is made, a function may stay silent for 15 minutes. */
export interface NetworkLimits {
  /** A connection (proxy and TLS included) that isn't made by then has carried nothing. */
  readonly connectionTimeoutMs: number;
  /** The body behind any status but 200: the status has told what happened. */
  readonly errorBodyMs: number;
  /** The headers of an answer, from their first byte on. */
  readonly headMs: number;
  /** One request that reads from AWS, whole. Never an invocation. */
  readonly readMs: number;
}

export const NETWORK_LIMITS: NetworkLimits = {
  connectionTimeoutMs: 10_000,
  errorBodyMs: 2000,
  headMs: 30_000,
  readMs: 10_000,
};

export interface HandleOptions {
  /** The SDK's own type of it has less; what is given to its clients is what comes. */
  readonly abortSignal?: AbortSignal | { readonly aborted: boolean } | undefined;
}

export function signalOf({ abortSignal }: HandleOptions): AbortSignal | undefined {
  return abortSignal instanceof AbortSignal ? abortSignal : undefined;
}

/** What the SDK's clients send their requests with. */
export interface RequestHandler {
  handle(request: HttpRequest, options?: HandleOptions): Promise<HttpExchange>;
}

/** A request handler whose requests also end on another signal. */
export function withAbortSignal(handler: RequestHandler, signal: AbortSignal): RequestHandler {
  return {
    handle(request, options = {}) {
      const requestSignal = signalOf(options);
      const abortSignal = requestSignal === undefined ? signal : AbortSignal.any([requestSignal, signal]);
      return handler.handle(request, { ...options, abortSignal });
    },
  };
}
