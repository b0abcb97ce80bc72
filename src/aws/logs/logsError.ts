import { shownAddress } from '../../core/connection/endpointAddress.ts';
import { logGroupName, logGroupResource } from '../../core/logs/logGroup.ts';
import { message, type Message } from '../../core/messages/messages.ts';
import { InvokeError, isInvokeError, type ServiceException } from '../../core/outcome/invokeError.ts';

export interface LogsOperation {
  readonly name: 'FilterLogEvents' | 'StartLiveTail';
  /** What is read, as in `read`. */
  readonly what: string;
  /** Names or ARNs. */
  readonly logGroups: readonly string[];
  readonly logStreams?: readonly string[] | undefined;
  readonly region: string;
  readonly where: string;
}

/** Emulators that don't know the operation, or don't serve CloudWatch Logs at all. */
function isUnsupported({ name, StatusCode }: ServiceException): boolean {
  if (name === 'UnknownOperationException' || StatusCode === 501) return true;
  return (StatusCode === 404 || StatusCode === 405) && name !== 'ResourceNotFoundException';
}

function logsReason(error: InvokeError, operation: LogsOperation): Message | undefined {
  const { name, what, logGroups, logStreams = [], region, where } = operation;
  if (error.reason.code === 'readDeniedPlain') {
    const resources = logGroups.map((logGroup) => logGroupResource(logGroup, region));
    return message('readDenied', what, `logs:${name}`, resources.join(', '));
  }
  const { exception } = error;
  if (exception === undefined) return undefined;
  if (exception.name === 'ResourceNotFoundException') {
    const names = logGroups.map(logGroupName).join(', ');
    return logStreams.length > 0
      ? message('logStreamMissing', logStreams.join(', '), names)
      : message('logGroupMissing', names, region);
  }
  if (isUnsupported(exception)) return message('logsUnsupported', shownAddress(where), name);
  if (name !== 'StartLiveTail') return undefined;
  if (exception.name === 'LimitExceededException') return message('liveTailLimit', region);
  if (exception.name === 'SessionStreamingException') return message('liveTailEnded', exception.name);
  return undefined;
}

/** Explains an error of CloudWatch Logs that `read` doesn't distinguish. */
export function toLogsError(error: unknown, operation: LogsOperation): unknown {
  const reason = isInvokeError(error) ? logsReason(error, operation) : undefined;
  if (!isInvokeError(error) || reason === undefined) return error;
  const { exception, cause } = error;
  return new InvokeError(reason, { cause, ...(exception !== undefined && { exception }) });
}
