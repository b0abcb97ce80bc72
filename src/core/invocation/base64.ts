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
    const binary = atob(base64);
    const bytes = new Uint8Array(binary.length);
    // Several times as fast as Uint8Array.from, which matters for a body of 6 MB.
    for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
    return bytes;
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
