import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { factWarnings } from '../../../../src/core/functions/functionState.ts';
import {
  functionArn,
  functionConsoleUrl,
  logGroupConsoleUrl,
  partitionOf,
} from '../../../../src/core/connection/awsConsole.ts';
import { cdkStackName } from '../../../../src/core/functions/cdkManifest.ts';
import { nameOfArn } from '../../../../src/core/connection/callerIdentity.ts';
import {
  couldBeAccount,
  confirmingPattern,
  protectingPattern,
} from '../../../../src/core/connection/confirmPatterns.ts';
import { describeRouting, newestFirst, type FunctionFacts } from '../../../../src/core/functions/functionFacts.ts';
import { REGIONS } from '../../../../src/core/connection/regions.ts';
import { readSamConfig } from '../../../../src/core/functions/samConfig.ts';

test("the regions match the SDK's partitions", async () => {
  const path = 'node_modules/@aws-sdk/core/dist-es/submodules/client/util-endpoints/lib/aws/partitions.js';
  const text = await readFile(path, 'utf8');
  const all = [...text.matchAll(/"([a-z0-9-]+)": \{\s*"description": "([^"]*)"/g)].map(([, id = '', name = '']) => [
    id,
    name,
  ]);
  const regional = all.filter(([id]) => id?.endsWith('-global') !== true);
  expect(regional.length).toBeGreaterThan(40);
  expect(Object.entries(REGIONS)).toEqual(regional);
});

describe('console URLs', () => {
  test.each([
    ['eu-west-1', 'https://eu-west-1.console.aws.amazon.com/lambda/home?region=eu-west-1#/functions/orders'],
    ['cn-north-1', 'https://cn-north-1.console.amazonaws.cn/lambda/home?region=cn-north-1#/functions/orders'],
    ['us-gov-west-1', 'https://console.amazonaws-us-gov.com/lambda/home?region=us-gov-west-1#/functions/orders'],
    [
      'eusc-de-east-1',
      'https://eusc-de-east-1.console.amazonaws-eusc.eu/lambda/home?region=eusc-de-east-1#/functions/orders',
    ],
    ['us-iso-east-1', undefined],
  ])('for %s', (region, url) => {
    expect(functionConsoleUrl(region, 'orders')).toBe(url);
  });

  test('for an alias, a version and a log group', () => {
    expect(functionConsoleUrl('eu-west-1', 'orders', 'live')).toMatch(/#\/functions\/orders\/aliases\/live$/);
    expect(functionConsoleUrl('eu-west-1', 'orders', '3')).toMatch(/#\/functions\/orders\/versions\/3$/);
    expect(functionConsoleUrl('eu-west-1', 'orders', '$LATEST')).toMatch(/#\/functions\/orders$/);
    expect(logGroupConsoleUrl('eu-west-1', '/aws/lambda/orders')).toBe(
      'https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#logsV2:log-groups/log-group/$252Faws$252Flambda$252Forders',
    );
    expect(logGroupConsoleUrl('us-isob-east-1', 'x')).toBeUndefined();
  });

  test('an ARN has the partition of its region', () => {
    expect(functionArn({ region: 'cn-north-1', accountId: '123456789012', name: 'f' }, 'live')).toBe(
      'arn:aws-cn:lambda:cn-north-1:123456789012:function:f:live',
    );
    expect(
      ['us-iso-east-1', 'us-isob-east-1', 'eu-isoe-west-1', 'us-gov-east-1', 'sa-east-1'].map(partitionOf),
    ).toEqual(['aws-iso', 'aws-iso-b', 'aws-iso-e', 'aws-us-gov', 'aws']);
  });
});

test.each([
  ['arn:aws:sts::123456789012:assumed-role/Admin/me', 'Admin'],
  ['arn:aws:iam::123456789012:user/path/me', 'me'],
  ['arn:aws:iam::123456789012:root', 'root'],
])('the name in %s is %s', (arn, name) => {
  expect(nameOfArn(arn)).toBe(name);
});

describe('confirmation patterns', () => {
  const invocation = { FunctionName: 'orders', InvocationType: 'Event' } as const;
  const caller = { profile: 'dev', accountId: '123456789012' };

  test('match accounts as well as profiles and functions', () => {
    expect(confirmingPattern(['123456789012'], invocation, caller)).toBe('123456789012');
    expect(confirmingPattern(['1234*'], invocation, caller)).toBe('1234*');
    expect(confirmingPattern(['999999999999'], invocation, caller)).toBeUndefined();
    expect(confirmingPattern(['1234*'], invocation, { profile: 'dev' })).toBeUndefined();
  });

  test('match the account in an ARN', () => {
    const FunctionName = 'arn:aws:lambda:eu-west-1:210987654321:function:orders';
    expect(confirmingPattern(['210987654321'], { ...invocation, FunctionName }, caller)).toBe('210987654321');
  });

  test('match an alias in any form of the function name', () => {
    const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:orders';
    for (const FunctionName of [`${arn}:live`, '123456789012:function:orders:live', 'orders:live']) {
      expect(confirmingPattern(['orders:live'], { ...invocation, FunctionName }, caller)).toBe('orders:live');
    }
    expect(confirmingPattern([`${arn}:live`], { ...invocation, FunctionName: arn, Qualifier: 'live' }, caller)).toBe(
      `${arn}:live`,
    );
    expect(confirmingPattern([arn], { ...invocation, FunctionName: `${arn}:live` }, caller)).toBe(arn);
  });

  test('for a connection ignore functions', () => {
    expect(protectingPattern(['orders', 'DEV'], caller)).toBe('DEV');
    expect(protectingPattern(['orders'], caller)).toBeUndefined();
  });

  test.each([
    ['123456789012', true],
    ['1234*', true],
    ['*', false],
    ['prod', false],
    ['12345', false],
  ])('%s could match an account: %s', (pattern, expected) => {
    expect(couldBeAccount(pattern)).toBe(expected);
  });
});

describe('function facts', () => {
  const facts: FunctionFacts = { FunctionName: 'f', isDurable: false, notes: [] };
  const codes = (changed: Partial<FunctionFacts>, request: object = {}) =>
    factWarnings({ ...facts, ...changed }, request).map(({ field, message }) => `${field} ${message.code}`);

  test.each<[Partial<FunctionFacts>, object, string[]]>([
    [{ State: 'Active', LastUpdateStatus: 'Successful' }, {}, []],
    [{ State: 'Failed', StateReason: 'no role' }, {}, ['FunctionName stateFailed']],
    [{ State: 'Pending' }, {}, ['FunctionName statePending']],
    [{ State: 'Inactive' }, {}, ['FunctionName stateInactive']],
    [{ State: 'Active', LastUpdateStatus: 'Failed' }, {}, ['FunctionName updateFailed']],
    [{ State: 'Active', LastUpdateStatus: 'InProgress' }, {}, ['FunctionName updateRunning']],
    [{ TenantIsolationMode: 'PER_TENANT' }, {}, ['TenantId tenantNeeded']],
    [{ TenantIsolationMode: 'PER_TENANT' }, { TenantId: 'a' }, []],
    [{}, { TenantId: 'a' }, ['TenantId tenantNotTaken']],
    [{}, { DurableExecutionName: 'a' }, ['DurableExecutionName durableNotTaken']],
    [{ isDurable: true }, { DurableExecutionName: 'a' }, []],
  ])('%j with %j results in the warnings %j', (changed, request, warnings) => {
    expect(codes(changed, request)).toEqual(warnings);
  });

  test("describe an alias's routing", () => {
    expect(describeRouting({ Name: 'live', FunctionVersion: '3', weights: [] })).toBe('3');
    expect(describeRouting({ Name: 'live', FunctionVersion: '3', weights: [{ version: '4', weight: 0.1 }] })).toBe(
      '3 (90%), 4 (10%)',
    );
  });

  test('sort versions by number', () => {
    const versions = ['9', '10', '$LATEST', '1'].map((Version) => ({ Version }));
    expect(newestFirst(versions).map(({ Version }) => Version)).toEqual(['$LATEST', '10', '9', '1']);
  });
});

describe('samconfig.toml', () => {
  test('lists the stacks, default first', () => {
    const text = `version = 0.1
[prod.deploy.parameters]
stack_name = "app-prod"
region = "eu-central-1"
[default.global.parameters]
stack_name = "app"
[default.deploy.parameters]
capabilities = "CAPABILITY_IAM"
[other.build.parameters]
cached = true
`;
    expect(readSamConfig(text, 'samconfig.toml')).toEqual([
      { environment: 'default', stackName: 'app' },
      { environment: 'prod', stackName: 'app-prod', region: 'eu-central-1' },
    ]);
  });

  test('throws for invalid TOML', () => {
    expect(() => readSamConfig('[default', 'samconfig.toml')).toThrow("samconfig.toml isn't valid TOML: ");
  });
});

describe('the manifest of a CDK assembly', () => {
  const manifest = JSON.stringify({
    artifacts: {
      Shop: {
        type: 'aws:cloudformation:stack',
        properties: { templateFile: 'Shop.template.json', stackName: 'shop-prod' },
      },
      Other: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Other.template.json' } },
      Tree: { type: 'cdk:tree' },
    },
  });

  test.each([
    ['Shop.template.json', 'shop-prod'],
    ['Other.template.json', 'Other'],
    ['Nobody.template.json', undefined],
  ])('%s belongs to the stack %s', (file, stack) => {
    expect(cdkStackName(manifest, file)).toBe(stack);
  });

  test('returns undefined for invalid JSON', () => {
    expect(cdkStackName('[', 'Shop.template.json')).toBeUndefined();
  });
});
