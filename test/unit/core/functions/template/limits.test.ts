import { describe, expect, test } from 'vitest';
import { toSentence, type MessageCode } from '../../../../../src/core/messages/messages.ts';
import { readCloudFormation } from '../../../../../src/core/functions/template/cloudFormation.ts';
import { readTemplateText } from '../../../../support/readTemplateText.ts';
import { serverlessFunctions } from '../../../../../src/core/functions/template/serverless.ts';
import { parseTemplateTree } from '../../../../../src/core/functions/template/yamlTree.ts';
import type { WorkBudget } from '../../../../../src/core/async/workBudget.ts';

const many = (count: number, line: (index: number) => string, between = '\n') =>
  Array.from({ length: count }, (_, index) => line(index)).join(between);

/** A template with one function, with text before its resources, a variable's value, and a handler. */
const sam = (head: string, value = 'x', handler = 'app.handler') => `${head}
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties: { Handler: ${handler}, Runtime: nodejs20.x, Environment: { Variables: { V: ${value} } } }`;

/** A Serverless Framework file with one function and one variable. */
const sls = (custom: string, value: string) => `service: shop
custom:
${custom}
provider: { name: aws, runtime: nodejs20.x }
functions: { f: { handler: a.b, environment: { V: '${value}' } } }`;

const problemsOf = (text: string, file = 'template.yaml') => {
  const { functions, problems } = readTemplateText(file, text);
  expect(functions).toEqual([]);
  return problems.map((problem) => toSentence(problem));
};

describe('circular conditions', () => {
  test.each([
    ['!Condition B', '!Condition A', 'A → B → A'],
    ['!Not [!Condition A]', 'x', 'A → A'],
    ['!And [!Condition B, !Condition B]', '!Or [!Equals [a, b], !Condition A]', 'A → B → A'],
    ['!Equals [!If [B, x, y], x]', '{ Condition: A }', 'A → B → A'],
  ])('A: %s, B: %s is reported as %s', (a, b, cycle) => {
    expect(problemsOf(sam(`Conditions: { A: ${a}, B: ${b} }`, 'x', '!If [A, a.b, c.d]'))).toEqual([
      `template.yaml has circular Conditions (${cycle}). Remove one of the references to list its functions.`,
    ]);
  });

  test('shortens a long cycle', () => {
    const cycle = many(50, (index) => `  C${index}: !Condition C${(index + 1) % 50}`);
    const [problem] = problemsOf(sam(`Conditions:\n${cycle}`, 'x', '!If [C0, a.b, c.d]'));
    expect(problem).toContain('(C0 → C1 → C2 → C3 → … → C0)');
  });
});

const LAUGHS = many(
  6,
  (index) => `l${index}: &l${index} !Join ["", [${index === 0 ? "'x'" : many(9, () => `*l${index - 1}`, ', ')}]]`,
);

describe('a template that exceeds a limit has one problem', () => {
  test.each<[string, string, MessageCode, string?]>([
    ['unclosed flow collections', '['.repeat(100_000), 'templateTooDeep'],
    ['nested flow collections', `a: ${'['.repeat(5000)}${']'.repeat(5000)}`, 'templateTooDeep'],
    ['nested block collections', many(500, (index) => `${' '.repeat(index)}a:`), 'templateTooDeep'],
    ['nested lists', `${'- '.repeat(5000)}a`, 'templateTooDeep'],
    ['nested JSON', `{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`, 'templateTooDeep', 'template.json'],
    ['nested functions', sam('', `${'!If [A, '.repeat(500)}x${']'.repeat(500)}`), 'templateTooDeep'],
    [
      'a chain of conditions',
      sam(`Conditions:\n${many(5000, (index) => `  C${index}: !Condition C${index + 1}`)}`, 'x', '!If [C0, a, b]'),
      'templateTooDeep',
    ],
    [
      'a chain of variables',
      sls(
        many(2000, (index) => `  a${index}: '\${self:custom.a${index + 1}}'`),
        '${self:custom.a0}',
      ),
      'templateTooDeep',
      'serverless.yml',
    ],
    [
      'a chain of aliases',
      sam(
        many(2000, (index) => `l${index}: &l${index} [${index === 0 ? 'x' : `*l${index - 1}`}]`),
        '*l1999',
      ),
      'templateAliases',
    ],
    [
      '100,000 resources',
      `Resources:\n${many(100_000, (index) => `  R${index}: {Type: AWS::SNS::Topic}`)}`,
      'templateTooMuchWork',
    ],
    ['wide JSON', `{"a":[${'1,'.repeat(900_000)}1]}`, 'templateTooMuchWork', 'template.json'],
    [
      'Globals with many functions',
      `Globals: {Function: {Environment: {Variables: {${many(1000, (index) => `k${index}: 1`, ', ')}}}}}\nResources:\n${many(1000, (index) => `  F${index}: {Type: AWS::Serverless::Function}`)}`,
      'templateTooMuchWork',
    ],
    ['a long path', sls('  a: 1', `\${self:${'.'.repeat(900_000)}}`), 'templateTooMuchWork', 'serverless.yml'],
    [
      'a large parameter',
      sam(`Parameters: { P: { Default: ${'x'.repeat(100_000)} } }`, `!Sub "${'${P}'.repeat(1000)}"`),
      'templateTooMuchText',
    ],
    [
      'a large separator',
      sam('', `!Join ["${'x'.repeat(100_000)}", [${many(100, () => 'a', ', ')}]]`),
      'templateTooMuchText',
    ],
    [
      'a text split into characters',
      sam('', `!Select [0, !Split ["", "${'x'.repeat(4_100_000)}"]]`),
      'templateTooMuchText',
    ],
    [
      'variables that grow exponentially',
      sls(
        many(31, (index) => `  a${index}: '${index === 30 ? 'x' : `\${self:custom.a${index + 1}}`.repeat(2)}'`),
        '${self:custom.a0}',
      ),
      'templateTooMuchText',
      'serverless.yml',
    ],
    [
      'merge keys that expand to many values',
      `a: &a {${many(1000, (index) => `k${index}: 1`, ', ')}}\nb:\n${many(1000, (index) => `  x${index}: {<<: *a}`)}`,
      'templateAliases',
    ],
  ])('%s', (_, text, code, file = 'template.yaml') => {
    expect(readTemplateText(file, text)).toMatchObject({
      functions: [],
      problems: [{ code, args: [file] }].map((one) => ({ ...one, args: expect.arrayContaining([file]) })),
    });
  });

  test('stops at the first of many syntax errors', () => {
    expect(problemsOf('"'.repeat(100_000))).toEqual([expect.stringContaining('line 1, column 3')]);
  });
});

/** An unlimited budget that counts work. */
function countingBudget() {
  const counts = { steps: 0, output: 0 };
  const budget: WorkBudget = {
    step: (count = 1) => void (counts.steps += count),
    addOutput: (size) => void (counts.output += size),
    nest: (work) => work(),
    checkDepth: () => undefined,
  };
  return { counts, budget };
}

function workOf(text: string, file = 'template.yaml') {
  const { counts, budget } = countingBudget();
  const tree = parseTemplateTree(file, text, budget);
  if ('code' in tree) throw new Error(toSentence(tree));
  const parsed = { ...counts };
  if (file === 'template.yaml') readCloudFormation(tree, { file, text }, budget);
  else serverlessFunctions(tree, { file, text }, budget);
  return { steps: counts.steps - parsed.steps, output: counts.output };
}

describe('shared references are resolved once', () => {
  test('conditions', () => {
    const nested = (levels: number) =>
      sam(
        `Conditions:\n${many(levels, (index) => `  C${index}: !And [!Condition C${index + 1}, !Condition C${index + 1}]`)}\n  C${levels}: !Equals [a, a]`,
        'x',
        '!If [C0, a.b, c.d]',
      );
    expect(workOf(nested(60)).steps).toBeLessThan(2.5 * workOf(nested(30)).steps);
    expect(readTemplateText('template.yaml', nested(40)).functions).toMatchObject([{ fn: { handler: 'a.b' } }]);
  });

  test('variables', () => {
    const nested = (levels: number) =>
      sls(
        many(
          levels + 1,
          (index) =>
            `  a${index}: ${index === levels ? 'x' : `{ p: '\${self:custom.a${index + 1}}', q: '\${self:custom.a${index + 1}}' }`}`,
        ),
        '${self:custom.a0}',
      );
    expect(workOf(nested(40), 'serverless.yml').steps).toBeLessThan(2.5 * workOf(nested(20), 'serverless.yml').steps);
  });

  test('aliases', () => {
    expect(workOf(sam(LAUGHS, '*l4')).steps).toBeLessThan(500);
    const { functions } = readTemplateText('template.yaml', sam(LAUGHS, '*l2'));
    expect(functions[0]?.fn.environment['V']).toBe('x'.repeat(81));
  });

  test('the steps grow linearly with the number of functions', () => {
    const list = (count: number) =>
      `Resources:\n${many(count, (index) => `  F${index}: { Type: AWS::Serverless::Function, Properties: { Handler: a.b } }\n  V${index}: { Type: AWS::Lambda::Version, Properties: { FunctionName: !Ref F${index} } }`)}`;
    expect(workOf(list(1000)).steps).toBeLessThan(11 * workOf(list(100)).steps);
  });
});

test('lists 3,000 functions with their lines', () => {
  const yaml = `Resources:\n${many(3000, (index) => `  F${index}:\n    Type: AWS::Serverless::Function\n    Properties: { Handler: a.b, Runtime: nodejs20.x }`)}`;
  const json = JSON.stringify(
    {
      Resources: Object.fromEntries(
        Array.from({ length: 3000 }, (_, index) => [
          `F${index}`,
          { Type: 'AWS::Lambda::Function', Properties: { Runtime: 'nodejs20.x' } },
        ]),
      ),
    },
    undefined,
    1,
  );
  expect(readTemplateText('template.yaml', yaml).functions.at(-1)).toMatchObject({ name: 'F2999', line: 2 + 2999 * 3 });
  expect(readTemplateText('a.template.json', json).functions.at(-1)).toMatchObject({
    name: 'F2999',
    line: 3 + 2999 * 6,
  });
});

test.each(['toString', '__proto__', 'constructor'])('%s is an ordinary name', (name) => {
  const { functions, problems } = readTemplateText(
    'template.yaml',
    sam(`Conditions: { ${name}: !Equals [a, a] }`, `!Ref ${name}`, `!If [${name}, a.b, c.d]`),
  );
  expect(problems).toEqual([]);
  expect(functions).toMatchObject([{ fn: { handler: 'a.b', environment: {} } }]);
});

test("lists and objects aren't converted to text", () => {
  for (const value of [
    '!Join [[a], [b]]',
    '!Join ["", [[a, b]]]',
    '!Select [[0], [a]]',
    '!FindInMap [[a], b, c]',
    '!Ref [a]',
  ]) {
    expect(
      readTemplateText('template.yaml', sam('Mappings: { a: { b: { c: d } } }', value)).functions[0],
    ).toMatchObject({ fn: { environment: { V: '' } }, placeholders: ['V'] });
  }
});
