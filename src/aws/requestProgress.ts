import { Transform, type Readable } from 'node:stream';
import type { InvokeCommand, InvokeWithResponseStreamCommand } from '@aws-sdk/client-lambda';
import { shownAddress } from '../core/connection/endpointAddress.ts';
import { InvokeError } from '../core/outcome/invokeError.ts';
import { isRecord } from '../core/json/isRecord.ts';
import { LIMITS } from '../core/invocation/limits.ts';
import { capText } from '../core/messages/capText.ts';
import { message } from '../core/messages/messages.ts';
import { MAX_LIMITED_BODY, type UnreadReason } from './http/limitedBody.ts';
import { pipeWithErrors } from './http/pipeWithErrors.ts';

/** How far one request has come. As long as its connection does not stand, nothing of it can have been sent. */
export interface RequestProgress {
  /** The request was handed to the network. */
  isHandedOver: boolean;
  /** It waits for a connection (TLS included) that we know not to stand yet. */
  isConnecting: boolean;
  /** From the answer's headers, known before its body. */
  StatusCode?: number;
  requestId?: string;
  traceId?: string;
  /** Why the answer's body was left out; then its status and its headers are all that is known. */
  unread?: UnreadReason;
  onHandedOver?: () => void;
  /** Ends the reading of an answer that has begun to come. */
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

/** A body that ends with an error once it is larger than Lambda's answers are: it would only fill the memory. */
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

/** What Lambda answers with where it neither refuses nor redirects. */
const LAMBDA_STATUS = new Set([200, 202, 204]);

/** Throws for an answer that isn't Lambda's: another status, a redirect, or the web page of a proxy or a sign-in. */
function rejectForeignResponse({ statusCode, headers, body }: HttpResponse, endpoint: string, ids: Ids): void {
  if (statusCode < 300 && !LAMBDA_STATUS.has(statusCode)) {
    body.destroy();
    throw new InvokeError(message('answerStatus', endpoint, String(statusCode)), ids);
  }
  const location = header(headers, 'location');
  const isRedirect = statusCode >= 300 && statusCode < 400;
  // An empty body is no page, whatever it is called (serverless-offline calls its 202 one).
  const isPage = /^text\/html\b/i.test(header(headers, 'content-type') ?? '') && headers['content-length'] !== '0';
  if (!isRedirect && !isPage) return;
  body.destroy();
  if (isRedirect)
    throw new InvokeError(message('redirected', endpoint, shownAddress(location ?? `(${statusCode})`)), ids);
  // AWS's own front sends a page with a 5xx as well; then nobody knows what happened behind it.
  const code = statusCode >= 500 ? 'serviceFailed' : 'notLambda';
  const args = statusCode >= 500 ? [`${statusCode}, a web page`] : [endpoint, String(statusCode)];
  throw new InvokeError(message(code, ...args), ids);
}

/** Throws where the body that was left out is what was wanted, or an error that says nothing without it. */
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

/** A printable character: no event of a stream begins with one, since it would be half a gigabyte long. */
const FIRST_PRINTABLE = 0x20;

/**
 * Refuses a streamed invocation that was answered whole: its text would be read as lengths. Told by the content type, or,
 * where there is none (serverless-aws-lambda), by the first byte.
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

/**
 * Follows a command on its way: notes when it is handed to the network and what the answer's headers say (request id,
 * trace id), and refuses answers that are not Lambda's. A body that is not streamed is read up to LIMITS.maxResponseBytes bytes.
 */
export function trackRequest(
  command: InvokeCommand | InvokeWithResponseStreamCommand,
  progress: RequestProgress,
  { signal, endpoint, isLimited }: { signal: AbortSignal; endpoint: string; isLimited: boolean },
): void {
  // Both commands' stacks take it; their union has no common signature of `add`.
  const { middlewareStack } = command as InvokeCommand;
  middlewareStack.add(
    (next) => async (args) => {
      signal.throwIfAborted();
      progress.isHandedOver = true;
      progress.onHandedOver?.();
      progress.isConnecting = false; // what a credentials service left behind is not this request's
      const result = await next(args);
      const { response } = result;
      if (!isHttpResponse(response)) return result;
      const { headers, statusCode } = response;
      progress.StatusCode = statusCode;
      const requestId = header(headers, 'x-amzn-requestid');
      const traceId = header(headers, 'x-amzn-trace-id');
      if (requestId !== undefined) progress.requestId = requestId;
      if (traceId !== undefined) progress.traceId = traceId;
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
