/** The displayable form of a response body. */
export type ResponseText =
  { readonly kind: 'empty' } | { readonly kind: 'json' | 'text'; readonly text: string } | { readonly kind: 'binary' };

/** Decodes a response for display, as JSON or text. Anything but valid UTF-8 is binary. */
export function toResponseText(bytes: Uint8Array): ResponseText {
  if (bytes.byteLength === 0) return { kind: 'empty' };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { kind: 'binary' };
  }
  try {
    JSON.parse(text);
    return { kind: 'json', text };
  } catch {
    return { kind: 'text', text };
  }
}
