import { expect, test } from 'vitest';
import { checkPayload, type PayloadProblem } from '../../../../src/core/invocation/payloadCheck.ts';
import { maskVariables } from '../../../../src/core/presets/variables.ts';

function check(text: string, scanned = text): { readonly problems: PayloadProblem[]; readonly slices: number } {
  const checking = checkPayload(text, scanned);
  for (let slices = 1; ; slices++) {
    const step = checking.next();
    if (step.done === true) return { problems: step.value, slices };
  }
}

/** The code of each problem, its arguments and the marked text. */
const marked = (text: string, scanned = text) =>
  check(text, scanned).problems.map(({ message, from, to }) => [
    message.code,
    ...(message.args ?? []),
    text.slice(from, to),
  ]);

test.each<[string, unknown[]]>([
  ['', []],
  ['{"a":[1,{"a":2}],"b":"a"}', []],
  [
    '{"a":1,\n "a":9007199254740993, "a": [1e999]}',
    [
      ['payloadKeyTwice', 'a', 2, 2, '"a"'],
      ['payloadTooPrecise', '9007199254740993', 2, 6, '9007199254740993'],
      ['payloadKeyTwice', 'a', 2, 24, '"a"'],
      ['payloadTooPrecise', '1e999', 2, 30, '1e999'],
    ],
  ],
  ['{"a":1 "b"}', [['payloadNotJson', 1, 8, '"b"']]],
  ['{"a":1,\n', [['payloadNotJson', 2, 1, ',']]],
  ['[nul]', [['payloadNotJson', 1, 2, 'n']]],
  [' ', [['payloadNotJson', 1, 2, '']]],
])('marks the problems of %j', (text, expected) => {
  expect(marked(text)).toEqual(expected);
});

test('marks at most 100 of each kind', () => {
  expect(check(`{${Array.from({ length: 300 }, () => '"a":1e999').join(',')}}`).problems).toHaveLength(200);
});

test('yields during a large text', () => {
  expect(check(`[${Array.from({ length: 100_000 }, () => 1).join(',')}]`).slices).toBeGreaterThan(50);
});

test('a variable is a value, and isn’t a number or a key that appears twice', () => {
  const text = '{"${env:A}":${input:n},"${env:B}":"x ${uuid}","c":12${now},"d":${unknown}}';
  expect(marked(text, maskVariables(text))).toEqual([['payloadNotJson', 1, 64, '$']]);
  const valid = text.replace('${unknown}', '${uuid}');
  expect(maskVariables(valid)).toHaveLength(valid.length);
  expect(marked(valid, maskVariables(valid))).toEqual([]);
});
