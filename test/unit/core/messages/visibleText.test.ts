import { expect, test } from 'vitest';
import { visibleLine, visibleText } from '../../../../src/core/messages/visibleText.ts';

const RANGES: readonly (readonly [what: string, from: number, to: number])[] = [
  ['C0 controls', 0x00, 0x1f],
  ['DEL and C1 controls', 0x7f, 0x9f],
  ['soft hyphen', 0xad, 0xad],
  ['combining grapheme joiner', 0x34f, 0x34f],
  ['Arabic letter mark', 0x61c, 0x61c],
  ['Hangul fillers', 0x115f, 0x1160],
  ['Mongolian vowel separator', 0x180e, 0x180e],
  ['zero-width characters and direction marks', 0x200b, 0x200f],
  ['line and paragraph separators', 0x2028, 0x2029],
  ['embeddings and overrides', 0x202a, 0x202e],
  ['word joiner and invisible operators', 0x2060, 0x2064],
  ['isolates', 0x2066, 0x2069],
  ['deprecated format characters', 0x206a, 0x206f],
  ['Hangul filler', 0x3164, 0x3164],
  ['lone surrogates', 0xd800, 0xdfff],
  ['variation selectors', 0xfe00, 0xfe0f],
  ['byte order mark', 0xfeff, 0xfeff],
  ['annotation marks', 0xfff9, 0xfffb],
  ['tags', 0xe0001, 0xe007f],
  ['more variation selectors', 0xe0100, 0xe01ef],
];

test.each(RANGES)('%s are shown as symbols in a line', (_, from, to) => {
  for (let point = from; point <= to; point++) {
    const shown = visibleLine(`a${String.fromCodePoint(point)}b`);
    const symbol = point < 0x20 ? String.fromCodePoint(0x2400 + point) : undefined;
    const hex = point.toString(16).toUpperCase().padStart(4, '0');
    expect(shown).toBe(`a${symbol ?? (point === 0x7f ? '␡' : `[U+${hex}]`)}b`);
  }
});

test('text of several lines keeps tabs and line breaks, a carriage return only with its line feed', () => {
  expect(visibleText('a\tb\nc\r\nd\re\u001b[0m\u2028f')).toBe('a\tb\nc\r\nd␍e␛[0m[U+2028]f');
  expect(visibleLine('a\tb\nc\r\nd')).toBe('a␉b␊c␍␊d');
});

test.each([
  ['a family', '👨‍👩‍👧'],
  ['a dark-skinned technician', '👩🏿‍💻'],
  ['a heart', '❤️ and ☎︎'],
  ['a key cap', '1️⃣'],
  ['Persian', 'می‌خواهم'],
  ['Sinhala', 'ශ්‍රී'],
  ['a Han variant', '葛󠄀'],
  ['accents, Hebrew and pairs of surrogates', 'é ñ שלום 𝔘 🚀'],
])('%s stays as it is', (_, text) => {
  expect(visibleText(text)).toBe(text);
  expect(visibleLine(text)).toBe(text);
});

test('a joiner without letters or pictures to join is shown', () => {
  expect(visibleLine('ad\u200dmin \u200d🚀 🚀\u200d')).toBe('ad[U+200D]min [U+200D]🚀 🚀[U+200D]');
});

test('nothing that is shown is invisible itself', () => {
  const all = Array.from({ length: 0x10000 }, (_, point) => String.fromCharCode(point));
  expect(all.filter((character) => visibleLine(visibleLine(character)) !== visibleLine(character))).toEqual([]);
});
