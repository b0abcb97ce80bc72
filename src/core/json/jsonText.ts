import { createScanner, stripComments } from 'jsonc-parser';
import { jsonErrorOffset, readToken } from './jsonScan.ts';

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
    return positionAt(text, jsonErrorOffset(text) ?? 0);
  }
}

const STEP = '  ';

/** Deeper than this, a layout would be more indentation than text. */
export const MAX_DEPTH = 200;

/** How deep JSON nests; the text must be valid. */
export function jsonDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; ;) {
    const token = readToken(text, at);
    if (token === undefined || 'wrong' in token) return deepest;
    const sign = text[token.start];
    if (sign === '{' || sign === '[') deepest = Math.max(deepest, ++depth);
    else if (sign === '}' || sign === ']') depth--;
    at = token.end;
  }
}

/**
 * Lays JSON out over lines without touching a token: numbers, escapes, key order and duplicate keys stay as received.
 * The text must be valid JSON; one that nests more than 200 deep is given back as it is. Works token by token, since
 * parsing and printing again would round large numbers.
 */
export function prettyJson(text: string): string {
  const parts: string[] = [];
  let depth = 0;
  let previous = '';
  for (let at = 0; ;) {
    const found = readToken(text, at);
    if (found === undefined || 'wrong' in found) return parts.join('');
    const token = text.slice(found.start, found.end);
    const isFirst = previous === '{' || previous === '[';
    const isClosing = token === '}' || token === ']';
    if (isClosing) depth--;
    if (isClosing ? !isFirst : isFirst || previous === ',') parts.push('\n', STEP.repeat(depth));
    parts.push(token === ':' ? ': ' : token);
    if ((token === '{' || token === '[') && ++depth > MAX_DEPTH) return text;
    previous = token;
    at = found.end;
  }
}

/** JSON with comments and trailing commas as JSON, every other character as it stands. */
export function strictJson(text: string): string {
  const plain = stripComments(text);
  const scanner = createScanner(plain, true);
  const parts: string[] = [];
  let kept = 0;
  let comma: number | undefined;
  for (;;) {
    scanner.scan();
    const token = plain.slice(scanner.getTokenOffset(), scanner.getTokenOffset() + scanner.getTokenLength());
    if (token === '') break;
    if (comma !== undefined && (token === '}' || token === ']')) {
      parts.push(plain.slice(kept, comma));
      kept = comma + 1;
    }
    comma = token === ',' ? scanner.getTokenOffset() : undefined;
  }
  return parts.join('') + plain.slice(kept);
}
