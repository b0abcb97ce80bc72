import { applyEdits, tokensOf, type Edit, type Token } from './tokens.ts';

const CLOSING: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

/** The index of the token after a name or pattern, and its type. */
function afterTarget(tokens: readonly Token[], start: number): number {
  let index = start + 1;
  const open = tokens[start]?.text ?? '';
  const close = CLOSING[open];
  for (let depth = close === undefined ? 0 : 1; depth > 0 && index < tokens.length; index++) {
    const { text } = tokens[index] ?? { text: '' };
    if (text === open) depth++;
    if (text === close) depth--;
  }
  while (tokens[index]?.isType === true) index++;
  return index;
}

/** The commas between the variables of a declaration, whose first one is at `start`. */
function commasOf(tokens: readonly Token[], start: number): Token[] {
  const afterName = afterTarget(tokens, start);
  const comma = tokens[afterName]?.text === '=' ? (tokens[afterName]?.valueEnd ?? tokens.length) : afterName;
  const token = tokens[comma];
  return token?.text === ',' ? [token, ...commasOf(tokens, comma + 1)] : [];
}

/** Writes `export const a = 1, b = 2` as two statements: sucrase would lose the second variable. Keeps the lines. */
export async function splitExports(file: string, source: string): Promise<string> {
  if (!/\bexport\s+(?:const|let|var)\b/.test(source)) return source;
  const tokens = (await tokensOf(file, source)) ?? [];
  const edits = tokens.flatMap(({ text }, index): Edit[] => {
    const kind = tokens[index + 1]?.text ?? '';
    if (text !== 'export' || !/^(?:const|let|var)$/.test(kind) || tokens[index + 2]?.text === 'enum') return [];
    return commasOf(tokens, index + 2).map(({ start }) => ({ start, end: start + 1, text: `;export ${kind} ` }));
  });
  return applyEdits(source, edits);
}
