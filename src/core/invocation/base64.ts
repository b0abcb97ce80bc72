/** Bytes of base64 that a text's UTF-8 takes. */
export function base64Length(text: string): number {
  return Math.ceil(new TextEncoder().encode(text).byteLength / 3) * 4;
}

/** Base64 of a text's UTF-8. */
export function toBase64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 8192) parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return btoa(parts.join(''));
}

/** The bytes of a base64 text, or undefined where it is not base64. */
export function fromBase64(base64: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** The text that base64 of UTF-8 stands for (ClientContext on the wire, payloads in CLI skeletons), or undefined where it is none. */
export function decodeBase64Text(base64: string): string | undefined {
  const bytes = fromBase64(base64);
  if (bytes === undefined) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
