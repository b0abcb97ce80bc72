import type { Connection } from '../connection/connection.ts';
import type { Invocation } from '../invocation/invocation.ts';
import type { Message } from '../messages/messages.ts';
import { InvokeError } from '../outcome/invokeError.ts';
import { parseFunctionName } from './functionName.ts';
import { indexNames, type NamedFunction } from './nameIndex.ts';
import { unknownLocalFunction } from './unknownFunction.ts';

/** The local function that an invocation names, also by ARN. Throws InvokeError if there is none, or several. */
export function localFunctionOf<Fn extends NamedFunction>(
  { FunctionName }: Pick<Invocation, 'FunctionName'>,
  { functions, problems }: { readonly functions: readonly Fn[]; readonly problems: readonly Message[] },
): Fn {
  const fn = indexNames(functions).find(parseFunctionName(FunctionName)?.name ?? FunctionName);
  if (fn === undefined) throw new InvokeError(unknownLocalFunction({ FunctionName }, functions, problems));
  return fn;
}

/**
 * The invocation of a local function instead of a deployed one, whose versions don't exist locally. A dry run would run no
 * code.
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
