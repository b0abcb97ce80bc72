import { InvokeCommand, type InvokeCommandOutput, type LambdaClient } from '@aws-sdk/client-lambda';
import { toBase64 } from '../core/invocation/base64.ts';
import type { ConnectionView } from '../core/connection/connection.ts';
import { InvokeError } from '../core/outcome/invokeError.ts';
import type { InvokeRequest } from '../core/invocation/invokeRequest.ts';
import { message } from '../core/messages/messages.ts';
import type { InvokeResponse } from '../core/outcome/outcome.ts';
import { parseAdvice } from '../core/outcome/adviceHeader.ts';
import { classifyError } from './classifyError.ts';
import { trackRequest, type RequestProgress } from './requestProgress.ts';

/** What sending a request needs: the client, the labels for its messages, and the abort signal. */
export interface SendContext {
  readonly client: LambdaClient;
  /** Runs a request and records its progress. */
  readonly track: <T>(progress: RequestProgress, send: () => Promise<T>) => Promise<T>;
  readonly connection: ConnectionView;
  /** The credentials used, such as `profile dev`; then the effective profile and the kind of sign-in it requires. */
  readonly credentials: string;
  readonly profile?: string;
  readonly signIn?: 'sso' | 'login' | undefined;
  readonly endpoint: string;
  /** Additional headers. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** The timeout of a dry run after it was sent, in milliseconds; none if undefined. */
  readonly dryRunMs?: number;
}

/** The SDK input shared by Invoke and InvokeWithResponseStream, with ClientContext encoded as base64. */
export function toInput(request: InvokeRequest) {
  const { ClientContext, InvokeMode: _, ...fields } = request;
  return { ...fields, ...(ClientContext !== undefined && { ClientContext: toBase64(ClientContext) }) };
}

/**
 * Converts the SDK's byte array subclass, which VS Code would serialize as an object of numbers, to a plain Uint8Array.
 * The SDK returns null for a response without a body, despite its types.
 */
export function toBytes(payload: Uint8Array | null | undefined): Uint8Array {
  return payload ? new Uint8Array(payload.buffer, payload.byteOffset, payload.byteLength) : new Uint8Array();
}

/** The advice of the local endpoint. Other endpoints aren't trusted with messages. */
export function localAdvice({ kind }: ConnectionView, { advice }: RequestProgress): Pick<InvokeResponse, 'advice'> {
  const parsed = kind === 'local' && advice !== undefined ? parseAdvice(advice) : undefined;
  return parsed === undefined ? {} : { advice: parsed };
}

function toResponse(
  output: InvokeCommandOutput,
  connection: ConnectionView,
  progress: RequestProgress,
): InvokeResponse {
  const { $metadata, Payload, StatusCode, FunctionError, LogResult, ExecutedVersion, DurableExecutionArn } = output;
  return {
    StatusCode: StatusCode ?? $metadata.httpStatusCode ?? 0,
    Payload: toBytes(Payload),
    connection,
    ...(FunctionError !== undefined && { FunctionError }),
    ...(LogResult !== undefined && { LogResult }),
    ...(ExecutedVersion !== undefined && { ExecutedVersion }),
    ...(DurableExecutionArn !== undefined && { DurableExecutionArn }),
    ...($metadata.requestId !== undefined && { requestId: $metadata.requestId }),
    ...(progress.traceId !== undefined && { traceId: progress.traceId }),
    ...localAdvice(connection, progress),
  };
}

/**
 * Sends one request and waits for its response. Rejects immediately when the signal aborts; a request already sent
 * continues in Lambda. Only a dry run, which runs no code, has a timeout. Rejects with InvokeError only.
 */
export async function sendOnce<Result>(
  { InvocationType }: Pick<InvokeRequest, 'InvocationType'>,
  context: SendContext,
  send: (progress: RequestProgress, signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const { connection, signal, endpoint, dryRunMs } = context;
  const progress: RequestProgress = { isHandedOver: false, isConnecting: false };
  const wasSent = () => progress.isHandedOver && !progress.isConnecting;
  const controller = new AbortController();
  let stop = () => undefined as void;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const aborted = new Promise<never>((_, reject) => {
    progress.onHandedOver = () => {
      if (InvocationType !== 'DryRun' || dryRunMs === undefined) return;
      timer = setTimeout(() => {
        controller.abort();
        reject(new InvokeError(message('dryRunLate', endpoint, dryRunMs / 1000)));
      }, dryRunMs);
    };
    stop = () => {
      controller.abort();
      progress.stopReading?.();
      const sent = connection.kind === 'local' ? 'stoppedWaitingLocal' : 'stoppedWaiting';
      const { requestId } = progress;
      reject(
        new InvokeError(
          message(wasSent() ? sent : 'cancelledBeforeSending'),
          requestId === undefined ? {} : { requestId },
        ),
      );
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([aborted, context.track(progress, () => send(progress, controller.signal))]);
  } catch (error) {
    throw classifyError(error, { ...context, progress, wasSent: wasSent() });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

/**
 * Sends one Invoke request, without retries. The payload is sent verbatim, ClientContext is encoded as base64. A
 * response larger than LIMITS.maxResponseBytes isn't read. Rejects with InvokeError only.
 * Source: Lambda API reference, Invoke.
 */
export function sendInvoke(request: InvokeRequest, context: SendContext): Promise<InvokeResponse> {
  const { client, connection, endpoint, headers } = context;
  return sendOnce(request, context, async (progress, signal) => {
    const command = new InvokeCommand(toInput(request));
    trackRequest(command, progress, { signal, endpoint, headers, isLimited: true });
    return toResponse(await client.send(command, { abortSignal: signal }), connection, progress);
  });
}
