/** The most characters of a text from elsewhere (a server, a function, a file) that are read and shown. */
export const MAX_FOREIGN_TEXT = 8192;

/**
 * A text of at most `max` characters (UTF-16 units): a longer one loses its end and says so with `…`. Every text that
 * another program wrote passes through here before an expression is tried on it or a message quotes it. A text that was
 * cut stays as it is when it is cut again.
 */
export function capText(text: string, max = MAX_FOREIGN_TEXT): string {
  if (text.length <= max) return text;
  const end = max - 1;
  const last = text.charCodeAt(end - 1);
  // A pair of surrogates stays together.
  const isHalf = last >= 0xd800 && last <= 0xdbff;
  return `${text.slice(0, isHalf ? end - 1 : end)}…`;
}
