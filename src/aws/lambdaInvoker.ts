import { InvokeCommand, type InvokeCommandOutput, type LambdaClient } from '@aws-sdk/client-lambda';
import { toBase64 } from '../core/base64.ts';
import type { ConnectionView } from '../core/connection.ts';
import { InvokeError } from '../core/invokeError.ts';
import type { InvokeRequest } from '../core/invokeRequest.ts';
import { isRecord } from '../core/isRecord.ts';
import { message } from '../core/messages.ts';
import type { InvokeAnswer } from '../core/outcome.ts';
import { classifyError } from './classifyError.ts';
import type { FreshAgents, Passage } from './freshAgent.ts';

/** What is needed to send one request: a client, the words for it, and how to stop waiting. */
export interface Sending {
  readonly client: LambdaClient;
  /** Runs a request so that its passage tells how far it has come. */
  readonly follow: FreshAgents['follow'];
  readonly connection: ConnectionView;
  /** `profile dev`: whose credentials are used. */
  readonly credentials: string;
  readonly endpoint: string;
  readonly signal: AbortSignal;
}

function headerOf(response: unknown, name: string): string | undefined {
  const headers = isRecord(response) ? response['headers'] : undefined;
  const value = isRecord(headers) ? headers[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}

function toCommand({ ClientContext, ...request }: InvokeRequest, passage: Passage, signal: AbortSignal): InvokeCommand {
  const command = new InvokeCommand({
    ...request,
    ...(ClientContext !== undefined && { ClientContext: toBase64(ClientContext) }),
  });
  command.middlewareStack.add(
    (next) => async (args) => {
      signal.throwIfAborted();
      passage.isHandedOver = true;
      passage.isConnecting = false; // what a credentials service left behind is not this request's
      const result = await next(args);
      const traceId = headerOf(result.response, 'x-amzn-trace-id');
      if (traceId !== undefined) passage.traceId = traceId;
      return result;
    },
    { step: 'deserialize', priority: 'low', name: 'passage' },
  );
  return command;
}

/**
 * Plain bytes: the SDK's own kind ends here, since VS Code would post it to the form as an object of numbers. An answer
 * without a body has null, whatever the SDK's types say.
 */
function toBytes(payload: Uint8Array | null | undefined): Uint8Array {
  return payload ? new Uint8Array(payload.buffer, payload.byteOffset, payload.byteLength) : new Uint8Array();
}

function toAnswer(output: InvokeCommandOutput, connection: ConnectionView, passage: Passage): InvokeAnswer {
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
    ...(passage.traceId !== undefined && { traceId: passage.traceId }),
  };
}

/**
 * Sends one Invoke, once, and decodes the answer. Payload in bytes, verbatim; ClientContext becomes base64 here.
 * Rejects with InvokeError only; when the signal fires it rejects at once and sends nothing more: a request that had
 * left goes on at Lambda. Source: Lambda API reference, Invoke.
 */
export async function sendInvoke(request: InvokeRequest, sending: Sending): Promise<InvokeAnswer> {
  const { client, connection, signal } = sending;
  const passage: Passage = { isHandedOver: false, isConnecting: false };
  const wasSent = () => passage.isHandedOver && !passage.isConnecting;
  const isLocal = connection.kind === 'local';
  const aborted = new Promise<never>((_, reject) => {
    const stop = () => {
      const sent = isLocal ? 'stoppedWaitingLocal' : 'stoppedWaiting';
      reject(new InvokeError(message(wasSent() ? sent : 'cancelledBeforeSending')));
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    const command = toCommand(request, passage, signal);
    const answer = sending.follow(passage, () => client.send(command, { abortSignal: signal }));
    return toAnswer(await Promise.race([aborted, answer]), connection, passage);
  } catch (error) {
    throw classifyError(error, { ...sending, wasHandedOver: passage.isHandedOver, wasSent: wasSent() });
  }
}
