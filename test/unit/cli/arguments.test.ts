import { describe, expect, test } from 'vitest';
import { parseArguments } from '../../../src/cli/arguments.ts';
import { HELP } from '../../../src/cli/help.ts';
import { INVOKE_OPTIONS, type InvokeOptions } from '../../../src/cli/invokeArguments.ts';
import { LOGS_OPTIONS, parseLogsOptions } from '../../../src/cli/logsArguments.ts';
import { TEST_OPTIONS, type TestOptions } from '../../../src/cli/testArguments.ts';

function testOptions(...args: string[]): TestOptions {
  const command = parseArguments(['test', ...args]);
  if (command.kind !== 'test') throw new Error(command.kind);
  return command.options;
}

function invokeOptions(...args: string[]): InvokeOptions {
  const command = parseArguments(['invoke', ...args]);
  if (command.kind !== 'invoke') throw new Error(command.kind);
  return command.options;
}

test('without options, all tests run one after another on AWS', () => {
  expect(testOptions()).toEqual({
    workspace: '.',
    isLocal: false,
    confirm: [],
    isConfirmed: false,
    allowsEndpoint: false,
    inputs: new Map(),
    presets: [],
    tags: [],
    concurrency: 1,
    bails: false,
    updatesSnapshots: false,
    format: 'text',
  });
});

test('test has an option for each choice', () => {
  const args = `--preset a --preset=b --tag smoke --profile dev --region eu-west-1 --concurrency 8 --bail --tap
    --junit out/junit.xml --update-snapshots --confirm *prod* --confirm 123456789012 --yes --allow-endpoint
    --workspace shop --input Name=Ada=Lovelace --input empty=`.split(/\s+/);
  expect(testOptions(...args)).toEqual({
    workspace: 'shop',
    isLocal: false,
    profile: 'dev',
    region: 'eu-west-1',
    confirm: ['*prod*', '123456789012'],
    isConfirmed: true,
    allowsEndpoint: true,
    inputs: new Map([
      ['Name', 'Ada=Lovelace'],
      ['empty', ''],
    ]),
    presets: ['a', 'b'],
    tags: ['smoke'],
    concurrency: 8,
    bails: true,
    updatesSnapshots: true,
    format: 'tap',
    junitFile: 'out/junit.xml',
  });
  expect(testOptions('--local').isLocal).toBe(true);
  expect(testOptions('--json').format).toBe('json');
});

test('invoke takes a preset, or a function with all fields of Invoke', () => {
  expect(invokeOptions('hello').invoked).toEqual({ preset: 'hello' });
  expect(invokeOptions('--function', 'hello').invoked).toEqual({
    invocation: {
      FunctionName: 'hello',
      InvocationType: 'RequestResponse',
      LogType: 'Tail',
      payload: { kind: 'none' },
    },
  });
  const args = `--function hello --qualifier live --payload {"a":1} --invocation-type Event --log-type None
    --client-context {} --tenant-id t --durable-execution-name d --stream`.split(/\s+/);
  expect(invokeOptions(...args).invoked).toEqual({
    invocation: {
      FunctionName: 'hello',
      Qualifier: 'live',
      InvocationType: 'Event',
      LogType: 'None',
      ClientContext: '{}',
      TenantId: 't',
      DurableExecutionName: 'd',
      InvokeMode: 'RESPONSE_STREAM',
      payload: { kind: 'typed', text: '{"a":1}' },
    },
  });
  expect(invokeOptions('--function', 'hello', '--payload-file', '-').invoked).toMatchObject({
    invocation: { payload: { kind: 'file', uri: '-' } },
  });
});

const NOW = Date.parse('2026-05-02T10:00:00Z');

test('logs takes a function or a log group, and reads the last ten minutes', () => {
  const source = { functionName: 'orders' };
  expect(parseLogsOptions(['--function', 'orders'], NOW)).toEqual({
    source,
    since: NOW - 600_000,
    isLocal: false,
    follows: false,
    isJson: false,
  });
  const args = '--function orders --log-group shared --profile dev --region eu-west-1 --since 2h --follow --json';
  expect(parseLogsOptions(args.split(' '), NOW)).toEqual({
    source: { logGroup: 'shared' },
    since: NOW - 7_200_000,
    isLocal: false,
    profile: 'dev',
    region: 'eu-west-1',
    follows: true,
    isJson: true,
  });
  const request = ['--function', 'orders', '--request', '8f6d0c5a-0000-4000-8000-000000000001'];
  expect(parseLogsOptions(request, NOW)).toMatchObject({ source, requestId: request[3] });
});

test.each([
  ['30s', '2026-05-02T09:59:30Z'],
  ['10m', '2026-05-02T09:50:00Z'],
  ['2h', '2026-05-02T08:00:00Z'],
  ['1d', '2026-05-01T10:00:00Z'],
  ['99999d', '1970-01-01T00:00:00Z'],
  ['2026-05-02', '2026-05-02T00:00:00Z'],
  ['2026-05-02T09:00Z', '2026-05-02T09:00:00Z'],
  ['2026-05-02T10:30:00.250+02:00', '2026-05-02T08:30:00.250Z'],
])('--since %s is %s', (since, time) => {
  const options = parseLogsOptions(['--function', 'orders', '--since', since], NOW);
  expect(options).toMatchObject({ since: Date.parse(time) });
});

describe('wrong use is explained', () => {
  test.each([
    ['', 'Specify a command: test, invoke, or logs.'],
    ['--local test', 'The first argument is --local. Put the command, such as invoke, before it.'],
    ['tests', 'Unknown command "tests". Did you mean test?'],
    ['deploy', 'Unknown command "deploy". Use test, invoke, or logs.'],
    ['test --presets a', 'Unknown option --presets. Did you mean --preset?'],
    ['test -x', 'Unknown option -x.'],
    ['test --frobnicate', 'Unknown option --frobnicate.'],
    ['test --no-bail', 'Unknown option --no-bail.'],
    ['test --toString', 'Unknown option --toString.'],
    ['test --profile', '--profile needs a value.'],
    ['test --profile --bail', '--profile needs a value. To use "--bail", write --profile=--bail.'],
    ['test --profile=', '--profile needs a value.'],
    ['test --preset a --preset=', '--preset needs a value.'],
    ['test --bail=yes', '--bail takes no value.'],
    ['test hello', 'Unexpected argument "hello". To run one preset, use --preset.'],
    ['test --concurrency 0', 'Invalid --concurrency 0. Use a number from 1 to 1000.'],
    ['test --concurrency many', 'Invalid --concurrency many. Use a number from 1 to 1000.'],
    ['test --concurrency 1e2', 'Invalid --concurrency 1e2. Use a number from 1 to 1000.'],
    ['test --concurrency 1001', 'Invalid --concurrency 1001. Use a number from 1 to 1000.'],
    ['test --json --tap', 'Use either --json or --tap, not both.'],
    ['test --local --profile dev', 'Use either --local or --profile, not both.'],
    ['invoke a --local --region eu-west-1', 'Use either --local or --region, not both.'],
    ['test --region europe', '"europe" isn\'t a region. Use a region such as us-east-1.'],
    ['test --input Ada', 'Invalid --input Ada. Use NAME=VALUE.'],
    ['test --input =Ada', 'Invalid --input =Ada. Use NAME=VALUE.'],
    ['invoke', 'Specify a preset, or use --function.'],
    ['invoke a b', 'Unexpected argument "b". Use one preset.'],
    ['invoke a --function b', 'Use either a preset or --function, not both.'],
    ['invoke a --payload {}', '--payload needs --function. A preset has its own value.'],
    ['invoke a --stream', '--stream needs --function. A preset has its own value.'],
    ['invoke --function a --payload {} --payload-file b', 'Use either --payload or --payload-file, not both.'],
    [
      'invoke --function a --invocation-type event',
      'Invalid --invocation-type event. Use one of RequestResponse, Event, DryRun.',
    ],
    ['invoke --function a --log-type All', 'Invalid --log-type All. Use one of Tail, None.'],
    ['log', 'Unknown command "log". Did you mean logs?'],
    ['logs', 'Specify --function, or --log-group.'],
    ['logs orders', 'Unexpected argument "orders". Use --function.'],
    ['logs --function a --local --region eu-west-1', 'Use either --local or --region, not both.'],
    [
      'logs --function a --local',
      'Local functions have no log in CloudWatch Logs. To see the log of an invocation, run lambda-invoke invoke --local.',
    ],
    ['logs --function a --request "1" OR', 'Unexpected argument "OR". Use --function.'],
    ['logs --function a --request "1"', 'Invalid --request "1". Use the request ID of an invocation.'],
    ['logs --function a --request 1 --follow', 'Use either --request or --follow, not both.'],
    ['logs --function a --since 10', 'Invalid --since 10. Use a duration such as 10m or 2h, or an ISO 8601 time.'],
    ['logs --function a --since 1.5h', 'Invalid --since 1.5h. Use a duration such as 10m or 2h, or an ISO 8601 time.'],
    ['logs --function a --since May', 'Invalid --since May. Use a duration such as 10m or 2h, or an ISO 8601 time.'],
    ['logs --function a --since 2026-13-01', 'Invalid --since 2026-13-01. Use a duration such as 10m or 2h, or'],
    ['logs --function a --since 9999-01-01', 'Invalid --since 9999-01-01. The time is in the future.'],
  ])('lambda-invoke %s', (line, sentence) => {
    expect(() => parseArguments(line === '' ? [] : line.split(' '))).toThrow(sentence);
  });
});

test('--help is accepted with any other option', () => {
  for (const args of [['--help'], ['-h'], ['help'], ['help', 'tests']])
    expect(parseArguments(args)).toEqual({ kind: 'help', topic: 'general' });
  expect(parseArguments(['help', 'invoke'])).toEqual({ kind: 'help', topic: 'invoke' });
  expect(parseArguments(['test', '-h'])).toEqual({ kind: 'help', topic: 'test' });
  expect(parseArguments(['test', '--bail', '--help'])).toEqual({ kind: 'help', topic: 'test' });
  expect(parseArguments(['invoke', '--help'])).toEqual({ kind: 'help', topic: 'invoke' });
  expect(parseArguments(['--version'])).toEqual({ kind: 'version' });
});

test.each([
  ['test', TEST_OPTIONS],
  ['invoke', INVOKE_OPTIONS],
  ['logs', LOGS_OPTIONS],
] as const)('the help of %s names exactly the options that it accepts', (command, options) => {
  const named = [...HELP[command].matchAll(/^ {2}--([a-z-]+)/gm)].map(([, option]) => option);
  const accepted = Object.keys(options).filter((option) => option !== 'help');
  expect(named.toSorted()).toEqual(accepted.toSorted());
});
