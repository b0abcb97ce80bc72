import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { descendants } from '../../src/local/process/processTree.ts';
import { resultOf } from '../support/commandLine.ts';
import { isAlive } from '../support/isAlive.ts';
import { answersByName, jsonOf, passing, statusesOf } from '../support/testRuns.ts';
import { useCommandLine } from '../support/useCommandLine.ts';

const setup = useCommandLine(answersByName);
const runJson = (...args: string[]) => setup.cli.run(['test', '--json', ...args]);

test('--local runs all tests on local functions', async () => {
  await cp(resolve('test/workspace'), join(setup.cli.folder, 'sample'), { recursive: true });
  await setup.cli.write(
    'sample/.vscode/lambda-invoke.json',
    JSON.stringify({
      presets: [
        {
          ...passing('hello'),
          Payload: { name: 'Ada' },
          profile: 'prod',
          endpoint: setup.server.endpoint,
          expect: { Payload: { message: 'Hello, Ada!' } },
        },
        // More than the log tail.
        { name: 'chatty', FunctionName: 'chatty', expect: { log: { contains: ['line 1 of 200'] } } },
      ],
      localFunctions: {
        hello: { handler: 'functions/hello.handler' },
        chatty: { handler: 'functions/chatty.handler' },
      },
    }),
  );
  const passed = await runJson('--local', '--workspace', 'sample');
  expect(statusesOf(passed)).toEqual(['hello: passed', 'chatty: passed']);
  expect(setup.sent()).toEqual([]);
});

describe('a local function that runs', () => {
  const exists = (name: string) => existsSync(join(setup.cli.folder, name));

  beforeEach(async () => {
    const handler = `import { existsSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
process.chdir(${JSON.stringify(setup.cli.folder)});
export const handler = async () => {
  writeFileSync('started', '');
  while (!existsSync('go')) await setTimeout(20);
  writeFileSync('finished', '');
};`;
    await setup.cli.write('wait.mjs', handler);
    const local = { FunctionName: 'wait', endpoint: 'local' };
    await setup.cli.presets({
      presets: [
        { ...local, name: 'response', expect: {} },
        { ...local, name: 'event', InvocationType: 'Event', expect: { StatusCode: 202 } },
      ],
      localFunctions: { wait: { handler: 'wait.handler', timeout: 900 } },
    });
  });

  test.each([
    [['test', '--preset', 'response'], /Stopped waiting\. The local function was ended\.\n/],
    [['test', '--preset', 'event'], / passed/],
    [['invoke', 'response'], /^$/],
    [['invoke', 'event'], /^$/],
  ])('ends with Ctrl+C, with all other processes: %j', async (args, output) => {
    const child = setup.cli.start(args);
    const ended = resultOf(child);
    await expect.poll(() => exists('started')).toBe(true);
    const processes = descendants([Number(child.pid)]);
    expect(processes.length).toBeGreaterThanOrEqual(3); // the endpoint, its watchdog, and the function
    child.kill('SIGINT');
    const { code, stdout } = await ended;
    expect(code).toBe(130);
    expect(stdout.toString()).toMatch(output);
    await expect.poll(() => processes.filter(isAlive)).toEqual([]);
    expect(exists('finished')).toBe(false);
  });

  test.each([[['test', '--preset', 'event']], [['invoke', 'event']]])(
    'asynchronously finishes before the command line: %j',
    async (args) => {
      const child = setup.cli.start(args);
      const ended = resultOf(child);
      let stderr = '';
      child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
      await expect.poll(() => stderr).toContain('Waiting for asynchronous local invocations.\n');
      expect(exists('finished')).toBe(false);
      await setup.cli.write('go', '');
      expect((await ended).code).toBe(0);
      expect(exists('finished')).toBe(true);
    },
  );
});

test.each([
  ['ordr', 'Did you mean order?'],
  ['zzz', 'Available functions: order, stock.'],
  ['zzz', 'Check the name.', Array.from({ length: 30 }, (_, at) => `fn${at}`)],
])('an unknown local function is explained: %s, %s', async (name, hint, others: string[] = []) => {
  const names = ['order', 'stock', ...others];
  const localFunctions = Object.fromEntries(names.map((each) => [each, { handler: 'a.handler' }]));
  await setup.cli.write('.vscode/lambda-invoke.json', JSON.stringify({ localFunctions }));
  const { code, stderr } = await setup.cli.run(['invoke', '--local', '--function', name]);
  expect(code).toBe(2);
  expect(stderr).toContain(`${name} (Local): No function "${name}" in `);
  expect(stderr).toContain(`. ${hint}
`);
});

test('the tests of the sample workspace pass, except the one that shows a failure', async () => {
  await cp(resolve('test/workspace'), join(setup.cli.folder, 'sample'), { recursive: true });
  const result = await runJson('--workspace', 'sample', '--concurrency', '4');
  expect(result.code).toBe(1);
  const { tests, passed } = jsonOf(result);
  expect(passed).toBeGreaterThan(3);
  expect(tests.filter(({ status }) => status !== 'passed').map(({ name }) => name)).toEqual(['shows a failure']);
});
