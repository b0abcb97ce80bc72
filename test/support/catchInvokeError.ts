import { isInvokeError, type InvokeError } from '../../src/core/outcome/invokeError.ts';

/** Returns the InvokeError of a rejected promise; throws for anything else. */
export async function catchInvokeError(promise: Promise<unknown>): Promise<InvokeError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isInvokeError(error)) throw new Error(`not an InvokeError: ${String(error)}`);
  return error;
}
