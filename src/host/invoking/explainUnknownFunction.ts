import { lazy } from '../../core/async/lazy.ts';
import type { Invoke } from '../../core/invocation/invokeRequest.ts';
import { isInvokeError } from '../../core/outcome/invokeError.ts';
import type { Known } from './unknownFunctionError.ts';

/** Loaded when a function doesn't exist. */
const errors = lazy(() => import('./unknownFunctionError.ts'));

/** Names the nearest functions if a function doesn't exist. Sends no further request to AWS. */
export function explainUnknownFunction(invoke: Invoke, known: Known): Invoke {
  return (request, options) =>
    invoke(request, options).catch(async (error: unknown) => {
      if (!isInvokeError(error) || error.reason.code !== 'functionNotFound') throw error;
      throw await (await errors()).unknownFunctionError(error, request, { ...known, target: options.target });
    });
}
