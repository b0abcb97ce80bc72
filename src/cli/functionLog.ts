import { describeConnection } from '../core/connection/connection.ts';
import type { Aws, AwsTarget } from '../core/connection/aws.ts';
import { parseFunctionName, splitQualifier } from '../core/functions/functionName.ts';
import { nonFunctionMessage } from '../core/functions/nonFunctionName.ts';
import { defaultLogGroup } from '../core/logs/functionLogGroup.ts';
import { logGroupArnOf } from '../core/logs/logGroup.ts';
import { message, type Message } from '../core/messages/messages.ts';
import { InvokeError, isInvokeError } from '../core/outcome/invokeError.ts';

/** Where a function writes its log. */
export interface FunctionLog {
  readonly target: AwsTarget;
  /** A name, or an ARN if the function's name includes an account. */
  readonly logGroup: string;
  /** The function's timeout in milliseconds. */
  readonly timeoutMs?: number;
  /** Whether the system log level hides START and REPORT. */
  readonly hidesReport?: boolean;
  readonly note?: Message;
}

const isDenied = ({ reason }: InvokeError) => reason.code === 'readDenied' || reason.code === 'readDeniedPlain';

/**
 * Reads the log group in a function's configuration. Without permission for that, it's the default log group.
 * Rejects with InvokeError.
 */
export async function functionLog(
  name: string,
  { aws, target, signal }: { readonly aws: Aws; readonly target: AwsTarget; readonly signal: AbortSignal },
): Promise<FunctionLog> {
  const parts = parseFunctionName(name);
  if (parts === undefined) throw new InvokeError(nonFunctionMessage(name) ?? message('functionNamePattern'));
  const { region, accountId } = parts;
  const place = region === undefined ? target : { ...target, region };
  const facts = await aws.readFunction(target, splitQualifier(name), signal).catch(async (error: unknown) => {
    if (!isInvokeError(error)) throw error;
    if (isDenied(error)) return undefined;
    if (error.exception?.name !== 'ResourceNotFoundException') throw error;
    const view = await aws.describe(place);
    throw new InvokeError(message('cliFunctionUnknown', name, describeConnection(view)), { cause: error });
  });
  const { LogGroup: group = defaultLogGroup(parts.name), Timeout, SystemLogLevel, FunctionArn = name } = facts ?? {};
  return {
    target: place,
    // The log group of another account is only found by its ARN.
    logGroup: (accountId === undefined ? undefined : logGroupArnOf(FunctionArn, group)) ?? group,
    ...(Timeout !== undefined && { timeoutMs: Timeout * 1000 }),
    ...(SystemLogLevel === 'WARN' && { hidesReport: true }),
    ...(facts === undefined && { note: message('wholeLogDefaultGroup', group) }),
  };
}
