import { createScanner, type SyntaxKind } from 'jsonc-parser';
import { expect, test } from 'vitest';
import { OpenStrings } from '../../../../src/core/json/openStrings.ts';
import { random } from '../../../support/random.ts';

/** SyntaxKind.EOF, because jsonc-parser exports the enum only as a type. */
const END_OF_FILE = 17 as SyntaxKind;

/** A simple reference implementation that rescans the whole text. */
function openString(text: string): string | undefined {
  const scanner = createScanner(text, true);
  let token = '';
  for (let end = 0; ;) {
    if (scanner.scan() === END_OF_FILE) {
      const isOpen = token.startsWith('"') && end === text.length && !/^"(?:[^"\\]|\\[^])*"$/.test(token);
      return isOpen ? token.slice(1) : undefined;
    }
    end = scanner.getTokenOffset() + scanner.getTokenLength();
    token = text.slice(scanner.getTokenOffset(), end);
  }
}

function decoded(inside: string): string {
  try {
    return String(JSON.parse(`"${inside}"`));
  } catch {
    return '';
  }
}

function escapedAfter(before: string, value: string): string {
  const inside = openString(before);
  if (inside === undefined) return value;
  const text = decoded(inside);
  return JSON.stringify(/^\s*[[{]/.test(text) ? escapedAfter(text, value) : value).slice(1, -1);
}

test('escapes like a scan of the whole preceding text', () => {
  const pieces = [
    '"',
    '\\',
    '\\"',
    '\\\\',
    '{',
    '[',
    ':',
    ' ',
    'a',
    '\n',
    '\t',
    '/',
    '//',
    '/*',
    '*/',
    '\\u007b',
    '\\u',
    '"{',
    '"[\\"',
  ];
  const next = random(1);
  for (let run = 0; run < 1000; run++) {
    const open = new OpenStrings();
    let text = '';
    for (let count = 0; count < 12; count++) {
      const piece = pieces[next(pieces.length)] ?? '';
      open.append(piece);
      text += piece;
      expect(open.escape('x"y'), JSON.stringify(text)).toBe(escapedAfter(text, 'x"y'));
    }
  }
});
