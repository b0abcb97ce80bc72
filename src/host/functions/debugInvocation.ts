import { parseFunctionName } from '../../core/functions/functionName.ts';
import type { LocalFunctionView } from '../../core/functions/localFunctionView.ts';
import { unknownLocalFunction } from '../../core/functions/unknownFunction.ts';
import type { Connection } from '../../core/connection/connection.ts';
import type { Invocation } from '../../core/invocation/invocation.ts';
import { InvokeError } from '../../core/outcome/invokeError.ts';

/** The local function that an invocation names, also by ARN. Throws InvokeError if there is none. */
export function localFunctionOf(
  { FunctionName }: Pick<Invocation, 'FunctionName'>,
  functions: readonly LocalFunctionView[],
): LocalFunctionView {
  const name = parseFunctionName(FunctionName)?.name ?? FunctionName;
  const fn =
    functions.find((one) => one.name === name) ?? functions.find(({ otherNames }) => otherNames.includes(name));
  if (fn === undefined) throw new InvokeError(unknownLocalFunction({ FunctionName }, functions));
  return fn;
}

/**
 * The invocation of a local function instead of a deployed one, whose versions don't exist locally. A dry run would run no
 * code.
 */
export function toLocalInvocation(
  { Qualifier, ...invocation }: Invocation,
  { name }: LocalFunctionView,
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
