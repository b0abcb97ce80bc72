import { isInvokeError, type InvokeError } from '../../src/core/outcome/invokeError.ts';

/** The InvokeError that something is rejected with; anything else is an error of the test. */
export async function catchInvokeError(promise: Promise<unknown>): Promise<InvokeError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isInvokeError(error)) throw new Error(`not an InvokeError: ${String(error)}`);
  return error;
}
