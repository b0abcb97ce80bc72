import {
  FilterLogEventsCommand,
  type FilterLogEventsCommandOutput,
  type FilteredLogEvent,
} from '@aws-sdk/client-cloudwatch-logs';
import type { LogEvent, LogQuery } from '../../core/logs/logEvent.ts';
import { logGroupArn, logGroupName } from '../../core/logs/logGroup.ts';
import { isInvokeError } from '../../core/outcome/invokeError.ts';
import { createReadHandler } from '../http/readHandler.ts';
import { read, type ReadContext } from '../read.ts';
import { createLogsClient } from './logsClient.ts';
import { toLogsError } from './logsError.ts';

/** More than for other reads: in some regions, CloudWatch Logs throttles after 5 requests per second. */
const MAX_ATTEMPTS = 6;

/** The timeout of a page as a multiple of other reads' timeout: CloudWatch Logs searches for up to ten seconds. */
const PAGE_TIMEOUT_FACTOR = 3;

function toLogEvent(event: FilteredLogEvent, logGroup: string): LogEvent {
  const { eventId = '', timestamp = 0, ingestionTime, message = '', logStreamName = '' } = event;
  return {
    id: eventId,
    timestamp,
    ...(ingestionTime !== undefined && { ingestionTime }),
    message,
    logGroup,
    logStream: logStreamName,
  };
}

async function requestPage(
  context: ReadContext,
  { logGroup, startTime, endTime, filterPattern, logStreams }: LogQuery,
  nextToken: string | undefined,
): Promise<FilterLogEventsCommandOutput> {
  const { clients, connection, signal } = context;
  const network = clients.networkOf(connection);
  const { client, where } = createLogsClient(context, {
    maxAttempts: MAX_ATTEMPTS,
    requestHandler: createReadHandler((request, options) => network.handle(request, options), {
      readMs: clients.readMs * PAGE_TIMEOUT_FACTOR,
    }),
  });
  const arn = logGroupArn(logGroup);
  const command = () =>
    new FilterLogEventsCommand({
      ...(arn === undefined ? { logGroupName: logGroup } : { logGroupIdentifier: arn }),
      startTime,
      ...(endTime !== undefined && { endTime }),
      ...(filterPattern !== undefined && { filterPattern }),
      ...(logStreams !== undefined && { logStreamNames: [...logStreams] }),
      ...(nextToken !== undefined && { nextToken }),
    });
  const what = `the log group ${logGroupName(logGroup)}`;
  try {
    return await read(what, { ...context, where }, (track) => client.send(track(command()), { abortSignal: signal }));
  } catch (error) {
    const { region } = connection;
    throw toLogsError(error, { name: 'FilterLogEvents', what, logGroups: [logGroup], logStreams, region, where });
  } finally {
    client.destroy();
  }
}

/**
 * Reads the events of a log group page by page. When the credentials are rejected, `openContext` is called again, once
 * for each page, and the page is repeated. Rejects with InvokeError.
 * Source: CloudWatch Logs API reference, FilterLogEvents.
 */
export async function filterLogEvents(
  openContext: () => Promise<ReadContext>,
  query: LogQuery,
  onPage: (events: readonly LogEvent[]) => void | Promise<void>,
): Promise<void> {
  let context = await openContext();
  const logGroup = logGroupName(query.logGroup);
  const tokens = new Set<string>();
  let nextToken: string | undefined;
  do {
    const page = await requestPage(context, query, nextToken).catch(async (error: unknown) => {
      if (!isInvokeError(error) || error.reason.code !== 'credentialsRefused') throw error;
      context.clients.forget(context.connection, context.config);
      context = await openContext();
      return requestPage(context, query, nextToken);
    });
    await onPage((page.events ?? []).map((event) => toLogEvent(event, logGroup)));
    nextToken = page.nextToken === '' ? undefined : page.nextToken;
    // A token that is returned again would repeat its pages without end.
    if (nextToken === undefined || tokens.has(nextToken)) return;
    tokens.add(nextToken);
  } while (nextToken !== undefined);
}
