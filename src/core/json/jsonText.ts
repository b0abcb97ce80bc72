import { createScanner, stripComments } from 'jsonc-parser';
import { jsonErrorOffset, readToken } from './jsonScan.ts';

/** A position in a text. Line and column are 1-based. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

export function positionAt(text: string, offset: number): TextPosition {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - lineStart + 1 };
}

/**
 * The position of the first JSON syntax error, or undefined for valid JSON. Comments and trailing commas are errors.
 */
export function findJsonError(text: string): TextPosition | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    return positionAt(text, jsonErrorOffset(text) ?? 0);
  }
}

const STEP = '  ';

/** Beyond this depth, the output would be mostly indentation. */
export const MAX_DEPTH = 200;

/** The maximum nesting depth of valid JSON. */
export function jsonDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; ;) {
    const token = readToken(text, at);
    if (token === undefined || 'errorOffset' in token) return deepest;
    const character = text[token.start];
    if (character === '{' || character === '[') deepest = Math.max(deepest, ++depth);
    else if (character === '}' || character === ']') depth--;
    at = token.end;
  }
}

/**
 * Formats valid JSON token by token, so that numbers, escapes, key order and duplicate keys stay as received: parsing
 * and printing would round large numbers. Text nested deeper than 200 levels is returned unchanged.
 */
export function prettyJson(text: string): string {
  const parts: string[] = [];
  let depth = 0;
  let previous = '';
  for (let at = 0; ;) {
    const nextToken = readToken(text, at);
    if (nextToken === undefined || 'errorOffset' in nextToken) return parts.join('');
    const token = text.slice(nextToken.start, nextToken.end);
    const isFirst = previous === '{' || previous === '[';
    const isClosing = token === '}' || token === ']';
    if (isClosing) depth--;
    if (isClosing ? !isFirst : isFirst || previous === ',') parts.push('\n', STEP.repeat(depth));
    parts.push(token === ':' ? ': ' : token);
    if ((token === '{' || token === '[') && ++depth > MAX_DEPTH) return text;
    previous = token;
    at = nextToken.end;
  }
}

/** Converts JSON with comments and trailing commas to JSON. All other characters stay the same. */
export function strictJson(text: string): string {
  const plain = stripComments(text);
  const scanner = createScanner(plain, true);
  const parts: string[] = [];
  let copiedTo = 0;
  let comma: number | undefined;
  for (;;) {
    scanner.scan();
    const token = plain.slice(scanner.getTokenOffset(), scanner.getTokenOffset() + scanner.getTokenLength());
    if (token === '') break;
    if (comma !== undefined && (token === '}' || token === ']')) {
      parts.push(plain.slice(copiedTo, comma));
      copiedTo = comma + 1;
    }
    comma = token === ',' ? scanner.getTokenOffset() : undefined;
  }
  return parts.join('') + plain.slice(copiedTo);
}
