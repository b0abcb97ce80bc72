import { Transform, type Readable } from 'node:stream';
import type { HttpRequest } from '@smithy/core/protocols';
import type { InvokeCommand, InvokeWithResponseStreamCommand } from '@aws-sdk/client-lambda';
import { shownAddress } from '../core/connection/endpointAddress.ts';
import { InvokeError } from '../core/outcome/invokeError.ts';
import { ADVICE_HEADER } from '../core/outcome/adviceHeader.ts';
import { isRecord } from '../core/json/isRecord.ts';
import { LIMITS } from '../core/invocation/limits.ts';
import { capText } from '../core/messages/capText.ts';
import { message } from '../core/messages/messages.ts';
import { MAX_LIMITED_BODY, type UnreadReason } from './http/limitedBody.ts';
import { pipeWithErrors } from './http/pipeWithErrors.ts';

/** The progress of one request. Nothing has been sent until its connection is established. */
export interface RequestProgress {
  /** The SDK has passed the request to the request handler. */
  isHandedOver: boolean;
  /** The request is waiting for a connection (including TLS) that isn't established yet. */
  isConnecting: boolean;
  /** From the response headers, known before the body. */
  StatusCode?: number;
  requestId?: string;
  traceId?: string;
  /** The header with the advice of the local endpoint. */
  advice?: string;
  /** Why the response body is missing; then only the status and the headers are known. */
  unread?: UnreadReason;
  onHandedOver?: () => void;
  /** Stops reading the response body. */
  stopReading?: () => void;
}

type Ids = Pick<RequestProgress, 'requestId' | 'traceId'>;

interface HttpResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  body: Readable;
}

function isHttpResponse(response: unknown): response is HttpResponse {
  return isRecord(response) && typeof response['statusCode'] === 'number' && isRecord(response['headers']);
}

function header(headers: HttpResponse['headers'], name: string): string | undefined {
  const value = headers[name];
  return value === undefined ? undefined : capText(value, LIMITS.header);
}

/** A body that fails once it exceeds LIMITS.maxResponseBytes, to protect the memory. */
function limitBody(body: Readable, tooLarge: () => InvokeError): Readable {
  let length = 0;
  const limit = new Transform({
    transform(chunk: Buffer, _, done) {
      length += chunk.byteLength;
      if (length <= LIMITS.maxResponseBytes) return done(null, chunk);
      done(tooLarge());
    },
  });
  return pipeWithErrors(body, limit);
}

/** Lambda's success statuses. */
const LAMBDA_STATUS = new Set([200, 202, 204]);

/**
 * Throws for a response that isn't Lambda's: an unexpected status, a redirect, or an HTML page of a proxy or sign-in.
 */
function rejectForeignResponse({ statusCode, headers, body }: HttpResponse, endpoint: string, ids: Ids): void {
  if (statusCode < 300 && !LAMBDA_STATUS.has(statusCode)) {
    body.destroy();
    throw new InvokeError(message('answerStatus', endpoint, String(statusCode)), ids);
  }
  const location = header(headers, 'location');
  const isRedirect = statusCode >= 300 && statusCode < 400;
  // An empty body isn't a page, whatever its content type (serverless-offline sends an empty 202 as text/html).
  const isPage = /^text\/html\b/i.test(header(headers, 'content-type') ?? '') && headers['content-length'] !== '0';
  if (!isRedirect && !isPage) return;
  body.destroy();
  if (isRedirect)
    throw new InvokeError(message('redirected', endpoint, shownAddress(location ?? `(${statusCode})`)), ids);
  // AWS also sends HTML pages with 5xx statuses. Then the outcome is unknown.
  const code = statusCode >= 500 ? 'serviceFailed' : 'notLambda';
  const args = statusCode >= 500 ? [`${statusCode}, a web page`] : [endpoint, String(statusCode)];
  throw new InvokeError(message(code, ...args), ids);
}

/** Throws if the unread body is the function's response, or an error that needs its body to be classified. */
function rejectUnreadResponse(
  { statusCode, headers }: HttpResponse,
  { unread }: RequestProgress,
  endpoint: string,
  ids: Ids,
): void {
  if (unread === 'encoded' && statusCode === 200) {
    throw new InvokeError(message('answerEncoded', endpoint, headers['content-encoding'] ?? ''), ids);
  }
  if (unread === 'tooLarge' && statusCode >= 500) {
    throw new InvokeError(message('answerTooLarge', endpoint, MAX_LIMITED_BODY), ids);
  }
}

/** An event stream starts with a 4-byte length, so a printable first byte would mean an event of over 500 MB. */
const FIRST_PRINTABLE = 0x20;

/**
 * Rejects a buffered response to a streaming invocation, whose text would be parsed as event lengths. Detected by the
 * content type or, without one (serverless-aws-lambda), by the first byte.
 */
function rejectBufferedResponse(response: HttpResponse, endpoint: string, ids: Ids): void {
  const { headers, body } = response;
  const type = header(headers, 'content-type');
  const rejection = () => new InvokeError(message('notStreaming', endpoint, type ?? '—'), ids);
  if (type !== undefined && !/^application\/vnd\.amazon\.eventstream\b/i.test(type)) {
    body.destroy();
    throw rejection();
  }
  let isChecked = false;
  const check = new Transform({
    transform(chunk: Buffer, _, done) {
      const isText = !isChecked && (chunk[0] ?? 0) >= FIRST_PRINTABLE;
      isChecked = true;
      done(isText ? rejection() : null, chunk);
    },
  });
  response.body = pipeWithErrors(body, check);
}

interface RequestOptions {
  readonly signal: AbortSignal;
  readonly endpoint: string;
  /** Additional headers. */
  readonly headers: Readonly<Record<string, string>> | undefined;
  readonly isLimited: boolean;
}

/**
 * Adds a middleware to a command that records its progress (handover, status, request ID, trace ID) and rejects
 * responses that aren't Lambda's. A buffered body (`isLimited`) may have up to LIMITS.maxResponseBytes bytes. The
 * middleware throws InvokeError.
 */
export function trackRequest(
  command: InvokeCommand | InvokeWithResponseStreamCommand,
  progress: RequestProgress,
  { signal, endpoint, headers, isLimited }: RequestOptions,
): void {
  // Valid for both commands, but the union of their stacks has no common signature of `add`.
  const { middlewareStack } = command as InvokeCommand;
  if (headers !== undefined)
    middlewareStack.add(
      (next) => (args) => {
        Object.assign((args.request as HttpRequest).headers, headers);
        return next(args);
      },
      { step: 'build', name: 'additionalHeaders' },
    );
  middlewareStack.add(
    (next) => async (args) => {
      signal.throwIfAborted();
      progress.isHandedOver = true;
      progress.onHandedOver?.();
      progress.isConnecting = false; // reset the state left by a credential provider's request
      const result = await next(args);
      const { response } = result;
      if (!isHttpResponse(response)) return result;
      const { headers, statusCode } = response;
      progress.StatusCode = statusCode;
      const requestId = header(headers, 'x-amzn-requestid');
      const traceId = header(headers, 'x-amzn-trace-id');
      if (requestId !== undefined) progress.requestId = requestId;
      if (traceId !== undefined) progress.traceId = traceId;
      const advice = headers[ADVICE_HEADER];
      if (advice !== undefined) progress.advice = advice;
      const ids = {
        ...(requestId !== undefined && { requestId }),
        ...(traceId !== undefined && { traceId }),
      };
      rejectForeignResponse(response, endpoint, ids);
      const { unread } = result as { readonly unread?: UnreadReason };
      if (unread !== undefined) progress.unread = unread;
      rejectUnreadResponse(response, progress, endpoint, ids);
      const { body } = response;
      progress.stopReading = () => body.destroy();
      if (!isLimited && statusCode === 200) {
        rejectBufferedResponse(response, endpoint, ids);
        return result;
      }
      const tooLarge = () => new InvokeError(message('answerTooLarge', endpoint, LIMITS.maxResponseBytes), ids);
      const length = Number(headers['content-length'] ?? Number.NaN);
      if (length > LIMITS.maxResponseBytes) {
        response.body.destroy();
        throw tooLarge();
      }
      if (Number.isNaN(length)) response.body = limitBody(response.body, tooLarge);
      return result;
    },
    { step: 'deserialize', priority: 'low', name: 'requestProgress' },
  );
}
