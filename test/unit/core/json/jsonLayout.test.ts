import { describe, expect, test } from 'vitest';
import { embeddedText } from '../../../../src/core/json/embeddedText.ts';
import { nodeAtShown, nodeAtSource } from '../../../../src/core/json/jsonIndex.ts';
import { JsonLayout } from '../../../../src/core/json/jsonLayout.ts';
import { jsonNodeAt } from '../../../../src/core/json/jsonPath.ts';
import { jsonErrorOffset } from '../../../../src/core/json/jsonScan.ts';
import { prettyJson } from '../../../../src/core/json/jsonText.ts';
import { random } from '../../../support/random.ts';

const next = random(20_261_126);

function randomJson(depth: number): string {
  const space = [' ', '', '', '\n', '\r\n\t', ': ', '  '][next(7)]?.replace(':', '') ?? '';
  const list = (item: () => string) => Array.from({ length: next(4) }, item).join(`,${space}`);
  const literals = [
    '1',
    '-0.5e+3',
    '9007199254740993',
    'true',
    'null',
    '""',
    '"a\\"b\\u00e9"',
    '"{\\"x\\":1}"',
    '"é\ud800"',
  ];
  switch (depth > 4 ? 2 : next(3)) {
    case 0:
      return `[${space}${list(() => randomJson(depth + 1))}${space}]`;
    case 1:
      return `{${space}${list(() => `"${'abc'[next(3)]}"${space}:${space}${randomJson(depth + 1)}`)}}`;
    default:
      return literals[next(literals.length)] ?? '';
  }
}

const texts = Array.from({ length: 3000 }, () => randomJson(0));

function layOut(text: string, length: number): { readonly layout: JsonLayout; readonly shown: string } {
  const layout = new JsonLayout(text);
  let shown = '';
  while (layout.state === 'open') shown += layout.next(length);
  return { layout, shown };
}

describe('JsonLayout', () => {
  test.each([1, 7, 100_000])('formats like prettyJson in slices of %i characters', (length) => {
    for (const text of texts) {
      const { layout, shown } = layOut(text, length);
      expect(shown).toBe(prettyJson(text));
      expect(layout.state).toBe('valid');
      expect(layout.checkpoints.every(({ offset, shown: at }) => text[offset] === shown[at])).toBe(true);
    }
  });

  test('finds what isn’t JSON', () => {
    for (const text of texts) {
      const at = next(text.length);
      const changed = text.slice(0, at) + ('{}[]:,"\\01eE+-. tnu/\n'[next(21)] ?? '') + text.slice(at + next(2));
      expect(layOut(changed, 5).layout.state === 'valid').toBe(jsonErrorOffset(changed) === undefined);
    }
  });

  test('shows the whole of an incomplete text', () => {
    expect(layOut('{"a":[1,{"b": "x y', 3)).toMatchObject({
      shown: '{\n  "a": [\n    1,\n    {\n      "b": "x y',
      layout: { state: 'incomplete' },
    });
  });

  test('stops at 200 levels', () => {
    expect(layOut('['.repeat(200) + ']'.repeat(200), 50).layout.state).toBe('valid');
    expect(layOut('['.repeat(201) + ']'.repeat(201), 50).layout.state).toBe('deep');
  });

  test('knows the lines to fold', () => {
    const { layout, shown } = layOut('{"a":[1,{"b":{}}],"c":[[2]]}', 4);
    const lines = shown.split('\n');
    const folds = layout.foldEnds.flatMap((end, start) => [[lines[start]?.trim(), lines[end]?.trim()]]);
    expect(folds.filter((fold) => fold !== undefined)).toEqual([
      ['{', '}'],
      ['"a": [', '],'],
      ['{', '}'],
      ['"c": [', ']'],
      ['[', ']'],
    ]);
  });
});

describe('jsonNodeAt', () => {
  test.each<[number, string, string]>([
    [0, '$', '{"a":[1,{"b c":"x"}],"d":true}'],
    [2, '$.a', '[1,{"b c":"x"}]'],
    [5, '$.a', '[1,{"b c":"x"}]'],
    [6, '$.a[0]', '1'],
    [7, '$.a[0]', '1'],
    [8, '$.a[1]', '{"b c":"x"}'],
    [10, '$.a[1]["b c"]', '"x"'],
    [19, '$.a', '[1,{"b c":"x"}]'],
    [27, '$.d', 'true'],
    [29, '$', '{"a":[1,{"b c":"x"}],"d":true}'],
  ])('finds the value at offset %i', (offset, path, value) => {
    const text = '{"a":[1,{"b c":"x"}],"d":true}';
    const node = jsonNodeAt(text, offset);
    expect({ path: node?.path, value: text.slice(node?.start, node?.end) }).toEqual({ path, value });
  });

  test('gives the same node from the formatted text, from the source and without checkpoints', () => {
    for (const text of texts) {
      const { layout, shown } = layOut(text, 4);
      const offset = next(shown.length);
      const shownText = (from: number, to: number) => shown.slice(from, to);
      const node = nodeAtShown(text, layout.checkpoints, { offset, shownText });
      const inShown = jsonNodeAt(shown, offset);
      expect(node?.path).toBe(inShown?.path);
      expect(prettyJson(text.slice(node?.start, node?.end))).toBe(
        prettyJson(shown.slice(inShown?.start, inShown?.end)),
      );
      const at = next(text.length);
      expect(nodeAtSource(text, layout.checkpoints, at)).toEqual(jsonNodeAt(text, at));
    }
  });
});

describe('embeddedText', () => {
  const base64 = (text: string) => JSON.stringify(Buffer.from(text).toString('base64'));

  test.each<[string, ReturnType<typeof embeddedText>]>([
    ['"{\\"id\\":9007199254740993}"', { text: '{"id":9007199254740993}', language: 'json', isBase64: false }],
    ['" [1] "', { text: ' [1] ', language: 'json', isBase64: false }],
    ['"[INFO] started [1]"', undefined],
    ['"12"', undefined],
    ['""', undefined],
    [base64('{"a":"é"}   '), { text: '{"a":"é"}   ', language: 'json', isBase64: true }],
    [base64('Hello, world\n'), { text: 'Hello, world\n', language: 'text', isBase64: true }],
    [base64('Hello'), undefined],
    ['"da39a3ee5e6b4b0d3255bfef95601890afd80709"', undefined],
    ['"GetFunctionConfigurationOfMyStackAbcdefg"', undefined],
  ])('finds what is in %s', (literal, expected) => {
    expect(embeddedText(literal)).toEqual(expected);
  });
});
