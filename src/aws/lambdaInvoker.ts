import { InvokeCommand, type InvokeCommandOutput, type LambdaClient } from '@aws-sdk/client-lambda';
import { toBase64 } from '../core/invocation/base64.ts';
import type { ConnectionView } from '../core/connection/connection.ts';
import { InvokeError } from '../core/outcome/invokeError.ts';
import type { InvokeRequest } from '../core/invocation/invokeRequest.ts';
import { message } from '../core/messages/messages.ts';
import type { InvokeResponse } from '../core/outcome/outcome.ts';
import { classifyError } from './classifyError.ts';
import { trackRequest, type RequestProgress } from './requestProgress.ts';

/** What is needed to send one request: a client, the words for it, and how to stop waiting. */
export interface SendContext {
  readonly client: LambdaClient;
  /** Runs a request so that its passage tells how far it has come. */
  readonly track: <T>(progress: RequestProgress, send: () => Promise<T>) => Promise<T>;
  readonly connection: ConnectionView;
  /** `profile dev`: whose credentials are used; with the profile that counts, and the sign-in it needs. */
  readonly credentials: string;
  readonly profile?: string;
  readonly signIn?: 'sso' | 'login' | undefined;
  readonly endpoint: string;
  readonly signal: AbortSignal;
  /** How long a dry run is waited for once it is sent, in milliseconds. Without it there is no limit. */
  readonly dryRunMs?: number;
}

/** The fields that both kinds of Invoke carry, as the SDK takes them: ClientContext in base64, Payload in bytes. */
export function toInput(asked: InvokeRequest) {
  const { ClientContext, InvokeMode: _, ...request } = asked;
  return { ...request, ...(ClientContext !== undefined && { ClientContext: toBase64(ClientContext) }) };
}

/**
 * Plain bytes: the SDK's own kind ends here, since VS Code would post it to the form as an object of numbers. An answer
 * without a body has null, whatever the SDK's types say.
 */
export function toBytes(payload: Uint8Array | null | undefined): Uint8Array {
  return payload ? new Uint8Array(payload.buffer, payload.byteOffset, payload.byteLength) : new Uint8Array();
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
  };
}

/**
 * Runs one sending to its end: the answer, or the reason why there is none. When the signal fires it rejects at once and
 * sends nothing more: a request that was sent continues at Lambda. Only a dry run, which runs nothing, has to be answered in
 * time. Rejects with InvokeError only.
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
 * Sends one Invoke, once, and decodes the answer. Payload in bytes, verbatim; ClientContext becomes base64 here; an
 * answer of more than LIMITS.maxResponseBytes bytes is not read. Rejects with InvokeError only.
 * Source: Lambda API reference, Invoke.
 */
export function sendInvoke(request: InvokeRequest, context: SendContext): Promise<InvokeResponse> {
  const { client, connection, endpoint } = context;
  return sendOnce(request, context, async (progress, signal) => {
    const command = new InvokeCommand(toInput(request));
    trackRequest(command, progress, { signal, endpoint, isLimited: true });
    return toResponse(await client.send(command, { abortSignal: signal }), connection, progress);
  });
}
