/** A string, or a number. An unclosed string ends with the text, so that the search stays linear. */
const STRING_OR_NUMBER = /"(?:[^"\\]|\\[^])*"?|-?\d[\d.eE+-]*/g;

/** The start of a number that JavaScript may write differently, and what precedes it. Can also match in a string. */
const MAYBE_OTHER_DIGITS = /[:[,]\s*(?:-0|-?\d{16}|-?\d+[.eE])/;

/**
 * Parses JSON like JSON.parse, but a number that JavaScript writes with other digits (`1.0`, `1e3`, a long ID) becomes a
 * string with its digits as written. Throws SyntaxError.
 */
export function parseExactJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (!MAYBE_OTHER_DIGITS.test(text)) return value;
  const exact = text.replaceAll(STRING_OR_NUMBER, (token) =>
    token.startsWith('"') || String(Number(token)) === token ? token : `"${token}"`,
  );
  return exact.length === text.length ? value : JSON.parse(exact);
}
