import { parse, parseTree, type Node, type ParseError } from 'jsonc-parser';
import { withoutDeepValues } from './jsonShape.ts';

const OPTIONS = { allowTrailingComma: true } as const;

/**
 * Parses JSON with comments and trailing commas into a tree with offsets in UTF-16 units. Values nested deeper than 200
 * levels appear as a number: take their text from the source.
 */
export function parseJsonTree(text: string, errors: ParseError[] = []): Node | undefined {
  return parseTree(withoutDeepValues(text), errors, OPTIONS);
}

/** Parses JSON with comments and trailing commas, as far as it's readable. See parseJsonTree for deep values. */
export function parseJsonc(text: string): unknown {
  return parse(withoutDeepValues(text), [], OPTIONS);
}
