import { isRecord } from '../json/isRecord.ts';

/** Larger responses aren't parsed for their status. In bytes. */
const MAX_PARSED = 1_048_576;

/**
 * The status of a response for API Gateway, a function URL or a load balancer: an object with an integer `statusCode`
 * from 100 to 599. Undefined for other responses.
 */
export function httpStatus(Payload: Uint8Array | undefined): number | undefined {
  if (Payload === undefined || Payload.byteLength > MAX_PARSED || Payload[0] !== 0x7b) return undefined;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(Payload));
    const status = isRecord(value) ? value['statusCode'] : undefined;
    const isStatus = typeof status === 'number' && Number.isInteger(status) && status >= 100 && status <= 599;
    return isStatus ? status : undefined;
  } catch {
    return undefined;
  }
}
