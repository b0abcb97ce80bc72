import { describe, expect, test } from 'vitest';
import { toSentence } from '../../../../../src/core/messages/messages.ts';
import { readTemplate } from '../../../../../src/core/functions/template/readTemplate.ts';
import { readService } from '../../../../support/readService.ts';

const HEAD = 'service: shop\nprovider: { name: aws, runtime: nodejs22.x }\n';

const sentences = (messages: readonly Parameters<typeof toSentence>[0][]) =>
  messages.map((message) => toSentence(message));

describe('functions in other files', () => {
  test('a whole file, with the line of each definition', () => {
    const { functions, problems } = readService(`${HEAD}functions: \${file(./functions.yml)}`, {
      files: { 'functions.yml': '# ours\na:\n  handler: a.b\nb: { handler: c.d }\n' },
    });
    expect(problems).toEqual([]);
    expect(functions).toMatchObject([
      { name: 'a', line: 3, includedFrom: { file: 'functions.yml', line: 2 }, fn: { handler: 'a.b' } },
      { name: 'b', line: 3, includedFrom: { file: 'functions.yml', line: 4 }, fn: { handler: 'c.d' } },
    ]);
  });

  test('a list of objects and files, also of keys in them', () => {
    const { functions } = readService(
      `${HEAD}functions:
  - \${file(lambda/one.yml)}
  - \${file(../common/two.json):api.functions}
  - three:
      handler: three.run
  - \${self:custom.four}
custom:
  four: { four: { handler: four.run } }`,
      {
        files: {
          'lambda/one.yml': 'one: { handler: one.run }',
          '../common/two.json': '{ "api": { "functions": { "two": { "handler": "two.run" } } } }',
        },
      },
    );
    expect(functions).toMatchObject([
      { name: 'one', line: 4, includedFrom: { file: 'lambda/one.yml', line: 1 }, fn: { handler: 'one.run' } },
      { name: 'two', line: 5, includedFrom: { file: '../common/two.json' }, fn: { handler: 'two.run' } },
      { name: 'three', line: 6, fn: { handler: 'three.run' } },
      { name: 'four', line: 10, fn: { handler: 'four.run' } },
    ]);
    expect(functions[2]).not.toHaveProperty('includedFrom');
  });

  test('a single function and a list inside a file', () => {
    const { functions } = readService(
      `${HEAD}functions:\n  a: \${file(a.yml)}\n  b: \${file(all.yml):b}\n  c:\n    handler: \${file(all.yml):handlers.c}`,
      { files: { 'a.yml': 'handler: a.run', 'all.yml': 'x: 1\nb: { handler: b.run }\nhandlers: { c: c.run }' } },
    );
    expect(functions).toMatchObject([
      { name: 'a', line: 4, includedFrom: { file: 'a.yml', line: 1 }, fn: { handler: 'a.run' } },
      { name: 'b', line: 5, includedFrom: { file: 'all.yml', line: 2 }, fn: { handler: 'b.run' } },
      { name: 'c', line: 6, fn: { handler: 'c.run' } },
    ]);
  });

  test('a later definition of the same function overrides the earlier one field by field', () => {
    const { functions } = readService(`${HEAD}functions:\n  - a: { handler: a.b, timeout: 9 }\n  - a: { timeout: 20 }`);
    expect(functions).toMatchObject([{ name: 'a', line: 5, fn: { handler: 'a.b', timeout: 20 } }]);
  });

  test('a file can include others, which are requested in further rounds, relative to the service', () => {
    const { functions, rounds } = readService(`${HEAD}functions: \${file(a/functions.yml)}`, {
      files: {
        'a/functions.yml': 'f: ${file(a/f.yml)}',
        'a/f.yml': 'handler: f.run\nenvironment: { A: "${self:service}", B: "${file(b.txt)}" }',
        'b.txt': 'text\n',
      },
    });
    expect(functions[0]?.fn).toMatchObject({ handler: 'f.run', environment: { A: 'shop', B: 'text\n' } });
    expect(rounds).toBe(4);
  });

  test('variables in the path and in the key', () => {
    const { functions } = readService(
      `${HEAD}custom: { part: api }
functions: \${file(./config.\${opt:stage, 'dev'}.yml):\${self:custom.part}.\${sls:stage}}`,
      { files: { 'config.dev.yml': 'api: { dev: { f: { handler: f.run } } }' } },
    );
    expect(functions).toMatchObject([{ name: 'f', fn: { handler: 'f.run' } }]);
  });

  test('circular files are reported', () => {
    const { functions, problems } = readService(`${HEAD}functions: \${file(a.yml)}`, {
      files: { 'a.yml': '${file(b.yml)}', 'b.yml': '${file(a.yml)}' },
    });
    expect(functions).toEqual([]);
    expect(sentences(problems)).toEqual([
      "serverless.yml, line 3: These functions can't be resolved locally. They aren't listed.",
    ]);
  });
});

describe('configuration in other files', () => {
  test('service, provider, custom and environment', () => {
    const { functions, problems } = readService(
      `service: \${file(common.yml):name}
provider: \${file(common.yml):provider}
custom: \${file(common.yml):custom}
functions:
  f:
    handler: a.b
    environment: \${file(env.json):\${self:provider.stage}}`,
      {
        files: {
          'common.yml':
            'name: shop\nprovider: { name: aws, stage: qa, runtime: python3.13, timeout: 20, environment: { TABLE: "${self:custom.table}" } }\ncustom: { table: "t-${sls:stage}" }',
          'env.json': '{ "qa": { "OWN": 1 }, "dev": {} }',
        },
      },
    );
    expect(problems).toEqual([]);
    expect(functions).toMatchObject([
      {
        otherNames: ['shop-qa-f'],
        fn: { runtime: 'python3.13', timeout: 20, environment: { TABLE: 't-qa', OWN: '1' } },
        notes: [],
      },
    ]);
  });

  test('only files that a function depends on are requested', () => {
    const text = `${HEAD}custom: \${file(custom.yml)}
resources: \${file(resources.yml)}
functions:
  f: { handler: a.b, role: '\${file(role.yml)}', events: [{ http: { schema: '\${file(schema.json)}' } }] }`;
    expect(readTemplate({ file: 'serverless.yml', text }).neededFiles).toEqual([]);
  });

  test('a list index, a bracketed index, and an array as environment value', () => {
    const { functions } = readService(
      `${HEAD}functions: { f: { handler: a.b, environment: { A: '\${file(a.yml):x.1}', B: '\${file(a.yml):x[0].y}' } } }`,
      { files: { 'a.yml': 'x: [{ y: zero }, one]' } },
    );
    expect(functions[0]?.fn.environment).toEqual({ A: 'one', B: 'zero' });
  });
});

describe('a file that cannot be read', () => {
  const service = (value: string) => `${HEAD}# \${file(secrets.yml):key}
functions:
  f:
    handler: a.b
    environment:
      A: '${value}'`;

  test('is reported once, with the line of the variable, and its values are not set', () => {
    const { functions, problems } = readService(
      service("${file(secrets.yml):key}'\n      B: 'x-${file(secrets.yml):other}"),
      { file: 'api/serverless.yml' },
    );
    expect(sentences(problems)).toEqual([
      "api/serverless.yml, line 8: Can't read api/secrets.yml in the workspace folder. Functions and values from it are missing.",
    ]);
    expect(functions[0]?.fn.environment).toEqual({});
    expect(sentences(functions[0]?.notes ?? [])).toEqual([
      "Not set locally, because a file with the values can't be read: A, B.",
    ]);
  });

  test('is reported in the included file that refers to it', () => {
    const { problems } = readService(service('${file(a.yml):key}'), { files: { 'a.yml': '\nkey: ${file(b.yml)}' } });
    expect(sentences(problems)).toEqual([expect.stringContaining("a.yml, line 2: Can't read b.yml")]);
  });

  test('is not reported if there is a fallback', () => {
    const { functions, problems } = readService(service("${file(secrets.yml):key, ''none''}"));
    expect(problems).toEqual([]);
    expect(functions[0]?.fn.environment).toEqual({ A: 'none' });
  });

  test.each(['js', 'cjs', 'mjs', 'ts', 'cts', 'mts'])('.%s files contain code, which is not run', (extension) => {
    const text = service(`\${file(./config.${extension}):key}`);
    expect(readTemplate({ file: 'serverless.yml', text }).neededFiles).toEqual([]);
    expect(sentences(readService(text).problems)).toEqual([
      `serverless.yml, line 8: config.${extension} contains code, which isn't run. Functions and values from it are missing.`,
    ]);
  });

  test.each(['~/config.yml', '/etc/config.yml', String.raw`C:\config.yml`, 'C:/config.yml'])(
    '%s is never requested',
    (path) => {
      const text = service(`\${file(${path}):key}`);
      expect(readTemplate({ file: 'serverless.yml', text }).neededFiles).toEqual([]);
      expect(readService(text).problems).toMatchObject([{ code: 'includedFileMissing' }]);
    },
  );

  test('a syntax error is reported with line and column', () => {
    const { problems } = readService(service('${file(a.yml):key}'), { files: { 'a.yml': 'a: [' } });
    expect(sentences(problems)).toEqual([expect.stringMatching(/^a\.yml, line 1, column \d+: /)]);
  });

  test('a function without a readable definition is listed with the reason', () => {
    const { functions, problems } = readService(
      `${HEAD}functions:\n  a: \${file(a.js):a}\n  b: \${ssm:/b}\n  c: 3\n  d: ~\n  e: \${file(e.yml)}`,
    );
    expect(functions.map(({ name, obstacle }) => [name, obstacle && toSentence(obstacle)])).toEqual([
      ['a', "serverless.yml, line 4: a.js contains code, which isn't run. Functions and values from it are missing."],
      ['b', "Its definition can't be resolved locally."],
      ['c', "Its definition can't be resolved locally."],
      ['e', expect.stringContaining("Can't read e.yml")],
    ]);
    expect(problems).toHaveLength(2);
  });

  test.each(['${ssm:/functions}', '3', '${self:functions}', '[1]'])('functions: %s is reported', (functions) => {
    expect(sentences(readService(`${HEAD}functions: ${functions}`).problems)).toEqual([
      "serverless.yml, line 3: These functions can't be resolved locally. They aren't listed.",
    ]);
  });

  test.each(['', '~', '{}', '[]', '[~]'])('functions: %s has no functions and no problems', (functions) => {
    expect(readService(`${HEAD}functions: ${functions}`)).toMatchObject({ functions: [], problems: [] });
  });
});

test('at most 500 files are requested, and others are reported', () => {
  const keys = Array.from({ length: 502 }, (_, index) => `A${index}: '\${file(${index}.yml)}'`).join(', ');
  const text = `${HEAD}functions: { f: { handler: a.b, environment: { ${keys} } } }`;
  expect(readTemplate({ file: 'serverless.yml', text }).neededFiles).toHaveLength(500);
  const files = Object.fromEntries(Array.from({ length: 502 }, (_, index) => [`${index}.yml`, 'x']));
  expect(readService(text, { files }).problems).toMatchObject([
    { code: 'includedFileMissing', args: ['serverless.yml', 3, '500.yml'] },
    { code: 'includedFileMissing', args: ['serverless.yml', 3, '501.yml'] },
  ]);
});

describe('the reason for a missing value', () => {
  test.each<[string, string]>([
    ['${file(config.${env:STAGE}.yml):a}', "Not set locally: V. Set STAGE in a .env file or in VS Code's environment."],
    ['${param:p}', "Not set locally: V. Set P in a .env file or in VS Code's environment."],
    ['${self:custom.c}-x', "Not set locally, because a file with the values can't be read: V."],
    ['${self:custom.c.d}', "Not set locally, because a file with the values can't be read: V."],
  ])('%s', (value, note) => {
    const { functions } = readService(`${HEAD}params: { default: { p: x }, dev: { p: '\${env:P}' } }
custom: { c: '\${file(c.js)}', d: '\${ssm:/d}' }
functions: { f: { handler: a.b, environment: { V: '${value}' } } }`);
    expect(sentences(functions[0]?.notes ?? [])).toEqual([note]);
  });
});
