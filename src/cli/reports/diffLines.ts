/** How many equal lines are shown before and after the lines that differ. */
const CONTEXT = 2;

/** The maximum number of lines of each side. */
const MAX_LINES = 40;

/** The maximum length of a line, and how much of a longer one is shown before its difference. In characters. */
const MAX_LINE = 1000;
const BEFORE = 100;

/** The index of the first character that differs. */
function differenceIn(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  return at;
}

/** The part of a long line with its difference. */
function shortened(line: string, difference: number): string {
  if (line.length <= MAX_LINE) return line;
  const start = Math.max(0, Math.min(difference - BEFORE, line.length - MAX_LINE));
  const end = start + MAX_LINE;
  return `${start === 0 ? '' : '…'}${line.slice(start, end)}${end < line.length ? '…' : ''}`;
}

/** `others` are the lines of the other side. */
function limited(lines: readonly string[], others: readonly string[], sign: string): string[] {
  const shown = lines.slice(0, MAX_LINES).map((line, at) => {
    return `${sign} ${shortened(line, differenceIn(line, others[at] ?? ''))}`;
  });
  return lines.length > MAX_LINES ? [...shown, `${sign} … ${lines.length - MAX_LINES} more lines`] : shown;
}

/** The lines that differ: `- ` expected, `+ ` actual, with some equal lines around them. */
export function diffLines(expected: string, actual: string): string[] {
  const [left, right] = [expected.split('\n'), actual.split('\n')];
  const shorter = Math.min(left.length, right.length);
  let start = 0;
  while (start < shorter && left[start] === right[start]) start++;
  let end = 0;
  while (end < shorter - start && left.at(-1 - end) === right.at(-1 - end)) end++;
  const before = left.slice(Math.max(0, start - CONTEXT), start);
  const after = end === 0 ? [] : left.slice(-end).slice(0, CONTEXT);
  const [missing, added] = [left.slice(start, left.length - end), right.slice(start, right.length - end)];
  const equal = (line: string) => `  ${shortened(line, 0)}`;
  return [...before.map(equal), ...limited(missing, added, '-'), ...limited(added, missing, '+'), ...after.map(equal)];
}
