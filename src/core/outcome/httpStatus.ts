import { parseHttpResponse } from './httpResponse.ts';

/** The status code of an HTTP response. Undefined for other responses. */
export function httpStatus(Payload: Uint8Array | undefined): number | undefined {
  return Payload === undefined ? undefined : parseHttpResponse(Payload)?.statusCode;
}
