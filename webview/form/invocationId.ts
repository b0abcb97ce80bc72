/** A new id for one click. Random, so that no two clicks of any form share one. */
export function newInvocationId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
