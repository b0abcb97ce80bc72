import { describe, expect, test } from 'vitest';
import { readService } from '../../../../support/readService.ts';
import { problemsOf, readTemplateFiles } from '../../../../support/readTemplateFiles.ts';

const template = (variables: string, type = 'AWS::Serverless::Function') => `Resources:
  Table: { Type: AWS::DynamoDB::Table }
  Fn:
    Type: ${type}
    Properties: { FunctionName: orders, Handler: a.b, Runtime: nodejs20.x, Environment: { Variables: { ${variables} } } }`;

function read(variables: string, contents: Record<string, string> = {}, rest = {}) {
  const result = readTemplateFiles(template(variables), contents, rest);
  const [fn] = result.functions;
  return { environment: fn?.fn.environment, placeholders: fn?.placeholders, problems: problemsOf(result) };
}

describe('the value of a declared variable', () => {
  const sources = {
    dotenv: { '.env': 'V=dotenv\nNEW=undeclared' },
    shell: { shell: { V: 'shell', NEW: 'undeclared' } },
    all: { 'env.json': '{ "Parameters": { "V": "all", "NEW": "undeclared" } }' },
    own: { 'env.json': '{ "Parameters": { "V": "all" }, "orders": { "V": "own" } }' },
  };

  test.each<[string, string, Record<string, string>, object]>([
    ['the template', 'template', {}, {}],
    ['.env', 'dotenv', sources.dotenv, {}],
    ['the shell', 'shell', sources.dotenv, sources.shell],
    ['Parameters in env.json', 'all', { ...sources.dotenv, ...sources.all }, sources.shell],
    ["the function's variables in env.json", 'own', { ...sources.dotenv, ...sources.own }, sources.shell],
  ])('is that of %s before the sources with a lower priority', (_, expected, contents, rest) => {
    for (const written of ['template', '!Ref Table']) {
      const isTemplate = expected === 'template';
      expect(read(`V: ${written}`, contents, rest)).toEqual({
        environment: { V: isTemplate && written !== 'template' ? 'Table' : expected },
        placeholders: isTemplate && written !== 'template' ? ['V'] : [],
        problems: [],
      });
    }
  });

  test.each([
    'AWS_PROFILE',
    'AWS_ACCESS_KEY_ID',
    'AWS_ENDPOINT_URL',
    'aws_session_token',
    'PATH',
    'HOME',
    'TZ',
    'LC_ALL',
    'NODE_OPTIONS',
    'NODE_PATH',
    'PYTHONPATH',
    'LD_LIBRARY_PATH',
    'ELECTRON_RUN_AS_NODE',
    'VSCODE_PID',
  ])("isn't that of %s in the shell", (name) => {
    expect(read(`'${name}': template`, {}, { shell: { [name]: 'shell' } }).environment).toEqual({ [name]: 'template' });
  });

  test("isn't the shell's copy of a credential", () => {
    const shell = { AWS_SECRET_ACCESS_KEY: '0123456789abcdefghij', V: 'x0123456789abcdefghij' };
    expect(read('V: template', {}, { shell }).environment).toEqual({ V: 'template' });
  });
});

describe('env.json next to the template', () => {
  test('applies to templates without SAM, and to cdk.out from its parent folder', () => {
    const text = template('V: !Ref Table', 'AWS::Lambda::Function');
    const values = '{ "Fn": { "V": "x" } }';
    expect(readTemplateFiles(text, { 'env.json': values }).functions).toMatchObject([
      { fn: { environment: { V: 'x' } } },
    ]);
    const cdk = readTemplateFiles(text, { '../env.json': values }, { file: 'infra/cdk.out/App.template.json' });
    expect(cdk.functions).toMatchObject([{ fn: { environment: { V: 'x' } } }]);
    const dotenv = readTemplateFiles(text, { '../.env': 'V=y' }, { file: 'cdk.out/App.template.json' });
    expect(dotenv.functions).toMatchObject([{ fn: { environment: { V: 'y' } } }]);
  });

  test("isn't used if samconfig.toml names another file", () => {
    const contents = {
      'samconfig.toml': '[default.local_invoke.parameters]\nenv_vars = "other.json"',
      'other.json': '{ "Fn": { "V": "other" } }',
      'env.json': '{ "Fn": { "V": "default", "W": "default" } }',
    };
    expect(read('V: a, W: b', contents)).toEqual({
      environment: { V: 'other', W: 'b' },
      placeholders: [],
      problems: [],
    });
  });

  test.each(['{ "port": 3000 }', '[]', '["a"]'])('%s is for another purpose', (text) => {
    expect(read('V: a', { 'env.json': text })).toEqual({ environment: { V: 'a' }, placeholders: [], problems: [] });
  });

  test('that is invalid is reported with its line, without its content', () => {
    expect(read('V: a', { 'env.json': '{\n  "Fn": { "V": secret } }' })).toEqual({
      environment: { V: 'a' },
      placeholders: [],
      problems: [
        "env.json, line 2: Expected NAME=value, or JSON with an object of variables for each function. The file isn't used.",
      ],
    });
  });
});

test.each(['12345678901234567890', '1.0', '1e3', '-0', '0.10', '007', '1E-7'])(
  'the number %s keeps its digits',
  (number) => {
    const json = number === '007' ? '"007"' : number;
    expect(read('V: a', { 'env.json': `{ "Fn": { "V": ${json} } }` }).environment).toEqual({ V: number });
    expect(read('V: a', { '.env': `V=${number}` }).environment).toEqual({ V: number });
    expect(read(`V: ${number}`).environment).toEqual({ V: number });
    const text = `{ "Resources": { "Fn": { "Type": "AWS::Lambda::Function", "Properties": { "Environment": { "Variables": { "V": ${json} } } } } } }`;
    expect(readTemplateFiles(text, {}, { file: 'template.json' }).functions).toMatchObject([
      { fn: { environment: { V: number } } },
    ]);
  },
);

test("the Serverless Framework's functions use the shell only instead of placeholders, and no other files", () => {
  const text = `service: s
provider: { name: aws, runtime: nodejs22.x }
functions: { f: { handler: a.b, environment: { A: '\${ssm:/a}', B: known, C: '\${cf:s.o}' } } }`;
  const { functions, neededFiles } = readService(text, { shell: { A: 'shell', B: 'shell' } });
  expect(functions).toMatchObject([{ fn: { environment: { A: 'shell', B: 'known', C: '' } }, placeholders: ['C'] }]);
  expect(neededFiles).not.toContain('env.json');
});
