import type { EndedInvocation } from '../../app/invocations.ts';
import { readWholeLog } from '../../app/logs/readWholeLog.ts';
import type { LoggedRequest, WholeLog } from '../../app/logs/wholeLog.ts';
import type { Aws, AwsTarget } from '../../core/connection/aws.ts';
import { functionArn } from '../../core/connection/awsConsole.ts';
import type { FunctionFacts } from '../../core/functions/functionFacts.ts';
import { parseFunctionName, type FunctionNameParts } from '../../core/functions/functionName.ts';
import { defaultLogGroup } from '../../core/logs/functionLogGroup.ts';
import { logGroupArnOf } from '../../core/logs/logGroup.ts';
import type { LogProgress } from '../../core/logs/logProgress.ts';
import { message, type Message } from '../../core/messages/messages.ts';
import { InvokeError, isInvokeError } from '../../core/outcome/invokeError.ts';
import { hasResponse } from '../../core/outcome/outcome.ts';
import { awsTarget } from '../connections/connections.ts';
import type { Services } from '../wiring/services.ts';
import type { InvocationTime } from './invocationTimes.ts';

export interface ReadLogOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: LogProgress) => void;
}

type Facts = Pick<FunctionFacts, 'LogGroup' | 'SystemLogLevel' | 'Timeout'> & { readonly isManaged?: boolean };

/** The configuration of the function, or why it can't be read. */
async function readFacts(
  aws: Aws,
  target: AwsTarget,
  { order, result: { outcome } }: EndedInvocation,
  signal: AbortSignal,
): Promise<Facts & { readonly problem?: unknown }> {
  const { FunctionName, Qualifier } = order.invocation;
  const version = hasResponse(outcome) ? outcome.ExecutedVersion : undefined;
  const qualifier = parseFunctionName(FunctionName)?.qualifier === undefined ? (version ?? Qualifier) : undefined;
  try {
    const named = { FunctionName, ...(qualifier !== undefined && { Qualifier: qualifier }) };
    return await aws.readFunction(target, named, signal);
  } catch (problem) {
    if (signal.aborted || (isInvokeError(problem) && problem.loginProfile !== undefined)) throw problem;
    return { problem };
  }
}

/** The log group. An ARN, if the function is in another account than that of the credentials. */
function groupOf(
  logGroup: string,
  { region, accountId, name }: FunctionNameParts,
  { result: { outcome } }: EndedInvocation,
): string {
  const view = hasResponse(outcome) ? outcome.connection : undefined;
  const isOwn = view?.kind === 'aws' && (view.accountId === accountId || view.endpoint !== undefined);
  if (region === undefined || accountId === undefined || isOwn) return logGroup;
  return logGroupArnOf(functionArn({ region, accountId, name }), logGroup) ?? logGroup;
}

/** Reads the whole log of an invocation, with the connection that it was sent with. Rejects with InvokeError. */
export async function readInvocationLog(
  { aws: loadAws, connections }: Pick<Services, 'aws' | 'connections'>,
  ended: EndedInvocation,
  { startedAt, endedAt }: InvocationTime,
  { signal, onProgress }: ReadLogOptions,
): Promise<WholeLog> {
  const { order, result } = ended;
  const { outcome } = result;
  const { FunctionName, InvocationType } = order.invocation;
  const { requestId } = outcome;
  const parts = parseFunctionName(FunctionName);
  if (order.connection.kind === 'local' || requestId === undefined || parts === undefined)
    throw new InvokeError(message('wholeLogNoRequest'));
  const { region } = parts;
  const target: AwsTarget = { ...awsTarget(order.connection), ...(region !== undefined && { region }) };
  const aws = await loadAws();
  const location = hasResponse(outcome) ? outcome.logTail?.location : undefined;
  return connections.signIn.with(async () => {
    onProgress({ phase: 'searching', events: 0 });
    const {
      LogGroup,
      SystemLogLevel,
      Timeout,
      isManaged = false,
      problem,
    } = await readFacts(aws, target, ended, signal);
    const logGroup = location?.logGroup ?? LogGroup ?? defaultLogGroup(parts.name);
    const isAsynchronous = InvocationType === 'Event';
    const request: LoggedRequest = {
      requestId,
      logGroup: groupOf(logGroup, parts, ended),
      startedAt,
      isAsynchronous,
      isConcurrent: isManaged,
      hidesReport: SystemLogLevel === 'WARN',
      ...(location?.logStreamName !== undefined && { logStream: location.logStreamName }),
      // Without a response, the function might still be running.
      ...(!isAsynchronous && hasResponse(outcome) && { endedAt }),
      ...(Timeout !== undefined && { timeoutMs: Timeout * 1000 }),
    };
    const log = await readWholeLog(request, {
      filterLogEvents: (...query) => aws.logs.filterLogEvents(target, ...query),
      signal,
      onProgress,
    });
    const note: Message[] =
      problem === undefined || location !== undefined ? [] : [message('wholeLogDefaultGroup', logGroup)];
    return { ...log, notes: [...log.notes, ...note] };
  }, signal);
}
