import {
  InvokeWithResponseStreamCommand,
  type InvokeWithResponseStreamCommandOutput,
  type InvokeWithResponseStreamCompleteEvent,
} from '@aws-sdk/client-lambda';
import { InvokeError } from '../core/outcome/invokeError.ts';
import type { InvokeOptions, InvokeRequest } from '../core/invocation/invokeRequest.ts';
import { message } from '../core/messages/messages.ts';
import type { InvokeResponse } from '../core/outcome/outcome.ts';
import { localAdvice, sendOnce, toBytes, toInput, type SendContext } from './lambdaInvoker.ts';
import { trackRequest, type RequestProgress } from './requestProgress.ts';

/** Passes on payload chunks until InvokeComplete, which is the last event. Undefined if the stream ends without it. */
async function readEvents(
  { EventStream }: InvokeWithResponseStreamCommandOutput,
  onChunk: NonNullable<InvokeOptions['onChunk']>,
): Promise<InvokeWithResponseStreamCompleteEvent | undefined> {
  for await (const event of EventStream ?? []) {
    if (event.PayloadChunk !== undefined) await onChunk(toBytes(event.PayloadChunk.Payload));
    else if (event.InvokeComplete !== undefined) return event.InvokeComplete;
  }
  return undefined;
}

function incompleteStream(endpoint: string, progress: RequestProgress): InvokeError {
  const { requestId } = progress;
  const detail = 'InvokeComplete is missing';
  return requestId === undefined
    ? new InvokeError(message('connectionLost', endpoint, detail))
    : new InvokeError(message('connectionLostId', endpoint, detail, requestId), { requestId });
}

/**
 * Sends one InvokeWithResponseStream request, without retries. `onChunk` receives the payload as it arrives (up to 200
 * MB, not buffered here), and the result has an empty payload. A stream that ends without InvokeComplete counts as a
 * lost connection. Rejects with InvokeError only. Source: Lambda API reference, InvokeWithResponseStream.
 */
export function sendStream(
  request: InvokeRequest,
  context: SendContext,
  onChunk: NonNullable<InvokeOptions['onChunk']>,
): Promise<InvokeResponse> {
  const { client, connection, endpoint, headers } = context;
  return sendOnce(request, context, async (progress, signal) => {
    const { InvocationType, DurableExecutionName: _, ...fields } = toInput(request);
    const command = new InvokeWithResponseStreamCommand({
      ...fields,
      InvocationType: InvocationType === 'DryRun' ? 'DryRun' : 'RequestResponse',
    });
    trackRequest(command, progress, { signal, endpoint, headers, isLimited: false });
    const output = await client.send(command, { abortSignal: signal });
    const StatusCode = output.StatusCode ?? output.$metadata.httpStatusCode ?? 0;
    // Stop reading after the last event or an error, so that no connection stays open.
    const complete = StatusCode === 204 ? undefined : await readEvents(output, onChunk).finally(progress.stopReading);
    if (complete === undefined && StatusCode !== 204) throw incompleteStream(endpoint, progress);
    const { ErrorCode, ErrorDetails, LogResult } = complete ?? {};
    return {
      StatusCode,
      Payload: new Uint8Array(),
      connection,
      ...(ErrorCode !== undefined &&
        ErrorCode !== '' && {
          FunctionError: ErrorCode,
          streamError: { ErrorCode, ...(ErrorDetails !== undefined && { ErrorDetails }) },
        }),
      ...(LogResult !== undefined && { LogResult }),
      ...(output.ExecutedVersion !== undefined && { ExecutedVersion: output.ExecutedVersion }),
      ...(output.$metadata.requestId !== undefined && { requestId: output.$metadata.requestId }),
      ...(progress.traceId !== undefined && { traceId: progress.traceId }),
      ...localAdvice(connection, progress),
    };
  });
}
