import { joinBytes } from '../core/invocation/joinBytes.ts';
import type { ToForm } from '../protocol/messages.ts';
import type { ResponseStream } from './responseStream.ts';

/** So much of a streamed response is shown while it comes; the rest is counted. In bytes. */
const MAX_SHOWN_BYTES = 2_097_152;

/** A form is told no more often than this; a person reads no faster. In milliseconds. */
const TELL_EVERY_MS = 50;

/**
 * Posts a streamed response to the form while it comes: its first bytes, then the figures only. Answers with the function
 * that posts it from its beginning again, for a form that has forgotten it.
 */
export function postStream(
  stream: ResponseStream,
  invocationId: string,
  post: (message: ToForm) => void,
): { readonly again: () => void; readonly stop: () => void } {
  let offset = 0;
  let parts: Uint8Array[] = [];
  let waiting: NodeJS.Timeout | undefined;
  let toldAt = 0;

  function say(at: number, bytes: Uint8Array): void {
    toldAt = Date.now();
    post({ type: 'streamed', invocationId, offset: at, bytes, figures: stream.figures });
  }

  function tell(): void {
    waiting = undefined;
    const bytes = joinBytes(parts);
    parts = [];
    say(offset, bytes);
    offset += bytes.byteLength;
  }

  stream.listen((bytes) => {
    const room = MAX_SHOWN_BYTES - offset - parts.reduce((sum, part) => sum + part.byteLength, 0);
    if (room > 0) parts.push(bytes.subarray(0, room));
    waiting ??= setTimeout(tell, Math.max(0, toldAt + TELL_EVERY_MS - Date.now()));
  });

  return {
    again() {
      clearTimeout(waiting);
      waiting = undefined;
      parts = [];
      const shown = stream.held().slice(0, MAX_SHOWN_BYTES);
      offset = shown.byteLength;
      say(0, shown);
    },
    stop: () => clearTimeout(waiting),
  };
}
