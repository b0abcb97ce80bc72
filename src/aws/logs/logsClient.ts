import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { RequestHandler } from '../http/requestHandler.ts';
import type { ReadContext } from '../read.ts';

interface LogsClient {
  readonly client: CloudWatchLogsClient;
  /** The endpoint to name in messages. */
  readonly where: string;
}

/** Creates a client for CloudWatch Logs with a connection's credentials. The caller destroys it. */
export function createLogsClient(
  { clients, connection, config }: ReadContext,
  options: { readonly maxAttempts: number; readonly requestHandler: RequestHandler },
): LogsClient {
  const service = clients.service('cloudwatch_logs', connection, config);
  const { endpoint } = service;
  return {
    // AWS serves Live Tail from a separate host, which has a prefix. A configured endpoint has only one host.
    client: new CloudWatchLogsClient({ ...service, ...options, disableHostPrefix: endpoint !== undefined }),
    where: endpoint ?? `CloudWatch Logs in ${connection.region}`,
  };
}
