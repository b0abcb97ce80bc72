import { joinBytes } from '../core/invocation/joinBytes.ts';
import type { ToForm } from '../protocol/messages.ts';
import type { ResponseStream } from './responseStream.ts';

/** How much of a streamed response is shown while it arrives. In bytes. */
const MAX_SHOWN_BYTES = 2_097_152;

/** The minimum time between two messages, in milliseconds. */
const POST_INTERVAL_MS = 50;

/**
 * Posts a streamed response to the form while it arrives: its first bytes, then only statistics. `replay` posts it from
 * the beginning, for a page that has just loaded.
 */
export function postStream(
  stream: ResponseStream,
  invocationId: string,
  post: (message: ToForm) => void,
): { readonly replay: () => void; readonly stop: () => void } {
  let offset = 0;
  let parts: Uint8Array[] = [];
  let timer: NodeJS.Timeout | undefined;
  let postedAt = 0;

  function postBytes(start: number, bytes: Uint8Array): void {
    postedAt = Date.now();
    post({ type: 'streamed', invocationId, offset: start, bytes, stats: stream.stats });
  }

  function flush(): void {
    timer = undefined;
    const bytes = joinBytes(parts);
    parts = [];
    postBytes(offset, bytes);
    offset += bytes.byteLength;
  }

  stream.listen((bytes) => {
    const remaining = MAX_SHOWN_BYTES - offset - parts.reduce((sum, part) => sum + part.byteLength, 0);
    if (remaining > 0) parts.push(bytes.subarray(0, remaining));
    timer ??= setTimeout(flush, Math.max(0, postedAt + POST_INTERVAL_MS - Date.now()));
  });

  return {
    replay() {
      clearTimeout(timer);
      timer = undefined;
      parts = [];
      const shown = stream.buffered().slice(0, MAX_SHOWN_BYTES);
      offset = shown.byteLength;
      postBytes(0, shown);
    },
    stop: () => clearTimeout(timer),
  };
}
