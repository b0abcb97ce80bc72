import { parseHttpResponse } from './httpResponse.ts';
import type { InvocationResult } from './outcome.ts';

/** The status code of the HTTP response that a function returned. Undefined for other results. */
export function returnedStatus({ outcome, Payload, statusCode }: InvocationResult): number | undefined {
  if (statusCode !== undefined) return statusCode;
  return outcome.state === 'succeeded' && Payload !== undefined ? parseHttpResponse(Payload)?.statusCode : undefined;
}
