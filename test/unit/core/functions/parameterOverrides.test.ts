import { describe, expect, test } from 'vitest';
import { parseParameterOverrides } from '../../../../src/core/functions/parameterOverrides.ts';

describe('parameter overrides of the SAM CLI', () => {
  test.each<[string, Record<string, string>]>([
    ['Stage=dev Table=orders', { Stage: 'dev', Table: 'orders' }],
    ['  Stage=dev\n  Table=orders\n', { Stage: 'dev', Table: 'orders' }],
    ['ParameterKey=Stage,ParameterValue=dev ParameterKey=Size,ParameterValue=5', { Stage: 'dev', Size: '5' }],
    ['"Stage"="two words" Other=\'it is\'', { Stage: 'two words', Other: 'it is' }],
    [String.raw`A="say \"hi\"" B=two\ words`, { A: 'say "hi"', B: 'two words' }],
    ['ParameterKey=A,ParameterValue="x y" ParameterKey=B,ParameterValue=z', { A: 'x y', B: 'z' }],
    ['Url=https://x.example/?a=b,c List=a,b', { Url: 'https://x.example/?a=b,c', List: 'a,b' }],
    ["Name=O'Brien Next=1", { Name: "O'Brien", Next: '1' }],
    ['Empty="" Last=x', { Empty: '', Last: 'x' }],
    ['A=1 A=2', { A: '2' }],
    ['Open="x y', { Open: '"x' }],
    ['', {}],
    ['word another', {}],
  ])('in the text %j', (text, expected) => expect(parseParameterOverrides(text)).toEqual(expected));

  test('in a list of texts and tables', () => {
    expect(parseParameterOverrides(['A=1', 'B=2 C=3', { D: 4, E: ['x', ' y ', ''], F: true }])).toEqual({
      A: '1',
      B: '2',
      C: '3',
      D: '4',
      E: 'x,y',
      F: 'true',
    });
  });

  test('in a table, where null and objects are empty', () => {
    expect(parseParameterOverrides({ A: 'x y', B: null, C: {}, D: '"quoted"' })).toEqual({
      A: 'x y',
      B: '',
      C: '',
      D: 'quoted',
    });
  });

  test.each([undefined, null, 5, true])('%s has none', (value) => expect(parseParameterOverrides(value)).toEqual({}));

  test('a long text is parsed in linear time', () => {
    const text = `A='${'x=" '.repeat(200_000)}`;
    expect(Object.keys(parseParameterOverrides(text))).toEqual(['A', 'x']);
  });
});
