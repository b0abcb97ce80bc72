import { describe, expect, test } from 'vitest';
import { parseArguments } from '../../../src/cli/arguments.ts';
import { HELP } from '../../../src/cli/help.ts';
import { INVOKE_OPTIONS, type InvokeOptions } from '../../../src/cli/invokeArguments.ts';
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

describe('wrong use is explained', () => {
  test.each([
    ['', 'Specify a command: test or invoke.'],
    ['--local test', 'The first argument is --local. Put the command, test or invoke, before it.'],
    ['tests', 'Unknown command "tests". Did you mean test?'],
    ['deploy', 'Unknown command "deploy". Use test or invoke.'],
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
] as const)('the help of %s names exactly the options that it accepts', (command, options) => {
  const named = [...HELP[command].matchAll(/^ {2}--([a-z-]+)/gm)].map(([, option]) => option);
  const accepted = Object.keys(options).filter((option) => option !== 'help');
  expect(named.toSorted()).toEqual(accepted.toSorted());
});
