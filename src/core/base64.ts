/** Bytes of base64 that a text's UTF-8 takes. */
export function base64Length(text: string): number {
  return Math.ceil(new TextEncoder().encode(text).byteLength / 3) * 4;
}

/** Base64 of a text's UTF-8. Meant for short texts such as ClientContext. */
export function toBase64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

/** The bytes of a base64 text, or undefined where it is not base64. */
export function fromBase64(base64: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
