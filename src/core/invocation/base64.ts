/** The base64 length of a text's UTF-8, in bytes. */
export function base64Length(text: string): number {
  return Math.ceil(new TextEncoder().encode(text).byteLength / 3) * 4;
}

/** Encodes a text's UTF-8 as base64. */
export function toBase64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 8192) parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return btoa(parts.join(''));
}

/** Decodes base64, or returns undefined if the text isn't base64. */
export function fromBase64(base64: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/**
 * Decodes base64 of UTF-8 text, such as ClientContext on the wire and payloads in CLI skeletons. Returns undefined for
 * anything else.
 */
export function decodeBase64Text(base64: string): string | undefined {
  const bytes = fromBase64(base64);
  if (bytes === undefined) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
