/** Maximum characters of a text from a server, a function, or a file that are processed and shown. */
export const MAX_FOREIGN_TEXT = 8192;

/**
 * Truncates a text to `max` characters (UTF-16 units), ending with `…`. Every text from another program is capped before
 * a regular expression runs on it or a message quotes it. Capping twice changes nothing.
 */
export function capText(text: string, max = MAX_FOREIGN_TEXT): string {
  if (text.length <= max) return text;
  const end = max - 1;
  const last = text.charCodeAt(end - 1);
  // Don't split surrogate pairs.
  const isHalf = last >= 0xd800 && last <= 0xdbff;
  return `${text.slice(0, isHalf ? end - 1 : end)}…`;
}
