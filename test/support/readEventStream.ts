import type { IncomingMessage } from 'node:http';

const PRELUDE_BYTES = 12;
const CHECKSUM_BYTES = 4;

/** The response to InvokeWithResponseStream. */
export interface StreamedResponse {
  readonly body: Buffer;
  /** The types of the events in their order, without repetitions. */
  readonly eventTypes: readonly string[];
  /** The error in InvokeComplete. */
  readonly error?: { readonly errorType?: string; readonly errorMessage?: string };
}

/** Reads the response to its end. Source: AWS's event stream encoding. */
export async function readEventStream(response: IncomingMessage): Promise<StreamedResponse> {
  const chunks: Buffer[] = [];
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const body: Buffer[] = [];
  const eventTypes: string[] = [];
  let details: unknown;
  for (let start = 0; start < bytes.byteLength; start += bytes.readUInt32BE(start)) {
    const end = start + bytes.readUInt32BE(start);
    const payloadStart = start + PRELUDE_BYTES + bytes.readUInt32BE(start + 4);
    const headers = bytes.toString('latin1', start + PRELUDE_BYTES, payloadStart);
    const type = headers.includes('PayloadChunk') ? 'PayloadChunk' : 'InvokeComplete';
    if (eventTypes.at(-1) !== type) eventTypes.push(type);
    const payload = bytes.subarray(payloadStart, end - CHECKSUM_BYTES);
    if (type === 'PayloadChunk') body.push(payload);
    else details = (JSON.parse(payload.toString('utf8')) as { ErrorDetails?: unknown }).ErrorDetails;
  }
  const error =
    typeof details === 'string' ? (JSON.parse(details) as NonNullable<StreamedResponse['error']>) : undefined;
  return { body: Buffer.concat(body), eventTypes, ...(error !== undefined && { error }) };
}
