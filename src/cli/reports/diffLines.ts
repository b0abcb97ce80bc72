/** How many equal lines are shown before and after the lines that differ. */
const CONTEXT = 2;

/** The maximum number of lines of each side. */
const MAX_LINES = 40;

function limited(lines: readonly string[], sign: string): string[] {
  const shown = lines.slice(0, MAX_LINES).map((line) => `${sign} ${line}`);
  return lines.length > MAX_LINES ? [...shown, `${sign} … ${lines.length - MAX_LINES} more lines`] : shown;
}

/** The lines that differ: `- ` expected, `+ ` actual, with some equal lines around them. */
export function diffLines(expected: string, actual: string): string[] {
  const [wanted, found] = [expected.split('\n'), actual.split('\n')];
  const shorter = Math.min(wanted.length, found.length);
  let start = 0;
  while (start < shorter && wanted[start] === found[start]) start++;
  let end = 0;
  while (end < shorter - start && wanted.at(-1 - end) === found.at(-1 - end)) end++;
  const before = wanted.slice(Math.max(0, start - CONTEXT), start);
  const after = end === 0 ? [] : wanted.slice(-end).slice(0, CONTEXT);
  return [
    ...before.map((line) => `  ${line}`),
    ...limited(wanted.slice(start, wanted.length - end), '-'),
    ...limited(found.slice(start, found.length - end), '+'),
    ...after.map((line) => `  ${line}`),
  ];
}
