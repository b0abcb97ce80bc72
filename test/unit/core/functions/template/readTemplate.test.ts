import { describe, expect, test } from 'vitest';
import { toSentence } from '../../../../../src/core/messages/messages.ts';
import { readTemplateText } from '../../../../support/readTemplateText.ts';
import { knownValue } from '../../../../support/readTemplateFiles.ts';
import type { TemplateFunction } from '../../../../../src/core/functions/template/templateFunction.ts';

function read(text: string, file = 'template.yaml'): readonly TemplateFunction[] {
  const { functions, problems } = readTemplateText(file, text);
  expect(problems).toEqual([]);
  return functions;
}

const functionWith = (properties: string, head = '') =>
  read(`${head}
Resources:
  Table: { Type: AWS::DynamoDB::Table, Properties: { TableName: orders } }
  Bucket: { Type: AWS::S3::Bucket }
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
      Runtime: nodejs20.x
${properties.replaceAll(/^/gm, '      ')}`)[0] as TemplateFunction;

describe('a SAM template', () => {
  test('merges Globals into its functions, whose own properties have priority', () => {
    const fn = functionWith(
      'Timeout: 7\nEnvironment: { Variables: { OWN: 1, BOTH: own } }',
      'Globals: { Function: { Timeout: 30, MemorySize: 512, CodeUri: src/, Environment: { Variables: { BOTH: global, SHARED: yes } } } }',
    );
    expect(fn).toMatchObject({
      name: 'Fn',
      line: 5,
      fn: { handler: 'app.handler', runtime: 'nodejs20.x', timeout: 7, memorySize: 512, codeUri: 'src/' },
      notes: [],
    });
    expect(fn.fn.environment).toEqual({ OWN: '1', BOTH: 'own', SHARED: 'true' });
    expect(fn).not.toHaveProperty('obstacle');
  });

  test("has Lambda's defaults: 3 s, 128 MB, two retries, text log", () => {
    expect(functionWith('').fn).toMatchObject({
      timeout: 3,
      memorySize: 128,
      maximumRetryAttempts: 2,
      logFormat: 'Text',
    });
  });

  test('on managed instances has 2 GB, the longest timeouts, and a JSON log', () => {
    const provider = 'CapacityProviderConfig: { Arn: !GetAtt Provider.Arn }';
    expect(functionWith(`${provider}\nLoggingConfig: { LogFormat: Text }`).fn).toMatchObject({
      isManaged: true,
      memorySize: 2048,
      logFormat: 'JSON',
    });
    const largest = functionWith(`${provider}\nMemorySize: 32768\nTimeout: 5400`);
    expect(largest.fn).toMatchObject({ memorySize: 32_768, timeout: 5400 });
    const ordinary = 'CapacityProviderConfig: !Ref AWS::NoValue';
    for (const fields of ['', ordinary]) expect(functionWith(fields).fn).not.toHaveProperty('isManaged');
  });

  test('FunctionName is the name, and the logical ID is an alternative name', () => {
    const fn = functionWith('FunctionName: !Sub "${AWS::Region}-orders"');
    expect(fn).toMatchObject({ name: 'us-east-1-orders', logicalId: 'Fn', otherNames: ['Fn'] });
  });

  test('configures tenancy, durable functions, aliases, versions, concurrency, retries and log format', () => {
    const fn = functionWith(
      'TenancyConfig: { TenantIsolationMode: PER_TENANT }\nDurableConfig: { ExecutionTimeout: 60, RetentionPeriodInDays: 7 }\nAutoPublishAlias: live\n' +
        'ReservedConcurrentExecutions: 2\nEventInvokeConfig: { MaximumRetryAttempts: 0 }\nLoggingConfig: { LogFormat: JSON }',
    );
    expect(fn.fn).toMatchObject({
      isTenantIsolated: true,
      isDurable: true,
      durableConfig: { executionTimeout: 60, retentionPeriodInDays: 7 },
      aliases: { live: '1' },
      reservedConcurrentExecutions: 2,
      maximumRetryAttempts: 0,
      logFormat: 'JSON',
    });
    expect(functionWith('').fn.isTenantIsolated).toBe(false);
  });

  test.each([
    ['PackageType: Image', "Container images aren't supported locally."],
    ['ImageUri: x', "Container images aren't supported locally."],
    ['InlineCode: "x"', "Inline code isn't supported locally. Move it to a file."],
    ['CodeUri: { Bucket: b, Key: k }', "The template doesn't point to code in this workspace."],
    ['CodeUri: s3://b/k', "The template doesn't point to code in this workspace."],
    ['Runtime: java21', "Runtime java21 isn't supported locally. Use Node.js, Python 3, or a provided runtime."],
  ])('a function with %s is listed with its obstacle', (property, sentence) => {
    const { obstacle } = functionWith(property);
    expect(obstacle && toSentence(obstacle)).toBe(sentence);
  });

  test.each([
    ['yes', 'true'],
    ['On', 'true'],
    ['NO', 'false'],
    ['off', 'false'],
    ['"yes"', 'yes'],
    ['!!str no', 'no'],
    ['y', 'y'],
    ['!Sub "${On}-${Stage}"', 'true-yes'],
    ['!If [IsOn, a, b]', 'a'],
    ['!FindInMap [M, on, yes]', 'v'],
  ])('%s is %s as an environment variable, as in YAML 1.1', (written, expected) => {
    const { functions } = readTemplateText(
      'template.yaml',
      `Parameters: { On: { Type: String, Default: on }, Stage: { Type: String, Default: 'yes' } }
Conditions: { IsOn: !Equals [!Ref On, 'true'] }
Mappings: { M: { on: { yes: v } } }
Resources:
  Fn: { Type: AWS::Lambda::Function, Properties: { Environment: { Variables: { V: ${written} } } } }`,
    );
    expect(functions[0]?.fn.environment['V']).toBe(expected);
  });

  test('numbers keep their digits as environment variables', () => {
    const numbers = ['1.0', '007', '1e3', '12345678901234567890', '-0.50', '0x1F', '42'];
    const variables = numbers.map((number, index) => `V${index}: ${number}`).join(', ');
    const { fn } = functionWith(`Environment: { Variables: { ${variables} } }\nTimeout: 5.0\nMemorySize: 1e3`);
    expect(Object.values(fn.environment)).toEqual(numbers);
    expect(fn).toMatchObject({ timeout: 5, memorySize: 1000 });
  });

  test('lists placeholders of values that only a deployed stack can resolve', () => {
    const fn = functionWith(
      'Environment: { Variables: { TABLE: !Ref Table, BUCKET: !Ref Bucket, ARN: !GetAtt Bucket.Arn } }',
    );
    expect(fn.fn.environment).toEqual({
      TABLE: 'orders',
      BUCKET: 'Bucket',
      ARN: 'arn:aws:lambda:us-east-1:000000000000:function:Bucket',
    });
    expect(fn.placeholders).toEqual(['BUCKET', 'ARN']);
    expect(fn.notes).toEqual([]);
  });
});

describe('intrinsic functions', () => {
  const HEAD = `Parameters:
  Stage: { Type: String, Default: dev }
  Size: { Type: Number, Default: '256' }
  Flag: { Type: String, Default: true }
  Empty: { Type: String }
Mappings: { Sizes: { dev: { memory: 192 } } }
Conditions:
  IsDev: !Equals [!Ref Stage, dev]
  IsProd: !Not [!Condition IsDev]
  Both: !And [!Condition IsDev, !Condition IsProd]
  Either: !Or [!Condition IsDev, !Condition IsProd]
  Unknown: !Equals [!Ref Empty, x]`;
  const value = (expression: string) =>
    knownValue(functionWith(`Environment: { Variables: { V: ${expression} } }`, HEAD), 'V');

  test.each<[string, string | undefined]>([
    ['!Ref Stage', 'dev'],
    ['!Ref AWS::AccountId', '000000000000'],
    ['!Ref Empty', undefined],
    ['!Sub "a-${Stage}-${AWS::Partition}"', 'a-dev-aws'],
    ['!Sub "a-${Flag}"', 'a-true'],
    ['!Sub ["${X}-${!Literal}", { X: !Ref Stage }]', 'dev-${Literal}'],
    ['!Sub "${Bucket.Arn}"', undefined],
    ['!Join ["-", [a, !Ref Stage]]', 'a-dev'],
    ['!Join ["-", [a, !Ref Bucket]]', undefined],
    ['!Select [1, !Split [",", "a,b"]]', 'b'],
    ['!FindInMap [Sizes, !Ref Stage, memory]', '192'],
    ['!FindInMap [Sizes, nowhere, memory]', undefined],
    ['!If [IsDev, one, other]', 'one'],
    ['!If [IsProd, one, other]', 'other'],
    ['!If [Both, one, other]', 'other'],
    ['!If [Either, one, other]', 'one'],
    ['!If [Unknown, one, other]', undefined],
    ['!If [IsDev, !Ref AWS::NoValue, x]', undefined],
    ['!ImportValue other', undefined],
    ['{ "Fn::Sub": "long-${Stage}" }', 'long-dev'],
  ])('%s', (expression, expected) => {
    expect(value(expression)).toBe(expected);
  });

  test('resolve a numeric parameter to a number', () => {
    expect(functionWith('MemorySize: !Ref Size', HEAD).fn.memorySize).toBe(256);
  });
});

describe('other templates', () => {
  test('AWS::Lambda::Function with versions and aliases', () => {
    const functions = read(`Resources:
  Fn: { Type: AWS::Lambda::Function, Properties: { Code: src, Handler: a.b, Runtime: python3.12 } }
  V: { Type: AWS::Lambda::Version, Properties: { FunctionName: !Ref Fn } }
  A: { Type: AWS::Lambda::Alias, Properties: { FunctionName: !Ref Fn, Name: live, FunctionVersion: !GetAtt V.Version } }`);
    expect(functions).toMatchObject([{ name: 'Fn', fn: { versions: ['1'], aliases: { live: '1' }, codeUri: 'src' } }]);
    expect(functions[0]).not.toHaveProperty('builtUri');
  });

  test("cdk.out: the code is in the asset's folder", () => {
    const template = {
      Resources: {
        Fn12AB: {
          Type: 'AWS::Lambda::Function',
          Properties: {
            Code: { S3Bucket: { 'Fn::Sub': 'cdk-${AWS::AccountId}' }, S3Key: 'k.zip' },
            Handler: 'index.handler',
            Runtime: 'nodejs22.x',
          },
          Metadata: { 'aws:asset:path': 'asset.0f', 'aws:asset:property': 'Code' },
        },
      },
    };
    const [fn] = read(JSON.stringify(template, undefined, 1), 'cdk.out/Stack.template.json');
    expect(fn).toMatchObject({ name: 'Fn12AB', line: 3, fn: { codeUri: 'asset.0f', handler: 'index.handler' } });
    expect(fn).not.toHaveProperty('obstacle');
  });

  test("serverless.yml: service, provider, variables, and the framework's default name", () => {
    const functions = read(
      `service: shop
custom: { table: 'orders-\${sls:stage}' }
provider:
  name: aws
  runtime: nodejs20.x
  stage: \${opt:stage, 'test'}
  environment: { TABLE: '\${self:custom.table}', SECRET: '\${ssm:/x}' }
functions:
  hello: { handler: src/hello.main, timeout: 9, environment: { OWN: '1' } }
  named: { handler: src/a.b, name: 'my-\${self:service}', runtime: python3.11, memorySize: 512 }
  image: { image: x }`,
      'serverless.yml',
    );
    expect(functions).toMatchObject([
      {
        name: 'hello',
        otherNames: ['shop-test-hello'],
        line: 9,
        fn: { timeout: 9, memorySize: 1024, environment: { TABLE: 'orders-test', OWN: '1' } },
      },
      { name: 'my-shop', fn: { runtime: 'python3.11', timeout: 6, memorySize: 512 } },
      { name: 'image', obstacle: { code: 'imageNotHere' } },
    ]);
    expect(functions[0]).toMatchObject({ fn: { environment: { SECRET: '' } }, placeholders: ['SECRET'], notes: [] });
  });

  test('serverless.yml: quoted commas, list indices, and an unresolved runtime', () => {
    const functions = read(
      `custom: { list: [a, b] }
provider: { name: aws, runtime: nodejs20.x }
functions:
  f: { handler: a.b, environment: { A: '\${opt:x, self:custom.missing, "dq, comma"}', B: '\${self:custom.list.1}' } }
  g: { handler: a.b, runtime: '\${file(./rt.yml):runtime}' }`,
      'serverless.yml',
    );
    expect(functions[0]?.fn.environment).toEqual({ A: 'dq, comma', B: 'b' });
    expect(functions[1]?.obstacle?.code).toBe('fieldNotRead');
  });

  test('serverless.yml: a circular variable is unresolved', () => {
    const [fn] = read(
      "custom: { a: '${self:custom.a}' }\nfunctions: { f: { handler: a.b, environment: { A: '${self:custom.a}' } } }",
      'serverless.yml',
    );
    expect(fn).toMatchObject({ fn: { environment: { A: '' } }, placeholders: ['A'] });
  });
});

/** Each line references the previous one nine times. */
function bomb(lines: number): string {
  const names = (line: number) => Array.from({ length: 9 }, () => `*l${line - 1}`).join(', ');
  return Array.from({ length: lines }, (_, line) => `l${line}: &l${line} [${line === 0 ? 'x' : names(line)}]`).join(
    '\n',
  );
}

describe('an invalid template', () => {
  test('is reported with line and column', () => {
    const text = 'Resources:\n  Fn: { Type: AWS::Serverless::Function';
    const { functions, problems } = readTemplateText('template.yaml', text);
    expect(functions).toEqual([]);
    expect(problems.map((problem) => toSentence(problem))).toEqual([
      expect.stringMatching(/^template\.yaml, line 2, column \d+: /),
    ]);
  });

  test.each(['', 'a: 1', '[]', '"text"', 'Resources: 3', 'Resources: { A: 3, B: { Type: 4 } }', 'null', '{"a": 1}'])(
    '%j has no functions and no problems',
    (text) => expect(readTemplateText('template.yaml', text)).toMatchObject({ functions: [], problems: [] }),
  );

  test('aliases and merge keys are resolved, and circular ones reported', () => {
    const [fn] = read(`Base: &base { Runtime: nodejs20.x, Handler: a.b }
Resources: { Fn: { Type: AWS::Serverless::Function, Properties: { <<: *base, Timeout: 4 } } }`);
    expect(fn?.fn).toMatchObject({ runtime: 'nodejs20.x', handler: 'a.b', timeout: 4 });
    for (const text of ['Resources: &a { b: *a, c: *a }', bomb(12)]) {
      const { functions, problems } = readTemplateText('template.yaml', text);
      expect(functions).toEqual([]);
      expect(problems.map((problem) => toSentence(problem))).toEqual([expect.stringContaining('alias')]);
    }
  });
});
