import { expect, test } from 'vitest';
import { readPresetsFile } from '../../../../src/core/presets/readPresetsFile.ts';
import { parsePresetsFile } from '../../../../src/core/presets/presetsFile.ts';

const TEXT = `{
  // comment
  "presets": [{ "name": "a", "FunctionName": "f", },],
  "localFunctions": { "f": { "handler": "f.handler" } },
}
`;
const BOM = '\ufeff';
const read = (bytes: string | Uint8Array) =>
  readPresetsFile(typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes, 'x.json');
const codes = (bytes: string | Uint8Array) => read(bytes).problems.map(({ code }) => code);

test.each([
  ['plain', TEXT],
  ['a byte order mark', BOM + TEXT],
  ['CRLF', TEXT.replaceAll('\n', '\r\n')],
  ['a byte order mark and CRLF', BOM + TEXT.replaceAll('\n', '\r\n')],
])('reads presets and functions with %s', (_, text) => {
  const { entries, localFunctions, problems } = read(text);
  expect(problems).toEqual([]);
  expect(entries.map(({ preset }) => preset.name)).toEqual(['a']);
  expect(Object.keys(localFunctions)).toEqual(['f']);
});

test.each([
  ['UTF-16, little endian', Buffer.from(BOM + TEXT, 'utf16le'), 'presetsUtf16'],
  ['UTF-16, big endian', Buffer.from(BOM + TEXT, 'utf16le').swap16(), 'presetsUtf16'],
  ['UTF-16 without a byte order mark', Buffer.from(TEXT, 'utf16le'), 'presetsUtf16'],
  ['Latin-1', Buffer.from('{ "presets": [], "x": "é" }', 'latin1'), 'presetsNotUtf8'],
  ['a duplicate key', '{ "presets": [], "presets": [] }', 'presetsTwice'],
  ['a truncated file', BOM + TEXT.slice(0, 40), 'presetsBroken'],
])('reports %s as one problem', (_, bytes, code) => {
  expect(codes(bytes)).toEqual([code]);
  expect(read(bytes).entries).toEqual([]);
});

test.each(['', '\n', BOM, `${BOM}\r\n`])('an empty file (%j) has no presets', (text) => {
  expect(read(text)).toEqual({ entries: [], localFunctions: {}, environments: {}, problems: [] });
});

test('a byte order mark only shifts offsets by one', () => {
  const [plain] = parsePresetsFile(TEXT, 'x').entries;
  const [marked] = parsePresetsFile(BOM + TEXT, 'x').entries;
  expect(marked?.offset).toBe((plain?.offset ?? 0) + 1);
});
