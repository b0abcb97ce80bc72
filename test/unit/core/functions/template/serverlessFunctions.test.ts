import { describe, expect, test } from 'vitest';
import { toSentence } from '../../../../../src/core/messages/messages.ts';
import type { TemplateFunction } from '../../../../../src/core/functions/template/templateFunction.ts';
import { readService } from '../../../../support/readService.ts';

const HEAD = 'service: shop\n';

/** The only function of a service, with its own fields, and those of the provider and the root. */
function functionWith(fields: string, provider = '', root = ''): TemplateFunction {
  const { functions, problems } = readService(
    `${HEAD}${root}\nprovider: { name: aws, runtime: nodejs22.x${provider && `, ${provider}`} }\nfunctions: { f: { ${fields} } }`,
  );
  expect(problems).toEqual([]);
  return functions[0] as TemplateFunction;
}

const notesOf = ({ notes }: TemplateFunction) => notes.map((note) => toSentence(note));
const obstacleOf = ({ obstacle }: TemplateFunction) => obstacle && toSentence(obstacle);

describe('the fields of a function', () => {
  test("have the framework's defaults", () => {
    const { functions } = readService(`${HEAD}provider: aws\nfunctions: { f: { handler: src/a.b } }`);
    expect(functions).toEqual([
      expect.objectContaining({
        name: 'f',
        logicalId: 'f',
        otherNames: ['shop-dev-f'],
        line: 3,
        fn: expect.objectContaining({
          handler: 'src/a.b',
          runtime: 'nodejs20.x',
          timeout: 6,
          memorySize: 1024,
          codeUri: '',
          logFormat: 'Text',
          aliases: {},
          isTenantIsolated: false,
          isDurable: false,
        }),
        notes: [],
      }),
    ]);
  });

  test.each<[string, string, object]>([
    ['timeout: 9, memorySize: 256', 'timeout: 20, memorySize: 512', { timeout: 9, memorySize: 256 }],
    ['x: 1', 'timeout: 20, memorySize: 512', { timeout: 20, memorySize: 512 }],
    ['timeout: 0', 'timeout: 20', { timeout: 20 }],
    ["timeout: '${self:custom.t}'", '', { timeout: 8 }],
    ['capacityProvider: c', '', { memorySize: 2048, logFormat: 'JSON', isManaged: true }],
    ['capacityProvider: c, memorySize: 32768, timeout: 5400', '', { memorySize: 32_768, timeout: 5400 }],
    ['runtime: python3.13', '', { runtime: 'python3.13' }],
    [
      'reservedConcurrency: 2, maximumRetryAttempts: 0',
      '',
      { reservedConcurrentExecutions: 2, maximumRetryAttempts: 0 },
    ],
    ['tenancy: { mode: PER_TENANT }', '', { isTenantIsolated: true }],
    [
      'durableConfig: { executionTimeout: 60 }',
      '',
      { isDurable: true, durableConfig: { executionTimeout: 60 }, aliases: { durable: '1' } },
    ],
    ['provisionedConcurrency: 1', '', { aliases: { provisioned: '1' } }],
    ['provisionedConcurrency: { executions: 1, alias: live }', '', { aliases: { live: '1' } }],
    ['snapStart: true', '', { aliases: { snapstart: '1' } }],
    ['logs: { logFormat: JSON }', '', { logFormat: 'JSON' }],
    ['x: 1', 'logs: { lambda: { logFormat: JSON } }', { logFormat: 'JSON' }],
    ['logs: { logFormat: Text }', 'logs: { lambda: { logFormat: JSON } }', { logFormat: 'Text' }],
  ])('{ %s } with a provider of { %s }', (fields, provider, expected) => {
    expect(functionWith(`handler: a.b, ${fields}`, provider, "custom: { t: '8' }").fn).toMatchObject(expected);
  });

  test.each<[string, string, string]>([
    ['runtime: python3.13, module: api, package: { individually: true }', '', 'api'],
    ['runtime: python3.13, module: api', 'package: { individually: true }', 'api'],
    ['runtime: python3.13, module: api', '', ''],
    ['module: api', 'package: { individually: true }', ''],
  ])('the code folder of { %s } with { %s } is "%s"', (fields, root, expected) => {
    expect(functionWith(`handler: a.b, ${fields}`, '', root).fn.codeUri).toBe(expected);
  });

  test('events, also in other files', () => {
    const text = `${HEAD}provider: aws
functions:
  f: { handler: a.b, events: [httpApi: '*', '\${file(e.yml):s3}', alexaSkill, 3] }
  g: { handler: a.b, events: '\${file(e.yml):all}' }`;
    const { functions } = readService(text, { files: { 'e.yml': 's3: { s3: b }\nall: [{ sqs: q }]' } });
    expect(functions.map(({ events }) => events)).toEqual([
      [{ type: 'httpApi' }, { type: 's3' }, { type: 'alexaSkill' }],
      [{ type: 'sqs' }],
    ]);
  });
});

describe('environment variables', () => {
  const environmentWith = (own: string, shared: string, root = '') =>
    functionWith(`handler: a.b, environment: ${own}`, `environment: ${shared}`, root).fn.environment;

  test("a function's own override the provider's, and null removes one", () => {
    expect(environmentWith('{ A: own, B: ~, E: "" }', '{ A: shared, B: shared, C: 1 }')).toEqual({
      A: 'own',
      C: '1',
      E: '',
    });
  });

  test("CloudFormation functions refer to the service's resources and functions", () => {
    const root = `resources:
  Parameters: { P: { Type: String, Default: parameter } }
  Resources:
    Table: { Type: AWS::DynamoDB::Table, Properties: { TableName: 'orders-\${sls:stage}' } }`;
    expect(
      environmentWith(
        "{ T: !Ref Table, S: !Sub '${AWS::Region}-${Table}', F: !Ref FLambdaFunction }",
        "{ P: !Ref P, PLAIN: '${AWS::Region}' }",
        root,
      ),
    ).toEqual({
      T: 'orders-dev',
      S: 'us-east-1-orders-dev',
      F: 'shop-dev-f',
      P: 'parameter',
      PLAIN: '${AWS::Region}',
    });
  });

  test('resources can be a list, with parts in other files', () => {
    const text = `${HEAD}provider: aws
resources:
  - \${file(tables.yml)}
  - Resources: { Queue: { Type: AWS::SQS::Queue, Properties: { QueueName: jobs } } }
functions: { f: { handler: a.b, environment: { T: !Ref Table, Q: !GetAtt Queue.QueueName, R: { Ref: Queue } } } }`;
    const { functions } = readService(text, {
      files: { 'tables.yml': 'Resources: { Table: { Type: AWS::DynamoDB::Table, Properties: { TableName: t } } }' },
    });
    expect(functions[0]?.fn.environment).toMatchObject({ T: 't' });
  });

  test('serverless-pseudo-parameters: #{AWS::…}', () => {
    const root = 'plugins: { modules: [serverless-pseudo-parameters] }';
    expect(environmentWith("{ A: 'arn:#{AWS::Region}:#{AWS::AccountId}' }", '{}', root)).toEqual({
      A: 'arn:us-east-1:000000000000',
    });
    expect(environmentWith("{ A: '#{AWS::Region}' }", '{}')).toEqual({ A: '#{AWS::Region}' });
  });

  test('numbers are formatted by JavaScript, as the framework deploys them', () => {
    expect(environmentWith("{ A: 1.10, B: 007, C: '1.10', D: 123456789012345678901 }", '{ E: 1e3 }')).toEqual({
      A: '1.1',
      B: '7',
      C: '1.10',
      D: '123456789012345680000',
      E: '1000',
    });
    const { functions } = readService(
      `${HEAD}provider: aws\nfunctions: { f: { handler: a.b, environment: '\${file(e.yml)}' } }`,
      { files: { 'e.yml': 'A: 1.10' } },
    );
    expect(functions[0]?.fn.environment).toEqual({ A: '1.1' });
  });

  test('values that only a deployed stack has are replaced by placeholders', () => {
    const fn = functionWith(
      "handler: a.b, environment: { A: !GetAtt X.Arn, B: '${ssm:/b}', C: '${cf:s.o}-x', D: [1], E: !Ref Table }",
    );
    const A = 'arn:aws:lambda:us-east-1:000000000000:function:X';
    expect(fn.fn.environment).toEqual({ A, B: '', C: '', D: '', E: 'Table' });
    expect(fn.placeholders).toEqual(['A', 'B', 'C', 'D', 'E']);
    expect(notesOf(fn)).toEqual([]);
  });

  test('an environment that cannot be read results in a note', () => {
    const { functions } = readService(
      `${HEAD}provider: { name: aws, runtime: nodejs22.x, environment: '\${ssm:/shared}' }\nfunctions: { f: { handler: a.b, environment: '\${file(env.js)}' } }`,
    );
    expect(functions.map(notesOf)).toEqual([
      [
        "Environment variables from ${ssm:/shared} aren't set locally.",
        "Environment variables from ${file(env.js)} aren't set locally.",
      ],
    ]);
  });
});

describe('a value that cannot be resolved has a default, with a note', () => {
  test.each<[string, string, string[]]>([
    [
      "timeout: '${ssm:/t}', memorySize: '${cf:s.m}', name: '${ssm:/n}'",
      '',
      [
        'name is f locally, because only the deployed stack has its value.',
        'timeout is 6 s locally, because only the deployed stack has its value.',
        'memorySize is 1024 MB locally, because only the deployed stack has its value.',
      ],
    ],
    ['x: 1', "timeout: '${ssm:/t}'", ['timeout is 6 s locally, because only the deployed stack has its value.']],
    ["timeout: '${env:T}'", '', ["timeout is 6 s locally, because its value can't be read."]],
    ['memorySize: 1536MB', '', ["memorySize isn't a number. The default of 1024 MB is used locally."]],
  ])('{ %s } with a provider of { %s }', (fields, provider, expected) => {
    const fn = functionWith(`handler: a.b, ${fields}`, provider);
    expect(fn).toMatchObject({ name: 'f', fn: { timeout: 6, memorySize: 1024 } });
    expect(notesOf(fn)).toEqual(expected);
  });

  test.each<[string, string | undefined]>([
    ["handler: '${ssm:/h}'", "Its handler can't be resolved locally."],
    ["handler: '${env:H}.x'", "H isn't set in a .env file or in VS Code's environment."],
    ["runtime: provided.al2023, handler: '${ssm:/h}'", undefined],
    ['x: 1', "The template doesn't specify a Handler."],
    ['runtime: provided.al2023', undefined],
    ["handler: a.b, runtime: '${ssm:/r}'", "Its runtime can't be resolved locally."],
    [
      'handler: a.b, runtime: java21',
      "Runtime java21 isn't supported locally. Use Node.js, Python 3, or a provided runtime.",
    ],
    ['image: { uri: x }', "Container images aren't supported locally."],
  ])('{ %s } is listed with its obstacle', (fields, expected) => {
    expect(obstacleOf(functionWith(fields))).toBe(expected);
  });
});

describe('other providers and plugins', () => {
  test.each(['google', '{ name: azure, runtime: nodejs18.x }', '${file(provider.yml)}'])(
    'functions of the provider %s are listed with an obstacle',
    (provider) => {
      const { functions, problems } = readService(
        `${HEAD}provider: ${provider}\nfunctions: { f: { handler: http, environment: { A: '\${ssm:/a}' } } }`,
        { files: { 'provider.yml': 'name: openwhisk' } },
      );
      expect(problems).toEqual([]);
      expect(functions.map((fn) => [fn.name, obstacleOf(fn), fn.notes])).toEqual([
        ['f', expect.stringMatching(/^The provider is (google|azure|openwhisk)\. Only AWS Lambda functions run/), []],
      ]);
    },
  );

  test.each([
    ['resources', 'Resources:', 5],
    ['a list of resources', '- ${file(other.yml)}\n  - Resources:', 6],
  ])('functions among %s are CloudFormation functions', (_, head, line) => {
    const { functions, problems } = readService(`${HEAD}provider: aws
resources:
  ${head}
      Custom:
        Type: AWS::Lambda::Function
        Properties:
          FunctionName: custom-\${sls:stage}
          Runtime: python3.13
          Handler: index.run
          Code: { ZipFile: 'def run(event, context): pass' }
functions: { f: { handler: a.b } }`);
    expect(problems).toEqual([]);
    expect(functions).toMatchObject([
      { name: 'f' },
      { name: 'custom-dev', logicalId: 'Custom', line, obstacle: { code: 'inlineCodeNotHere' } },
    ]);
  });

  test("Lift's queues and webhooks have functions", () => {
    const { functions } = readService(`${HEAD}provider: { name: aws, runtime: nodejs22.x }
constructs:
  jobs:
    type: queue
    worker: { handler: index.consumer }
  hook: { type: webhook, authorizer: { handler: index.auth }, path: /x }
  site: { type: static-website, path: dist }`);
    expect(functions).toMatchObject([
      { name: 'jobsWorker', line: 6, fn: { handler: 'index.consumer' } },
      { name: 'hookAuthorizer', line: 7, fn: { handler: 'index.auth' } },
    ]);
  });

  test('functions of MCP servers are reported', () => {
    const { problems } = readService(`${HEAD}provider: aws\nmcp:\n  tools: {}\nfunctions: {}`);
    expect(problems.map((problem) => toSentence(problem))).toEqual([
      "serverless.yml, line 3: These functions can't be resolved locally. They aren't listed.",
    ]);
  });

  test('the values of a provider in code are unknown', () => {
    const { functions, problems } = readService(
      `${HEAD}provider: \${file(provider.js)}\nfunctions: { f: { handler: a.b } }`,
    );
    expect(problems).toMatchObject([{ code: 'includedFileIsCode' }]);
    expect(functions.map(obstacleOf)).toEqual([
      "serverless.yml, line 2: provider.js contains code, which isn't run. Functions and values from it are missing.",
    ]);
  });
});

test('a file of Serverless Compose has no functions and no problems', () => {
  const { functions, problems } = readService('services:\n  api: { path: api }\n  web: { path: web, dependsOn: api }', {
    file: 'serverless-compose.yml',
  });
  expect({ functions, problems }).toEqual({ functions: [], problems: [] });
});
