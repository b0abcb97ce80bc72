import { joinBytes } from '../core/invocation/joinBytes.ts';
import type { ToForm } from '../protocol/messages.ts';
import type { ResponseStream } from './responseStream.ts';

/** How much of a streamed response is shown while it arrives. In bytes. */
const MAX_SHOWN_BYTES = 2_097_152;

/** The shortest time between two messages to a form: nobody reads faster. In milliseconds. */
const POST_INTERVAL_MS = 50;

/**
 * Posts a streamed response to the form while it arrives: its first bytes, then only the figures. `again` posts it from its
 * beginning, for a page that has just loaded.
 */
export function postStream(
  stream: ResponseStream,
  invocationId: string,
  post: (message: ToForm) => void,
): { readonly again: () => void; readonly stop: () => void } {
  let offset = 0;
  let parts: Uint8Array[] = [];
  let waiting: NodeJS.Timeout | undefined;
  let postedAt = 0;

  function postBytes(at: number, bytes: Uint8Array): void {
    postedAt = Date.now();
    post({ type: 'streamed', invocationId, offset: at, bytes, figures: stream.figures });
  }

  function flush(): void {
    waiting = undefined;
    const bytes = joinBytes(parts);
    parts = [];
    postBytes(offset, bytes);
    offset += bytes.byteLength;
  }

  stream.listen((bytes) => {
    const room = MAX_SHOWN_BYTES - offset - parts.reduce((sum, part) => sum + part.byteLength, 0);
    if (room > 0) parts.push(bytes.subarray(0, room));
    waiting ??= setTimeout(flush, Math.max(0, postedAt + POST_INTERVAL_MS - Date.now()));
  });

  return {
    again() {
      clearTimeout(waiting);
      waiting = undefined;
      parts = [];
      const shown = stream.held().slice(0, MAX_SHOWN_BYTES);
      offset = shown.byteLength;
      postBytes(0, shown);
    },
    stop: () => clearTimeout(waiting),
  };
}
