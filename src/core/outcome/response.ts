/** What a response's bytes are, as they can be shown. */
export type ResponseText =
  { readonly kind: 'empty' } | { readonly kind: 'json' | 'text'; readonly text: string } | { readonly kind: 'binary' };

/** Decodes a response for display. JSON and other text as UTF-8; what is no UTF-8 is binary. Bytes are never changed. */
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
