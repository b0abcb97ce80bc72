import { TYPESCRIPT_FILE } from './program.ts';

/** A word or sign of a source. */
export interface Token {
  /** Empty for the text in a template literal. */
  readonly text: string;
  /** Its position in the source. */
  readonly start: number;
  readonly isType: boolean;
  /** For `=`: the index of the token after the value. */
  readonly valueEnd?: number;
}

/** A replacement of a part of a source. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The tokens of a file. Undefined for JSX, which the parser included in this extension doesn't support, and for syntax errors. */
export async function tokensOf(file: string, source: string): Promise<readonly Token[] | undefined> {
  if (file.endsWith('x')) return undefined;
  const { parse, TokenType } = await import('./sucrase.ts');
  try {
    const { tokens } = parse(source, false, TYPESCRIPT_FILE.test(file), false);
    return tokens.map(({ type, start, end, isType, rhsEndIndex }) => ({
      text: type === TokenType.template ? '' : source.slice(start, end),
      start,
      isType,
      ...(rhsEndIndex !== null && { valueEnd: rhsEndIndex }),
    }));
  } catch {
    return undefined;
  }
}

/** Applies edits in the order of their positions. */
export function applyEdits(source: string, edits: readonly Edit[]): string {
  let text = '';
  let at = 0;
  for (const edit of edits) {
    text += source.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return text + source.slice(at);
}
