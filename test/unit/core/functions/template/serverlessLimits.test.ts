import { describe, expect, test } from 'vitest';
import type { WorkBudget } from '../../../../../src/core/async/workBudget.ts';
import type { MessageCode } from '../../../../../src/core/messages/messages.ts';
import { serverlessFunctions } from '../../../../../src/core/functions/template/serverless.ts';
import { parseTemplateTree } from '../../../../../src/core/functions/template/yamlTree.ts';
import { readService } from '../../../../support/readService.ts';

const many = (count: number, line: (index: number) => string, between = '\n') =>
  Array.from({ length: count }, (_, index) => line(index)).join(between);

const service = (value: string) => `service: shop
provider: { name: aws, runtime: nodejs22.x }
functions: { f: { handler: a.b, environment: { V: "${value}" } } }`;

const chain = (count: number, line: (next: number) => string) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${index}.yml`, line(index + 1)]));

describe('a service that exceeds a limit has one problem', () => {
  test.each<[string, string, Record<string, string>, MessageCode]>([
    ['nested variables', service('${self:'.repeat(1000) + '}'.repeat(1000)), {}, 'templateTooDeep'],
    [
      'a chain of keys in files',
      service('${file(a.yml):0}'),
      { 'a.yml': many(2000, (index) => `${index}: \${file(a.yml):${index + 1}}`) },
      'templateTooDeep',
    ],
    [
      '.env values that grow exponentially',
      service('${env:A0}'),
      { '.env': many(31, (index) => `A${index}=${index === 30 ? 'x' : `\${env:A${index + 1}}`.repeat(2)}`) },
      'templateTooMuchText',
    ],
    [
      'a large included file',
      service('${file(a.json)}'),
      { 'a.json': `[${'1,'.repeat(900_000)}1]` },
      'templateTooMuchWork',
    ],
    ['a long text of fallbacks', service(`\${a:${",'".repeat(2_500_000)}}`), {}, 'templateTooMuchText'],
    ['many variables', service(many(900_000, () => '${a:}', '')), {}, 'templateTooMuchText'],
  ])('%s', (_, text, files, code) => {
    expect(readService(text, { files })).toMatchObject({ functions: [], problems: [{ code }] });
  });
});

test.each<[string, string]>([
  ['unclosed variables', service('${a:'.repeat(200_000))],
  ['apostrophes', service(`\${a:b, ${"it's ".repeat(100_000)}}`)],
  ['opening quotes', service(`\${a:b${", '".repeat(200_000)}}`)],
  ['parentheses', service(`\${a${'('.repeat(400_000)}:b)}`)],
  ['blanks before a quote', service(`\${a:b,${' '.repeat(400_000)}'x'}`)],
])('%s are read in linear time', (_, text) => {
  expect(readService(text)).toMatchObject({ functions: [{ name: 'f' }], problems: [] });
});

/** The work on a service, counted without limits. */
function stepsOf(text: string, files: Record<string, string> = {}): number {
  let steps = 0;
  const budget: WorkBudget = {
    step: (count = 1) => void (steps += count),
    addOutput: () => undefined,
    nest: (work) => work(),
    checkDepth: () => undefined,
  };
  const tree = parseTemplateTree('serverless.yml', text, budget);
  if ('code' in tree) throw new Error(tree.code);
  serverlessFunctions(tree, { file: 'serverless.yml', text, files: new Map(Object.entries(files)) }, budget);
  return steps;
}

describe('shared values are read once', () => {
  test('a file that is included many times', () => {
    const files = { 'a.yml': many(1000, (index) => `k${index}: v`) };
    const text = (count: number) =>
      `service: s\nprovider: aws\nfunctions:\n${many(count, (index) => `  f${index}: { handler: a.b, environment: '\${file(a.yml):e}', name: '\${file(a.yml):k${index}}' }`)}`;
    expect(stepsOf(text(100), files)).toBeLessThan(1.8 * stepsOf(text(1), files));
  });

  test('files that include the next one twice', () => {
    const files = (levels: number) => ({
      ...chain(levels, (next) => `{ a: "\${file(${next}.yml)}", b: "\${file(${next}.yml)}" }`),
      [`${levels}.yml`]: '{ a: x }',
    });
    const text = `service: s\nprovider: aws\nfunctions: { f: { handler: a.b, environment: "\${file(0.yml)}" } }`;
    expect(stepsOf(text, files(40))).toBeLessThan(2.5 * stepsOf(text, files(20)));
  });

  test('the steps grow linearly with the number of functions', () => {
    const text = (count: number) =>
      `service: s\nprovider: { name: aws, environment: { A: "\${self:service}" } }\nfunctions:\n${many(count, (index) => `  f${index}: { handler: a.b, environment: { B: "\${sls:stage}", C: !Ref X } }`)}`;
    expect(stepsOf(text(1000))).toBeLessThan(11 * stepsOf(text(100)));
  });
});

test('lists 2,000 functions of an included file with their lines', () => {
  const { functions, problems } = readService('service: s\nprovider: aws\nfunctions: ${file(f.yml)}', {
    files: { 'f.yml': many(2000, (index) => `f${index}:\n  handler: a.b\n  timeout: 3`) },
  });
  expect(problems).toEqual([]);
  expect(functions.at(-1)).toMatchObject({ name: 'f1999', includedFrom: { line: 1 + 1999 * 3 } });
});
