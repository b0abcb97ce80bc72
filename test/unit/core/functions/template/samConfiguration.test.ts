import { describe, expect, test } from 'vitest';
import { problemsOf, readTemplateFiles } from '../../../../support/readTemplateFiles.ts';
import { readTemplate } from '../../../../../src/core/functions/template/readTemplate.ts';
import { readTemplateText } from '../../../../support/readTemplateText.ts';

const TEMPLATE = `Parameters:
  Stage: { Type: String, Default: dev }
  Size: { Type: Number, Default: 128 }
Globals: { Function: { Handler: a.b, Runtime: nodejs20.x, Environment: { Variables: { STAGE: !Ref Stage } } } }
Resources:
  First:
    Type: AWS::Serverless::Function
    Properties: { MemorySize: !Ref Size, Environment: { Variables: { URL: !Ref Queue, KEY: x } } }
  Second: { Type: AWS::Serverless::Function, Properties: { FunctionName: orders } }
  Queue: { Type: AWS::SQS::Queue }`;

const config = (localInvoke: string, others = '') =>
  `version = 0.1\n${others}\n[default.local_invoke.parameters]\n${localInvoke}`;

const read = (contents: Record<string, string>) => {
  const result = readTemplateFiles(TEMPLATE, contents);
  const environments = result.functions.map(({ fn }) => fn.environment);
  return { ...result, environments, problems: problemsOf(result) };
};

describe('samconfig.toml', () => {
  test.each([
    ['a text', 'parameter_overrides = "Stage=test Size=512"'],
    [
      'keys and values',
      'parameter_overrides = "ParameterKey=Stage,ParameterValue=test ParameterKey=Size,ParameterValue=512"',
    ],
    ['a list', 'parameter_overrides = ["Stage=test", "Size=512"]'],
    ['a table', 'parameter_overrides = { Stage = "test", Size = 512 }'],
  ])('overrides parameters in %s', (_, line) => {
    const { functions } = read({ 'samconfig.toml': config(line) });
    expect(functions).toMatchObject([
      { fn: { memorySize: 512, environment: { STAGE: 'test' } } },
      { fn: { environment: { STAGE: 'test' } } },
    ]);
  });

  test('global applies unless local_invoke has the same key', () => {
    const all = '[default.global.parameters]\nparameter_overrides = "Stage=all Size=512"\nprofile = "shared"';
    expect(read({ 'samconfig.toml': all }).functions).toMatchObject([
      { fn: { profile: 'shared', memorySize: 512, environment: { STAGE: 'all' } } },
      { fn: { profile: 'shared' } },
    ]);
    const { functions } = read({
      'samconfig.toml': config('parameter_overrides = "Stage=mine"\nprofile = "own"', all),
    });
    expect(functions).toMatchObject([{ fn: { profile: 'own', memorySize: 128, environment: { STAGE: 'mine' } } }, {}]);
  });

  test("deploy's parameters belong to the deployed stack, and other environments aren't used", () => {
    const { functions } = read({
      'samconfig.toml':
        '[default.deploy.parameters]\nparameter_overrides = "Stage=prod"\nprofile = "prod"\n[prod.local_invoke.parameters]\nprofile = "prod"',
    });
    expect(functions[0]).toMatchObject({ fn: { environment: { STAGE: 'dev' } } });
    expect(functions[0]).not.toHaveProperty('profile');
  });

  test('refers to files with parameters, which can refer to other files', () => {
    const { functions, problems } = read({
      'samconfig.toml': config('parameter_overrides = ["file://env/dev.yaml", "Size=256"]'),
      'env/dev.yaml': '$include: file://base.toml\nStage: file',
      'env/base.toml': 'Size = 1024',
    });
    expect(problems).toEqual([]);
    expect(functions[0]).toMatchObject({ fn: { memorySize: 256, environment: { STAGE: 'file' } } });
    expect(read({ 'samconfig.toml': config('parameter_overrides = "file://none.yaml"') }).problems).toEqual([
      "Can't read none.yaml, which parameter_overrides refers to. Its parameters aren't used.",
    ]);
    const circular = { 'samconfig.toml': config('parameter_overrides = "file://a.yaml"'), 'a.yaml': '- file://a.yaml' };
    expect(read(circular)).toMatchObject({
      functions: [{}, {}],
      problems: ["Can't read a.yaml, which parameter_overrides refers to. Its parameters aren't used."],
    });
  });

  test('samconfig.yaml is read if there is no samconfig.toml', () => {
    const yaml = 'default: { local_invoke: { parameters: { parameter_overrides: { Stage: yaml }, profile: own } } }';
    expect(read({ 'samconfig.yaml': yaml }).functions[0]).toMatchObject({
      fn: { profile: 'own', environment: { STAGE: 'yaml' } },
    });
    const both = { 'samconfig.yaml': yaml, 'samconfig.toml': config('profile = "toml"') };
    expect(read(both).functions[0]).toMatchObject({ fn: { profile: 'toml', environment: { STAGE: 'dev' } } });
  });

  test.each([
    ['samconfig.toml', 'default = [', "Can't read samconfig.toml ("],
    ['samconfig.yaml', 'default: [', "Can't read samconfig.yaml ("],
    ['samconfig.yaml', `default: ${'['.repeat(500)}`, "Can't read samconfig.yaml ("],
    ['samconfig.yaml', 'default: &a [*a]', "Can't read samconfig.yaml (Recursive alias, or too many aliases). Its "],
  ])('an invalid %s is a problem, and the functions are listed', (name, text, problem) => {
    const { functions, problems } = read({ [name]: text });
    expect(problems).toEqual([expect.stringContaining(problem)]);
    expect(functions).toMatchObject([{ fn: { environment: { STAGE: 'dev' } } }, { name: 'orders' }]);
  });

  test.each(['', 'default = 3', '[default]\nlocal_invoke = []', config('parameter_overrides = 5\nenv_vars = 3')])(
    'the configuration %j sets nothing',
    (text) => {
      const { functions, problems } = read({ 'samconfig.toml': text });
      expect(problems).toEqual([]);
      expect(functions[0]).toMatchObject({ fn: { environment: { STAGE: 'dev' } } });
    },
  );
});

describe('env_vars', () => {
  const withVariables = (json: unknown) =>
    read({
      'samconfig.toml': config('env_vars = "env.json"'),
      'env.json': typeof json === 'string' ? json : JSON.stringify(json),
    });

  test('sets declared variables for all functions, by logical ID, and by function name', () => {
    const { environments, problems } = withVariables({
      Parameters: { STAGE: 'all', URL: 'all', NEW: 'not declared' },
      First: { URL: 'http://queue', KEY: 5 },
      orders: { STAGE: true },
    });
    expect(problems).toEqual([]);
    expect(environments).toEqual([{ STAGE: 'all', URL: 'http://queue', KEY: '5' }, { STAGE: 'true' }]);
  });

  test('the logical ID has priority over the name, and a set variable is no placeholder', () => {
    const { environments, functions } = withVariables({ Second: { STAGE: 'id' }, orders: { STAGE: 'name' } });
    expect(environments[1]).toEqual({ STAGE: 'id' });
    expect(functions[0]?.placeholders).toEqual(['URL']);
    expect(withVariables({ First: { URL: 'x' } }).functions[0]?.placeholders).toEqual([]);
  });

  test('values of other types are empty, as in SAM', () => {
    expect(withVariables({ First: { KEY: null, URL: { Ref: 'x' } } }).environments[0]).toEqual({
      STAGE: 'dev',
      KEY: '',
      URL: '',
    });
  });

  test('can be a .env file', () => {
    expect(withVariables('# comment\nKEY="two words"\nexport STAGE=env\nOTHER=1').environments).toEqual([
      { STAGE: 'env', KEY: 'two words', URL: 'Queue' },
      { STAGE: 'env' },
    ]);
  });

  test.each<[unknown, number]>([
    [[], 1],
    [{ First: 'secret' }, 1],
    ['{\n  "First": {},\n  "KEY": "secret" }', 3],
    ['{ "First": {\n "KEY": "secret"', 2],
    ['\nsecret\nsecret', 2],
  ])('%j is reported with a line but without its content, and the functions are listed', (json, line) => {
    const { problems, environments } = withVariables(json);
    expect(problems).toEqual([
      `env.json, line ${line}: Expected NAME=value, or JSON with an object of variables for each function. The file isn't used.`,
    ]);
    expect(environments[1]).toEqual({ STAGE: 'dev' });
  });

  test('a missing file is a problem', () => {
    expect(read({ 'samconfig.toml': config('env_vars = "none.json"') }).problems).toEqual([
      "Can't find none.json, which env_vars in the SAM configuration refers to. Its variables aren't set.",
    ]);
  });
});

describe('the configuration is needed', () => {
  test('before the template is parsed if the caller reads files', () => {
    const names = ['samconfig.toml', 'samconfig.yaml', 'samconfig.yml', '.env', 'env.json'];
    const result = readTemplate({ file: 'template.yaml', text: TEMPLATE, files: new Map() });
    expect(result).toMatchObject({ functions: [], neededFiles: names });
    expect(readTemplateText('template.yaml', TEMPLATE)).toMatchObject({ functions: [{}, {}], neededFiles: names });
  });

  test('only for SAM templates that are not nested stacks', () => {
    const text = 'Resources: { Fn: { Type: AWS::Lambda::Function } }';
    expect(readTemplateText('template.yaml', text).neededFiles).toEqual([]);
    const nested = readTemplateFiles(
      TEMPLATE,
      { 'samconfig.toml': config('parameter_overrides = "Stage=mine"\nprofile = "own"') },
      { parameters: { Stage: 'parent' } },
    );
    expect(nested.functions[0]).toMatchObject({ fn: { memorySize: 128, environment: { STAGE: 'parent' } } });
    expect(nested.functions[0]).not.toHaveProperty('profile');
  });

  test('messages contain the path of the file in the workspace', () => {
    const files = { 'samconfig.toml': config('env_vars = "env/local.json"') };
    expect(problemsOf(readTemplateFiles(TEMPLATE, files, { file: 'api/template.yaml' }))).toEqual([
      expect.stringContaining("Can't find api/env/local.json,"),
    ]);
  });
});
