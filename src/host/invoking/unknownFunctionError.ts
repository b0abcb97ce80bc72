import type { KnownFunctions } from '../../core/functions/knownFunctions.ts';
import { unknownFunction, unknownLocalFunction } from '../../core/functions/unknownFunction.ts';
import type { Invoke, InvokeTarget } from '../../core/invocation/invokeRequest.ts';
import type { Message } from '../../core/messages/messages.ts';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import type { LocalFunctions } from '../functions/localFunctions.ts';

/** The functions that suggestions are taken from. */
export interface Known {
  readonly localFunctions: Pick<LocalFunctions, 'list'>;
  readonly knownFunctions: Pick<KnownFunctions, 'listed'>;
}

async function explain(
  requested: Parameters<Invoke>[0],
  target: InvokeTarget,
  { localFunctions, knownFunctions }: Known,
): Promise<Message | undefined> {
  if (target.kind === 'aws') return unknownFunction(requested, knownFunctions.listed(target));
  const { functions, problems } = await localFunctions.list();
  return unknownLocalFunction(requested, functions, problems);
}

/** The error for a function that doesn't exist, with the nearest names if there are any. Never rejects. */
export async function unknownFunctionError(
  notFound: InvokeError,
  requested: Parameters<Invoke>[0],
  { target, ...known }: Known & { readonly target: InvokeTarget },
): Promise<InvokeError> {
  const reason = await explain(requested, target, known).catch(() => undefined);
  if (reason === undefined) return notFound;
  const { exception, requestId, traceId } = notFound;
  return new InvokeError(reason, {
    cause: notFound,
    ...(exception !== undefined && { exception }),
    ...(requestId !== undefined && { requestId }),
    ...(traceId !== undefined && { traceId }),
  });
}
