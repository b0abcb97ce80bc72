import { parseHttpResponse } from './httpResponse.ts';
import type { InvocationResult } from './outcome.ts';

/** The status code of the HTTP response that a function returned. Undefined for other results. */
export function returnedStatus({ outcome, Payload }: InvocationResult): number | undefined {
  return outcome.state === 'succeeded' && Payload !== undefined ? parseHttpResponse(Payload)?.statusCode : undefined;
}
