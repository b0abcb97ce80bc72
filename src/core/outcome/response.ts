/** The displayable form of a response body. `isLarge`: its end wasn't validated. */
export type ResponseText =
  | { readonly kind: 'empty' }
  | { readonly kind: 'json' | 'text'; readonly text: string; readonly isLarge?: boolean }
  | { readonly kind: 'binary' };

/** Parsing more text to find out whether it is JSON would block the page. In bytes. */
const MAX_PARSED_BYTES = 1_048_576;

/** Whether a large text looks like JSON: it starts and ends like an object, an array, or a string. */
function looksLikeJson(text: string): boolean {
  const first = /^\s{0,1000}([[{"])/.exec(text)?.[1];
  const last = /([\]}"])\s{0,1000}$/.exec(text.slice(-1001))?.[1];
  return first !== undefined && last === { '[': ']', '{': '}', '"': '"' }[first];
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * Decodes a response for display, as JSON or text. Anything but valid UTF-8 is binary. More than 1 MB isn't parsed, and
 * is JSON if it looks like it.
 */
export function toResponseText(bytes: Uint8Array): ResponseText {
  if (bytes.byteLength === 0) return { kind: 'empty' };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { kind: 'binary' };
  }
  const isLarge = bytes.byteLength > MAX_PARSED_BYTES;
  if (isLarge) return { kind: looksLikeJson(text) ? 'json' : 'text', text, isLarge };
  return { kind: isJson(text) ? 'json' : 'text', text };
}
