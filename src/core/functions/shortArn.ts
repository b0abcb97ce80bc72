/** Longer ARNs are truncated in the middle. In characters. */
const MAX = 56;
const KEPT_AT_START = 24;

/** Shortens an ARN for display. Keeps mostly the end, which distinguishes it from others. */
export function shortArn(text: string): string {
  if (!text.startsWith('arn:') || text.length <= MAX) return text;
  return `${text.slice(0, KEPT_AT_START)}…${text.slice(KEPT_AT_START + 1 - MAX)}`;
}
