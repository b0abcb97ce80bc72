import type { Connection } from '../connection/connection.ts';
import type { Invocation } from '../invocation/invocation.ts';
import { message, type Message } from '../messages/messages.ts';
import { InvokeError } from '../outcome/invokeError.ts';
import { parseFunctionName } from './functionName.ts';
import type { LocalFunctionView } from './localFunctionView.ts';
import { indexNames, type NamedFunction } from './nameIndex.ts';
import { unknownLocalFunction } from './unknownFunction.ts';

/** The local function of an invocation, by name or ARN. Throws InvokeError if no function has the name, or several have. */
export function localFunctionOf<Fn extends NamedFunction>(
  { FunctionName }: Pick<Invocation, 'FunctionName'>,
  { functions, problems }: { readonly functions: readonly Fn[]; readonly problems: readonly Message[] },
): Fn {
  const fn = indexNames(functions).find(parseFunctionName(FunctionName)?.name ?? FunctionName);
  if (fn === undefined) throw new InvokeError(unknownLocalFunction({ FunctionName }, functions, problems));
  return fn;
}

/** Why a local function can't be debugged. Undefined if it can. */
export function debugObstacle({
  name,
  runtime,
  canDebug,
  obstacle,
}: Pick<LocalFunctionView, 'name' | 'runtime' | 'canDebug' | 'obstacle'>): Message | undefined {
  return canDebug ? undefined : (obstacle ?? message('debugUnsupported', name, runtime));
}

/**
 * The invocation that runs a local function in a debugger. Replaces the name and version of a deployed function, and
 * `DryRun`, which doesn't run the function.
 */
export function toLocalInvocation(
  { Qualifier, ...invocation }: Invocation,
  { name }: Pick<NamedFunction, 'name'>,
  connection: Connection,
): Invocation {
  const isLocal = connection.kind === 'local';
  return {
    ...invocation,
    FunctionName: isLocal ? invocation.FunctionName : name,
    ...(isLocal && Qualifier !== undefined && { Qualifier }),
    ...(invocation.InvocationType === 'DryRun' && { InvocationType: 'RequestResponse' as const }),
  };
}
