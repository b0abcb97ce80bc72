import { lazy } from '../../core/async/lazy.ts';
import type { KnownFunctions } from '../../core/functions/knownFunctions.ts';
import type { Invoke, InvokeTarget } from '../../core/invocation/invokeRequest.ts';
import type { Message } from '../../core/messages/messages.ts';
import { InvokeError, isInvokeError } from '../../core/outcome/invokeError.ts';
import type { LocalFunctions } from '../functions/localFunctions.ts';

interface Known {
  readonly localFunctions: Pick<LocalFunctions, 'list'>;
  readonly knownFunctions: Pick<KnownFunctions, 'listed'>;
}

/** Loaded when a function doesn't exist. */
const suggestions = lazy(() => import('../../core/functions/unknownFunction.ts'));

async function explain(
  requested: Parameters<Invoke>[0],
  target: InvokeTarget,
  { localFunctions, knownFunctions }: Known,
): Promise<Message | undefined> {
  const { unknownFunction, unknownLocalFunction } = await suggestions();
  if (target.kind === 'aws') return unknownFunction(requested, knownFunctions.listed(target));
  const { functions, problems } = await localFunctions.list();
  return unknownLocalFunction(requested, functions, problems);
}

/** Names the nearest functions if a function doesn't exist. Sends no further request to AWS. */
export function explainUnknownFunction(invoke: Invoke, known: Known): Invoke {
  return (request, options) =>
    invoke(request, options).catch(async (error: unknown) => {
      if (!isInvokeError(error) || error.reason.code !== 'functionNotFound') throw error;
      const reason = await explain(request, options.target, known).catch(() => undefined);
      if (reason === undefined) throw error;
      const { exception, requestId, traceId } = error;
      throw new InvokeError(reason, {
        cause: error,
        ...(exception !== undefined && { exception }),
        ...(requestId !== undefined && { requestId }),
        ...(traceId !== undefined && { traceId }),
      });
    });
}
