import { cp } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { descendants } from '../../src/local/process/processTree.ts';
import { resultOf } from '../support/commandLine.ts';
import { isAlive } from '../support/isAlive.ts';
import { answersByName, jsonOf, passing, statusesOf } from '../support/testRuns.ts';
import { useCommandLine } from '../support/useCommandLine.ts';

const setup = useCommandLine(answersByName);
const runJson = (...args: string[]) => setup.cli.run(['test', '--json', ...args]);

test('--local runs all tests on local functions, and ends them', async () => {
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
        { ...passing('slow'), Payload: { seconds: 600 } },
      ],
      localFunctions: {
        hello: { handler: 'functions/hello.handler' },
        chatty: { handler: 'functions/chatty.handler' },
        slow: { handler: 'functions/slow.handler', timeout: 900 },
      },
    }),
  );
  const args = ['test', '--json', '--local', '--workspace', 'sample'];
  const passed = await setup.cli.run([...args, '--preset', 'hello', '--preset', 'chatty']);
  expect(statusesOf(passed)).toEqual(['hello: passed', 'chatty: passed']);
  const child = setup.cli.start(args);
  const ended = resultOf(child);
  // The endpoint, its watchdog, and the processes of both functions.
  const family = () => descendants([Number(child.pid)]);
  await expect.poll(() => family().length).toBeGreaterThanOrEqual(4);
  const processes = family();
  child.kill('SIGINT');
  expect((await ended).code).toBe(130);
  await expect.poll(() => processes.filter(isAlive)).toEqual([]);
  expect(setup.sent()).toEqual([]);
});

test('the tests of the sample workspace pass, except the one that shows a failure', async () => {
  await cp(resolve('test/workspace'), join(setup.cli.folder, 'sample'), { recursive: true });
  const result = await runJson('--workspace', 'sample', '--concurrency', '4');
  expect(result.code).toBe(1);
  const { tests, passed } = jsonOf(result);
  expect(passed).toBeGreaterThan(3);
  expect(tests.filter(({ status }) => status !== 'passed').map(({ name }) => name)).toEqual(['shows a failure']);
});
