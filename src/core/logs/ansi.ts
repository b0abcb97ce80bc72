const ESCAPE = '\u001b';

/**
 * What follows an escape character: a CSI sequence such as a color, an OSC sequence such as a link, or one character.
 * Source: ECMA-48.
 */
const SEQUENCE = /^(?:\[[0-?]*[ -/]*[@-~]|\]\P{Cc}*\p{Cc}?|[@-Z\\^_])/u;

/** The end of a color sequence whose start was cut off. */
const CUT_COLOR = /^\[?(?:\d{1,3};){0,8}\d{1,3}m(?=[A-Z[\p{Cc}])/u;

/** Removes escape sequences for colors, links and cursor movement. */
export function withoutAnsi(text: string): string {
  if (!text.includes(ESCAPE)) return text;
  const [first = '', ...rest] = text.split(ESCAPE);
  return [first, ...rest.map((part) => (SEQUENCE.test(part) ? part.replace(SEQUENCE, '') : ESCAPE + part))].join('');
}

/** Like `withoutAnsi`, for a text whose start was cut off. */
export function withoutCutAnsi(text: string): string {
  return withoutAnsi(text.replace(CUT_COLOR, ''));
}
