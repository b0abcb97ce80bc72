/** A decoded file: UTF-8 text without its byte order mark, or the reason it can't be decoded. */
export type DecodedText =
  | { readonly kind: 'text'; readonly text: string; readonly hasBom: boolean }
  | { readonly kind: 'utf16' }
  | { readonly kind: 'notUtf8' };

/**
 * Detects UTF-16, with or without a byte order mark: such text starts with an ASCII character, so one of the first two
 * bytes is zero.
 */
export function isUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  return second !== undefined && (first === 0) !== (second === 0);
}

/** Decodes a text file. Anything but valid UTF-8 is rejected, because saving a guess would lose bytes. */
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
