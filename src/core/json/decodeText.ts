/** A file's bytes as text: UTF-8 without its byte order mark, or the reason why they are none. */
export type DecodedText =
  | { readonly kind: 'text'; readonly text: string; readonly hasBom: boolean }
  | { readonly kind: 'utf16' }
  | { readonly kind: 'notUtf8' };

/** UTF-16, with a byte order mark or without: text begins with an ASCII character, whose other byte is zero. */
export function isUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  return second !== undefined && (first === 0) !== (second === 0);
}

/** Decodes a text file. Bytes are never guessed at: what is not UTF-8 is refused, so that nothing is lost by saving it. */
export function decodeText(bytes: Uint8Array): DecodedText {
  if (isUtf16(bytes)) return { kind: 'utf16' };
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const hasBom = text.startsWith('\ufeff');
    return { kind: 'text', text: hasBom ? text.slice(1) : text, hasBom };
  } catch {
    return { kind: 'notUtf8' };
  }
}
