import { describe, expect, test } from 'vitest';
import { parseFunctionName } from '../../../../src/core/functions/functionName.ts';
import { indexNames } from '../../../../src/core/functions/nameIndex.ts';
import { uniqueNames, type FunctionDefinition } from '../../../../src/core/functions/uniqueNames.ts';

/** `file#plainName` or `workspaceFolder:file#plainName`, optionally with `=logicalId`. No file: a presets file. */
function definition(text: string): FunctionDefinition {
  const [, workspaceFolder = 'shop', file = '', plainName = '', logicalId] =
    /^(?:(\w+):)?([^#]*)#([^=]*)(?:=(.*))?$/.exec(text) ?? [];
  const isPresets = file === '';
  return {
    workspaceFolder,
    file: isPresets ? '.vscode/lambda-invoke.json' : file,
    plainName,
    ...(!isPresets && { logicalId: logicalId ?? plainName }),
  };
}

const named = (...texts: string[]) => uniqueNames(texts.map(definition));

describe('functions are named', () => {
  test.each<[string, string[], string[]]>([
    ['by their plain names, if these are unique', ['a/template.yaml#F', 'b/template.yaml#G'], ['F', 'G']],
    [
      'with their folder in front',
      ['orders/template.yaml#OnEvents', 'payments/template.yaml#OnEvents'],
      ['orders.OnEvents', 'payments.OnEvents'],
    ],
    [
      'with as many folders as tell them apart',
      ['a/x/template.yaml#F', 'b/x/template.yaml#F', 'c/y/template.yaml#F'],
      ['a.x.F', 'b.x.F', 'y.F'],
    ],
    ['with the template of the workspace folder', ['template.yaml#F', 'a/template.yaml#F'], ['template.F', 'a.F']],
    [
      'with the file, if a folder has several templates',
      ['a/api.yaml#F', 'a/jobs.template.json#F', 'b/template.yaml#F'],
      ['api.F', 'jobs.F', 'b.F'],
    ],
    [
      'with folder and file',
      ['a/api.yaml#F', 'a/jobs.yaml#F', 'b/api.yaml#F', 'b/jobs.yaml#F'],
      ['a.api.F', 'a.jobs.F', 'b.api.F', 'b.jobs.F'],
    ],
    ['with the logical ID in one file', ['a/t.yaml#F=One', 'a/t.yaml#F=Two'], ['One.F', 'Two.F']],
    [
      'with the workspace folder',
      ['one:a/t.yaml#F', 'two:a/t.yaml#F', 'two:b/t.yaml#F'],
      ['one.a.F', 'two.a.F', 'b.F'],
    ],
    ['plainly in the presets file', ['a/t.yaml#F', '#F', 'b/t.yaml#F'], ['a.F', 'F', 'b.F']],
    ['plainly in the first presets file', ['one:#F', 'two:#F', 'a/t.yaml#F'], ['F', 'two.F', 'a.F']],
    ['with allowed characters only', ['a b.c/t.yaml#F', 'ä/t.yaml#F'], ['a-b-c.F', '-.F']],
  ])('%s', (_, definitions, expected) => {
    expect(named(...definitions)).toEqual(expected);
  });

  test('differently if their paths differ only in characters that names can’t have', () => {
    const names = named('a b/t.yaml#F', 'a.b/t.yaml#F');
    expect(new Set(names).size).toBe(2);
    for (const name of names) expect(name).toMatch(/^shop\.a-b-[0-9a-f]{8}\.F$/);
  });

  test('unlike any other function', () => {
    const names = named('a/t.yaml#F', 'b/t.yaml#F', 'c/t.yaml#a.F');
    expect(new Set(names).size).toBe(3);
    expect(names[2]).toBe('a.F');
  });

  test('with at most 64 characters that Invoke accepts', () => {
    const long = 'x'.repeat(60);
    const names = named(
      `${long}/one/t.yaml#OnEvents`,
      `${long}/two/t.yaml#OnEvents`,
      `${long}1/same/t.yaml#OnEvents`,
      `${long}2/same/t.yaml#OnEvents`,
      `a/t.yaml#${'F'.repeat(64)}`,
      `b/t.yaml#${'F'.repeat(64)}`,
    );
    expect(names.slice(0, 2)).toEqual(['one.OnEvents', 'two.OnEvents']);
    expect(new Set(names).size).toBe(6);
    for (const name of names) {
      expect(name.length).toBeLessThanOrEqual(64);
      expect(parseFunctionName(name)?.name).toBe(name);
    }
  });
});

test('2,000 functions with one name get names of their own', () => {
  const names = named(...Array.from({ length: 2000 }, (_, index) => `a${index % 50}/b${index}/c/template.yaml#F`));
  expect(new Set(names).size).toBe(2000);
  expect(names[7]).toBe('b7.c.F');
});

test('names don’t depend on functions with other names, or on the order', () => {
  const functions = ['a/x/t.yaml#F', 'b/x/t.yaml#F', 'c/t.yaml#F'];
  const names = named(...functions);
  expect(named('x/t.yaml#G', ...functions, 'a/x/t.yaml#H').slice(1, 4)).toEqual(names);
  expect(named(...functions.toReversed())).toEqual(names.toReversed());
});

describe('a name that several functions share', () => {
  const named2 = (name: string, plainName: string, ...otherNames: string[]) => ({ name, plainName, otherNames });
  const index = indexNames([
    named2('a.F', 'F'),
    named2('b.F', 'F'),
    named2('G', 'G', 'Id', 'Only'),
    named2('H', 'H', 'Id', 'G'),
  ]);

  test('finds none of them, and lists their own names', () => {
    expect(index.find('F')).toBeUndefined();
    expect(index.choices('F')).toEqual(['a.F', 'b.F']);
    expect(index.find('Id')).toBeUndefined();
    expect(index.choices('Id')).toEqual(['G', 'H']);
  });

  test('doesn’t affect other names', () => {
    expect(index.find('b.F')?.name).toBe('b.F');
    expect(index.find('Only')?.name).toBe('G');
    expect(index.find('G')?.name).toBe('G');
    expect(index.choices('G')).toEqual([]);
    expect(index.choices('unknown')).toEqual([]);
  });

  test('finds the function of the presets file, which has it', () => {
    const one = indexNames([named2('F', 'F'), named2('a.F', 'F')]);
    expect(one.find('F')?.name).toBe('F');
    expect(one.choices('F')).toEqual([]);
  });
});
