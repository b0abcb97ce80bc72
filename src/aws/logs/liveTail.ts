import type { Readable } from 'node:stream';
import {
  StartLiveTailCommand,
  type LiveTailSessionUpdate,
  type StartLiveTailCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs';
import { shownAddress } from '../../core/connection/endpointAddress.ts';
import type { LiveTailUpdate } from '../../core/logs/logEvent.ts';
import { logGroupArn, logGroupName } from '../../core/logs/logGroup.ts';
import { message } from '../../core/messages/messages.ts';
import { InvokeError, isInvokeError } from '../../core/outcome/invokeError.ts';
import type { RequestHandler } from '../http/requestHandler.ts';
import { read, type ReadContext } from '../read.ts';
import { createLogsClient } from './logsClient.ts';
import { toLogsError } from './logsError.ts';

export interface LiveTailQuery {
  readonly logGroupArns: readonly string[];
  readonly filterPattern?: string;
}

function toUpdate({ sessionResults = [], sessionMetadata }: LiveTailSessionUpdate): LiveTailUpdate {
  return {
    events: sessionResults.map((event) => {
      const { timestamp = 0, ingestionTime, logGroupIdentifier = '', logStreamName = '', message: text = '' } = event;
      return {
        timestamp,
        ...(ingestionTime !== undefined && { ingestionTime }),
        message: text,
        logGroup: logGroupName(logGroupIdentifier),
        logStream: logStreamName,
      };
    }),
    isSampled: sessionMetadata?.sampled === true,
  };
}

/** Rejects a response that isn't an event stream. The SDK would parse its text as lengths of events. */
function eventStreamsOnly(handler: RequestHandler, unsupported: () => InvokeError): RequestHandler {
  return {
    async handle(request, options) {
      const exchange = await handler.handle(request, options);
      const { statusCode, headers, body } = exchange.response;
      if (statusCode !== 200 || headers['content-type']?.startsWith('application/vnd.amazon.eventstream') === true)
        return exchange;
      (body as Readable).destroy();
      throw unsupported();
    },
  };
}

async function readUpdates(
  { responseStream }: StartLiveTailCommandOutput,
  onUpdate: (update: LiveTailUpdate) => void,
): Promise<void> {
  for await (const { sessionStart, sessionUpdate } of responseStream ?? []) {
    if (sessionStart !== undefined) onUpdate({ events: [], isSampled: false });
    else if (sessionUpdate !== undefined) onUpdate(toUpdate(sessionUpdate));
  }
  throw new InvokeError(message('liveTailEnded', 'end of stream'));
}

/**
 * Follows log groups until the context's signal aborts or the session reaches its limit of three hours; resolves in
 * both cases. Sends one request, which is charged per minute, without retries and without a timeout. Rejects with
 * InvokeError. Source: CloudWatch Logs API reference, StartLiveTail.
 */
export async function startLiveTail(
  context: ReadContext,
  { logGroupArns, filterPattern }: LiveTailQuery,
  onUpdate: (update: LiveTailUpdate) => void,
): Promise<void> {
  const { clients, connection, signal } = context;
  const { region } = connection;
  const session = new AbortController();
  const abortSignal = AbortSignal.any([signal, session.signal]);
  const unsupported = () => new InvokeError(message('logsUnsupported', shownAddress(where), 'StartLiveTail'));
  const { client, where } = createLogsClient(context, {
    maxAttempts: 1,
    requestHandler: eventStreamsOnly(clients.networkOf(connection), unsupported),
  });
  const command = new StartLiveTailCommand({
    logGroupIdentifiers: logGroupArns.map((arn) => logGroupArn(arn) ?? arn),
    ...(filterPattern !== undefined && { logEventFilterPattern: filterPattern }),
  });
  const logGroups = logGroupArns.map(logGroupName);
  const what = `the log group ${logGroups.join(', ')}`;
  try {
    await read(what, { ...context, where }, (track) =>
      client.send(track(command), { abortSignal }).then((output) => readUpdates(output, onUpdate)),
    );
  } catch (error) {
    const isTimeout = isInvokeError(error) && error.exception?.name === 'SessionTimeoutException';
    if (signal.aborted || isTimeout) return;
    throw toLogsError(error, { name: 'StartLiveTail', what, logGroups: logGroupArns, region, where });
  } finally {
    session.abort(); // closes the connection if the session ended with an error
    client.destroy();
  }
}
