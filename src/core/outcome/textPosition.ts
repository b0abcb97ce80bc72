/** The largest line or column in an editor: a 32-bit integer. */
const MAX_POSITION = 2 ** 31 - 1;

/** Whether a value is a valid 1-based line or column. */
export function isValidPosition(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 1 && value <= MAX_POSITION;
}

/**
 * Whether a text contains this 1-based line and column, or the column after the line's last character. The file may
 * have changed since it was deployed.
 */
export function hasPosition(
  text: string,
  { line = 1, column = 1 }: { readonly line?: number; readonly column?: number },
) {
  if (!isValidPosition(line) || !isValidPosition(column)) return false;
  let start = 0;
  for (let at = 1; at < line; at++) {
    const end = text.indexOf('\n', start);
    if (end === -1) return false;
    start = end + 1;
  }
  const end = text.indexOf('\n', start);
  return column <= (end === -1 ? text.length : end) - start + 1;
}
