import { isUtf16 } from '../json/decodeText.ts';
import { message, type Message } from '../messages/messages.ts';
import { payloadSizeProblems, payloadTextProblems } from './validate.ts';
import type { InvocationType } from './invocation.ts';

/** The exact bytes to send, and notes for the user. */
export interface Payload {
  readonly bytes: Uint8Array;
  readonly notes: readonly Message[];
}

const UTF8_BOM = [0xef, 0xbb, 0xbf];

function startsWith(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return prefix.every((byte, index) => bytes[index] === byte);
}

/**
 * Creates a payload from a document's bytes. Lambda rejects a UTF-8 byte order mark, so it's dropped and a note says
 * so.
 */
export function toPayload(bytes: Uint8Array): Payload {
  if (bytes.byteLength === 0) return { bytes, notes: [message('emptyPayload')] };
  if (!startsWith(bytes, UTF8_BOM)) return { bytes, notes: [] };
  return { bytes: bytes.subarray(UTF8_BOM.length), notes: [message('bomDropped')] };
}

/** Why a payload can't be sent: its size, its encoding, or invalid JSON. Undefined if it can. */
export function validatePayload(bytes: Uint8Array, type: InvocationType): Message | undefined {
  const [tooLarge] = payloadSizeProblems(bytes.byteLength, type);
  if (tooLarge !== undefined) return tooLarge.message;
  if (isUtf16(bytes)) return message('payloadUtf16');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return message('payloadNotUtf8');
  }
  return payloadTextProblems(text)[0]?.message;
}
