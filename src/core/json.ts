import { createScanner, parseTree, stripComments, type ParseError } from 'jsonc-parser';

/** A place in a text, as editors count: both from 1. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

export function positionAt(text: string, offset: number): TextPosition {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - lineStart + 1 };
}

/** Where a text stops being JSON (no comments, no trailing commas), or undefined for valid JSON. */
export function findJsonError(text: string): TextPosition | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    const errors: ParseError[] = [];
    parseTree(text, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
    // jsonc-parser forgives a little more than JSON.parse (control characters in strings): then name the text's start.
    return positionAt(text, errors[0]?.offset ?? 0);
  }
}

const STEP = '  ';

/**
 * Lays JSON out over lines without touching a token: numbers, escapes, key order and duplicate keys stay as received.
 * The text must be valid JSON. Works token by token, since parsing and printing again would round large numbers.
 */
export function prettyJson(text: string): string {
  const scanner = createScanner(text, true);
  const parts: string[] = [];
  let depth = 0;
  let previous = '';
  for (;;) {
    scanner.scan();
    const token = text.slice(scanner.getTokenOffset(), scanner.getTokenOffset() + scanner.getTokenLength());
    if (token === '') return parts.join('');
    const isFirst = previous === '{' || previous === '[';
    const isClosing = token === '}' || token === ']';
    if (isClosing) depth--;
    if (isClosing ? !isFirst : isFirst || previous === ',') parts.push('\n', STEP.repeat(depth));
    parts.push(token === ':' ? ': ' : token);
    if (token === '{' || token === '[') depth++;
    previous = token;
  }
}

/** JSON with comments and trailing commas as JSON, every other character as it stands. */
export function strictJson(text: string): string {
  const plain = stripComments(text);
  const scanner = createScanner(plain, true);
  const dropped: number[] = [];
  let comma: number | undefined;
  for (;;) {
    scanner.scan();
    const token = plain.slice(scanner.getTokenOffset(), scanner.getTokenOffset() + scanner.getTokenLength());
    if (token === '') break;
    if (comma !== undefined && (token === '}' || token === ']')) dropped.push(comma);
    comma = token === ',' ? scanner.getTokenOffset() : undefined;
  }
  return dropped.reduceRight((before, at) => before.slice(0, at) + before.slice(at + 1), plain);
}
