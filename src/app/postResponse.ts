import type { ToForm } from '../protocol/messages.ts';

/** The first part is small, so that the first screen shows at once; then 256 kB at a time. In bytes. */
const FIRST_BYTES = 16_384;
const CHUNK_BYTES = 262_144;

/** Posts a response's bytes to the form in parts, first to last. Bytes cost a sixth of what a string costs to post. */
export function postResponse(
  invocationId: string,
  { body, totalBytes }: { readonly body: Uint8Array; readonly totalBytes?: number | undefined },
  post: (message: ToForm) => void,
): void {
  const { byteLength } = body;
  let offset = 0;
  do {
    const end = Math.min(byteLength, offset === 0 ? FIRST_BYTES : offset + CHUNK_BYTES);
    // A copy of its own: a view would bring its whole buffer along.
    const bytes = body.slice(offset, end);
    post({
      type: 'response',
      invocationId,
      offset,
      byteLength,
      bytes,
      ...(totalBytes !== undefined && { totalBytes }),
    });
    offset = end;
  } while (offset < byteLength);
}
