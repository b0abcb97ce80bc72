import { parse, parseTree, type Node, type ParseError } from 'jsonc-parser';
import { withoutDeepValues } from './jsonShape.ts';

const OPTIONS = { allowTrailingComma: true } as const;

/**
 * The tree of JSON with comments and trailing commas; its offsets are those of the text, in UTF-16 units. A value that
 * nests deeper than 200 levels is a number in it: its text is to be taken from the source.
 */
export function parseJsonTree(text: string, errors: ParseError[] = []): Node | undefined {
  return parseTree(withoutDeepValues(text), errors, OPTIONS);
}

/** The value of JSON with comments and trailing commas, as far as it can be read; see parseJsonTree. */
export function parseJsonc(text: string): unknown {
  return parse(withoutDeepValues(text), [], OPTIONS);
}
