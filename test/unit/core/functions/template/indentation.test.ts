import { describe, expect, test } from 'vitest';
import { readTemplateText } from '../../../../support/readTemplateText.ts';

const environmentOf = (lines: string) => {
  const { functions, problems } = readTemplateText(
    'template.yaml',
    `Resources:
  First: { Type: AWS::Serverless::Function }
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
${lines}
      Timeout: 7
  Last: { Type: AWS::Serverless::Function }`,
  );
  expect(problems).toEqual([]);
  const fn = functions.find(({ name }) => name === 'Fn')?.fn;
  expect(fn).toMatchObject({ handler: 'app.handler', timeout: 7 });
  expect(functions.at(-1)).toMatchObject({ name: 'Last', line: 9 + lines.split('\n').length - 1 });
  return fn?.environment;
};

describe('indentation is ignored as in CloudFormation', () => {
  test.each<[string, string]>([
    ['a closing brace below its key', '      Environment: {\n        Variables: { A: x, B: y }\n      }'],
    [
      'nested braces below their keys',
      '      Environment: {\n      Variables: {\n      A: x,\n      B: y\n      }\n      }',
    ],
    ['a brace below a key', '      Environment:\n        Variables: {\n          A: x, B: y\n        }'],
    ['a map with less indentation', '      Environment:\n        Variables: {\n  A: x,\nB:\ny\n }'],
    ['a list below its key', '      Environment: { Variables: { A: x, B: !Join ["", [\n      y\n      ]\n      ] } }'],
    [
      'a brace below a dash',
      '      Layers:\n      - {\n        a: b\n      }\n      Environment: {Variables: {A: x, B: y}}',
    ],
    [
      'JSON',
      '      Environment:\n        {\n      "Variables": {\n        "A": "x",\n        "B": "y"\n      }\n      }',
    ],
  ])('%s', (_, lines) => expect(environmentOf(lines)).toEqual({ A: 'x', B: 'y' }));

  test('brackets in quoted and block texts are text', () => {
    expect(
      environmentOf(`      Environment:
        Variables: {
          A: "{ [
      } ]",
          B: '}
  '
        }
      Description: |
        {
        [
      Layers: [
        "]"
      ]`),
    ).toEqual({ A: '{ [ } ]', B: '} ' });
  });

  test('quoted texts continue with less indentation', () => {
    expect(
      environmentOf(`      Environment:
        Variables:
          "A": "one
  two

three"
          B: 'it''s
   \\'`),
    ).toEqual({ A: 'one two\nthree', B: "it's \\" });
  });
});

describe('a syntax error is reported at its line', () => {
  const HEAD = 'Resources:\n  Fn:\n    Type: AWS::Serverless::Function\n';
  test.each<[string, string, number]>([
    ['an unclosed brace', '    Properties: { Handler: a.b\n  Other:\n    Type: x', 5],
    ['an unclosed bracket', '    Layers: [\n      a, b\n  Other:\n    Type: x', 6],
    ['an unclosed nested brace', '    Layers: {\n      a: { b: c\n    }\n  Other:\n    Type: x', 7],
    ['an error after a closing brace below its key', '    Properties: {\n      A: b\n  }\n  Other: ]', 7],
    ['an unclosed quote', '    Layers: "a\n  Other:\n    Type: "x"', 4],
  ])('%s', (_, lines, line) => {
    expect(readTemplateText('template.yaml', HEAD + lines).problems).toMatchObject([
      { code: 'templateBroken', args: ['template.yaml', line, expect.any(Number), expect.any(String)] },
    ]);
  });
});
