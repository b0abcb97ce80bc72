import { describe, expect, test } from 'vitest';
import { knownValue } from '../../../../support/readTemplateFiles.ts';
import { readService } from '../../../../support/readService.ts';

const HEAD = `service: shop
custom: { text: one, number: 5, flag: true, list: [a, b], nested: { dev: { x: deep }, qa: { x: other } }, empty: ~ }
params: { default: { a: default, b: default }, dev: { a: dev, self: '\${self:service}' }, prod: { c: prod } }`;

const valueOf = (value: string, head = HEAD) => {
  const { functions, problems } = readService(
    `${head}\nprovider: { name: aws, runtime: nodejs22.x }\nfunctions: { f: { handler: a.b, environment: { V: ${value} } } }`,
  );
  expect(problems).toEqual([]);
  return knownValue(functions[0], 'V');
};

describe('a variable', () => {
  test.each<[string, string | undefined]>([
    ["'${self:custom.text}'", 'one'],
    ["'${self:custom.list.1}'", 'b'],
    ["'${self:custom.number}-${self:custom.flag}'", '5-true'],
    ["'${self:custom.nested.${sls:stage}.x}'", 'deep'],
    ["'${self:custom.nested.${opt:stage, self:provider.stage}.x}'", 'deep'],
    ["'${self:custom.nope, self:custom.text}'", 'one'],
    ["'${self:custom.empty, self:custom.text}'", 'one'],
    ["'${self:custom.list}-x'", undefined],
    ["'${self:service.name}'", 'shop'],
    ["'${self:provider.name}'", 'aws'],
    ["'${self:provider.stage}'", 'dev'],
    ["'${self:provider.region}'", 'us-east-1'],
    ["'${opt:stage}'", 'dev'],
    ["'${opt:region}'", 'us-east-1'],
    ["'${opt:other}'", undefined],
    ['"${opt:stage, \'qa\'}"', 'qa'],
    ['"${opt:a, \'it, has (commas)\'}"', 'it, has (commas)'],
    ['\'${opt:a, "braces } too"}\'', 'braces } too'],
    ["'${opt:a, true}'", 'true'],
    ["'${opt:a, 12}'", '12'],
    ["'${opt:a, null}'", undefined],
    ["'${opt:a, word}'", undefined],
    ["'${opt:a, ''x-${self:custom.text}''}'", 'x-one'],
    ["'${sls:stage}'", 'dev'],
    ["'${sls:instanceId}'", 'local'],
    ["'${aws:region}'", 'us-east-1'],
    ["'${aws:accountId}'", '000000000000'],
    ["'${aws:partition}'", 'aws'],
    ["'${strToBool(true)}'", 'true'],
    ["'${strToBool(${self:custom.flag})}'", 'true'],
    ["'${strToBool:0}'", 'false'],
    ["'${strToBool(maybe)}'", undefined],
    ["'${param:a}'", 'dev'],
    ["'${param:b}'", 'default'],
    ["'${param:c}'", undefined],
    ["'${param:self}'", 'shop'],
    ["'${param:c, ''none''}'", 'none'],
    ["'${ssm:/a/b}'", undefined],
    ["'${ssm(eu-west-1, raw):/a/b, ''local''}'", 'local'],
    ["'${cf:stack.output}'", undefined],
    ["'${cf(eu-west-1):stack.output}'", undefined],
    ["'${s3:bucket/key}'", undefined],
    ["'${git:sha1}'", undefined],
    ["'${AWS::Region}'", '${AWS::Region}'],
    ["'${Name} costs $5 {a}'", '${Name} costs $5 {a}'],
    ["'${!Literal:x}'", '${!Literal:x}'],
    ["'unclosed ${self:custom.text'", 'unclosed ${self:custom.text'],
    ["'${self:}'", undefined],
  ])('%s', (value, expected) => {
    expect(valueOf(value)).toBe(expected);
  });

  test("stages.<stage>.params override stages.default.params and 'params'", () => {
    const head =
      'service: s\nstages: { default: { params: { a: default, b: default } }, dev: { params: { a: dev } }, qa: { params: { a: qa } } }';
    expect(valueOf("'${param:a}-${param:b}'", head)).toBe('dev-default');
  });

  test('a circular variable is not set, and the others are', () => {
    const head = "service: s\ncustom: { a: '${self:custom.b}', b: 'x${self:custom.a}', c: '${self:custom}', d: ok }";
    expect(valueOf("'${self:custom.a}'", head)).toBeUndefined();
    expect(valueOf("'${self:custom.d}'", head)).toBe('ok');
    expect(valueOf("'${self:custom.c.d}'", head)).toBe('ok');
  });
});

test('the stage and the region of the provider, and their defaults', () => {
  const { functions } = readService(`service: { name: shop }
provider:
  name: aws
  runtime: nodejs22.x
  stage: \${opt:stage, self:custom.stage}
  region: \${opt:region, 'eu-west-1'}
custom: { stage: qa }
functions: { f: { handler: a.b, environment: { S: '\${sls:stage}', R: '\${aws:region}', O: '\${opt:stage}' } } }`);
  expect(functions).toMatchObject([
    { otherNames: ['shop-qa-f'], fn: { environment: { S: 'qa', R: 'eu-west-1', O: 'qa' } } },
  ]);
});

test.each(['${opt:stage}', '${self:provider.stage}', '${sls:stage}', '${ssm:/stage}'])(
  'with the stage %s, the stage is dev',
  (stage) => {
    const { functions } = readService(
      `service: s\nprovider: { name: aws, stage: '${stage}' }\nfunctions: { f: { handler: a.b } }`,
    );
    expect(functions[0]?.otherNames).toEqual(['s-dev-f']);
  },
);
