/** Longer ARNs are cut in the middle. In characters. */
const MAX = 56;
const KEPT_AT_START = 24;

/** An ARN for where there is little room: its beginning and its end, where what tells it from others stands. */
export function shortArn(text: string): string {
  if (!text.startsWith('arn:') || text.length <= MAX) return text;
  return `${text.slice(0, KEPT_AT_START)}…${text.slice(KEPT_AT_START + 1 - MAX)}`;
}
