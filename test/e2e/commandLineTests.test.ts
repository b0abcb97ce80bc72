import { cp, mkdir, readFile, rm, symlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parse, type TestSuites } from 'junit2json';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { descendants } from '../../src/local/process/processTree.ts';
import { CLI_KEYS, resultOf, unpackCommandLine, type CliResult, type CommandLine } from '../support/commandLine.ts';
import { isAlive } from '../support/isAlive.ts';
import { answers, dropsConnection, startLambdaServer, staysSilent, type Behaviour } from '../support/lambdaServer.ts';

let server: Awaited<ReturnType<typeof startLambdaServer>>;
let cli: CommandLine;

beforeAll(async () => {
  server = await startLambdaServer();
  cli = await unpackCommandLine(server.endpoint);
});

afterAll(async () => {
  await cli.close();
  await server.close();
});

let sentBefore = 0;
beforeEach(async () => {
  server.behave(answersByName);
  sentBefore = server.received.length;
  for (const path of ['.vscode', 'snapshots', 'cases'])
    await rm(join(cli.folder, path), { recursive: true, force: true });
});

const nameOf = (url: string) => url.split('/')[3] ?? '';
const sentNames = () => server.received.slice(sentBefore).map(({ url }) => nameOf(url));

/** `fails` throws, and all others return their name and their event. */
const answersByName: Behaviour = (response, request) => {
  const name = nameOf(request.url);
  const error = {
    headers: { 'x-amz-function-error': 'Unhandled' },
    body: '{"errorType":"Broken","errorMessage":"no"}',
  };
  const body = `{"name":"${name}","id":12345678901234567890,"event":${request.body.toString() || 'null'}}`;
  answers(name === 'fails' ? error : { body })(response, request);
};

interface Json {
  readonly passed: number;
  readonly failed: number;
  readonly errored: number;
  readonly skipped: number;
  readonly tests: readonly {
    readonly name: string;
    readonly status: string;
    readonly line: number;
    readonly failures: readonly { readonly message: string; readonly expected?: string; readonly actual?: string }[];
  }[];
}

const jsonOf = ({ stdout }: CliResult) => JSON.parse(stdout.toString()) as Json;
const statuses = (result: CliResult) => jsonOf(result).tests.map(({ name, status }) => `${name}: ${status}`);
const runJson = (...args: string[]) => cli.run(['test', '--json', ...args]);

const ok = (name: string, fields: object = {}) => ({
  name,
  FunctionName: name,
  Payload: {},
  expect: { Payload: { name } },
  ...fields,
});
const FAILS = { name: 'fails', FunctionName: 'fails', expect: {} };

describe('exit codes', () => {
  test('0 if all tests passed, each invoked once', async () => {
    await cli.presets({ presets: [ok('a'), ok('b'), { name: 'not a test', FunctionName: 'c' }] });
    const result = await runJson();
    expect(result).toMatchObject({ code: 0, stderr: '' });
    expect(statuses(result)).toEqual(['a: passed', 'b: passed']);
    expect(sentNames()).toEqual(['a', 'b']);
  });

  test('1 if a test failed', async () => {
    await cli.presets({ presets: [ok('a'), FAILS] });
    const result = await cli.run(['test']);
    expect(result.code).toBe(1);
    expect(result.stdout.toString()).toMatch(
      /^✓ a \(.* ms\)\n✗ fails \(.* ms\)\n {4}\.vscode\/lambda-invoke\.json:\d+\n {4}The function failed: Broken: no\.\n\n1 passed, 1 failed \(.*\)\n$/,
    );
  });

  test.each([
    ['without a presets file', undefined, "doesn't exist in the workspace folder"],
    ['without a test', { presets: [{ name: 'a', FunctionName: 'a' }] }, 'has "expect"'],
    [
      'with an invalid preset, which could be a test',
      { presets: [ok('a'), { name: 'b', expect: {} }] },
      '"FunctionName"',
    ],
  ])('2 %s', async (_, presets, sentence) => {
    if (presets !== undefined) await cli.presets(presets);
    const { code, stdout, stderr } = await runJson();
    expect([code, stdout.toString()]).toEqual([2, '']);
    expect(stderr).toContain(sentence);
    expect(stderr).toContain('Run lambda-invoke test --help for help.');
    expect(sentNames()).toEqual([]);
  });

  test('2 with wrong options, an unknown folder, and a file with syntax errors', async () => {
    expect(await runJson('--bial')).toMatchObject({ code: 2 });
    expect(await runJson('--workspace', 'nowhere')).toMatchObject({ code: 2 });
    await cli.write('.vscode/lambda-invoke.json', '{"presets": [}');
    expect(await runJson()).toMatchObject({ code: 2 });
    expect(sentNames()).toEqual([]);
  });

  test('2 if no test could run, and 1 if a connection was lost after sending', async () => {
    await cli.presets({ presets: [ok('a')] });
    expect(await runJson('--profile', 'unknown')).toMatchObject({ code: 2 });
    server.behave(dropsConnection);
    const lost = await runJson();
    expect(lost.code).toBe(1);
    expect(statuses(lost)).toEqual(['a: errored']);
    expect(sentNames()).toEqual(['a']);
  });
});

describe('selection', () => {
  beforeEach(async () => {
    const tagged = (name: string, ...tags: string[]) => ok(name, { tags });
    await cli.presets({ presets: [tagged('a', 'smoke'), tagged('b', 'smoke', 'slow'), tagged('c', 'slow'), ok('d')] });
  });

  test.each([
    [
      ['--preset', 'd', '--preset', 'a'],
      ['a', 'd'],
    ],
    [
      ['--tag', 'smoke'],
      ['a', 'b'],
    ],
    [
      ['--tag', 'smoke', '--tag', 'slow'],
      ['a', 'b', 'c'],
    ],
    [['--tag', 'slow', '--preset', 'b', '--preset', 'd'], ['b']],
  ])('%j', async (args, names) => {
    expect(await runJson(...args)).toMatchObject({ code: 0 });
    expect(sentNames()).toEqual(names);
  });

  test.each([
    [['--tag', 'somke'], 'No preset with the tag "somke" in .vscode/lambda-invoke.json has "expect".'],
    [['--preset', 'e'], 'No preset "e" in .vscode/lambda-invoke.json.'],
  ])('%j selects nothing, which is an error', async (args, sentence) => {
    const { code, stderr } = await runJson(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
  });
});

test('each row of the cases is a test with its own values', async () => {
  await cli.write('cases/orders.jsonl', '{"name": "tea", "id": 9007199254740993}\n{"id": 2}\n');
  const expected = { event: { id: '${case:id}' } };
  const cases = { Payload: { id: '${case:id}' }, cases: 'cases/orders.jsonl' };
  await cli.presets({ presets: [ok('a', { ...cases, expect: { Payload: expected } })] });
  const result = await runJson();
  expect(statuses(result)).toEqual(['a › tea: passed', 'a › 2: passed']);
  const bodies = server.received.slice(sentBefore).map(({ body }) => body.toString().replaceAll(/\s/g, ''));
  expect(bodies).toEqual(['{"id":9007199254740993}', '{"id":2}']);
});

test('a difference is reported as the failing part only', async () => {
  await cli.presets({ presets: [ok('a', { Payload: { secret: 'do not show' }, expect: { Payload: { id: 1 } } })] });
  const result = await runJson();
  const [failure] = jsonOf(result).tests[0]?.failures ?? [];
  expect(failure).toEqual({
    key: 'Payload',
    message: 'The response differs from "Payload" at $.id.',
    path: '$.id',
    expected: '1',
    actual: '12345678901234567890',
  });
  expect(result.stdout.toString()).not.toContain('do not show');
});

test('--bail runs no test after the first failed one', async () => {
  await cli.presets({ presets: [ok('a'), FAILS, ok('b'), ok('c')] });
  const result = await runJson('--bail');
  expect(result.code).toBe(1);
  expect(statuses(result)).toEqual(['a: passed', 'fails: failed', 'b: skipped', 'c: skipped']);
  expect(sentNames()).toEqual(['a', 'fails']);
});

test('--concurrency is the number of invocations at the same time', async () => {
  await cli.presets({ presets: ['a', 'b', 'c', 'd', 'e'].map((name) => ok(name)) });
  const waiting: (() => void)[] = [];
  server.behave((response, request) => waiting.push(() => answersByName(response, request)));
  const ended = resultOf(cli.start(['test', '--json', '--concurrency', '2']));
  for (let answered = 0; answered < 5; answered++) {
    await expect.poll(() => waiting.length).toBe(Math.min(5, answered + 2));
    waiting[answered]?.();
  }
  expect((await ended).code).toBe(0);
});

test('--junit writes a report that another program reads, with the time of each test', async () => {
  await cli.presets({ presets: [ok('a', { group: 'shop' }), FAILS] });
  expect(await cli.run(['test', '--junit', 'reports/junit.xml'])).toMatchObject({ code: 1 });
  const { testsuite = [], tests } = (await parse(await readFile(join(cli.folder, 'reports/junit.xml')))) as TestSuites;
  expect(tests).toBe(2);
  expect(testsuite.map(({ name }) => name)).toEqual(['shop', '.vscode/lambda-invoke.json']);
  const cases = testsuite.flatMap(({ testcase = [] }) => testcase);
  for (const { time = 0 } of cases) expect(time).toBeGreaterThan(0);
  expect(cases[1]?.failure?.[0]?.message).toBe('The function failed: Broken: no.');
});

test('Ctrl+C says what was running, exits with 130, and still writes the report', async () => {
  await cli.presets({ presets: [ok('a'), ok('b'), ok('c')] });
  server.behave((response, request) => (nameOf(request.url) === 'a' ? answersByName : staysSilent)(response, request));
  const child = cli.start(['test', '--junit', 'reports/junit.xml', '--tap']);
  const ended = resultOf(child);
  await expect.poll(sentNames).toEqual(['a', 'b']);
  child.kill('SIGINT');
  const { code, stdout, stderr } = await ended;
  expect(code).toBe(130);
  expect(stderr).toBe("\nInterrupted. Running: b. Stopping doesn't cancel the function.\n");
  expect(stdout.toString()).toMatch(
    /ok 1 - a\n[^]*not ok 2 - b\n[^]*ok 3 - c # SKIP not run\nBail out! Interrupted\n$/,
  );
  expect(sentNames()).toEqual(['a', 'b']);
  const { testsuite = [] } = (await parse(await readFile(join(cli.folder, 'reports/junit.xml')))) as TestSuites;
  expect(testsuite[0]).toMatchObject({ tests: 3, errors: 1, skipped: 1 });
});

describe('snapshots', () => {
  const SNAPSHOT = { expect: { snapshot: 'snapshots/a.json', ignore: ['event'] } };

  test('are written with --update-snapshots, and compared afterwards', async () => {
    await cli.presets({ presets: [ok('a', SNAPSHOT)] });
    const missing = await cli.run(['test']);
    expect(missing.code).toBe(1);
    expect(missing.stdout.toString()).toContain('Run with --update-snapshots to create it.');
    const written = await cli.run(['test', '--update-snapshots']);
    expect(written.code).toBe(0);
    expect(written.stdout.toString()).toContain('wrote snapshots/a.json');
    const text = await readFile(join(cli.folder, 'snapshots/a.json'), 'utf8');
    expect(text).toBe('{\n  "id": 12345678901234567890,\n  "name": "a"\n}\n');
    expect(await cli.run(['test'])).toMatchObject({ code: 0 });
  });

  test('are never written if CI is set', async () => {
    await cli.presets({ presets: [ok('a', SNAPSHOT)] });
    const { code, stderr } = await cli.run(['test', '--update-snapshots'], { env: { CI: 'true' } });
    expect(code).toBe(2);
    expect(stderr).toContain("--update-snapshots isn't allowed if CI is set.");
    expect(sentNames()).toEqual([]);
  });

  test('are not written if anything else is not as expected', async () => {
    await cli.presets({ presets: [ok('a', { expect: { ...SNAPSHOT.expect, StatusCode: 202 } })] });
    expect(await cli.run(['test', '--update-snapshots'])).toMatchObject({ code: 1 });
    await expect(readFile(join(cli.folder, 'snapshots/a.json'))).rejects.toThrow('ENOENT');
  });

  test.each([
    ['a folder', '..', 'snapshots'],
    ['a missing file', '../../a.json', 'snapshots/a.json'],
  ])('are not written through a link to %s outside of the folder', async (_, target, path) => {
    await mkdir(dirname(join(cli.folder, path)), { recursive: true });
    await symlink(target, join(cli.folder, path));
    await cli.presets({ presets: [ok('a', SNAPSHOT)] });
    const result = await runJson('--update-snapshots');
    expect(statuses(result)).toEqual(['a: errored']);
    await expect(readFile(join(cli.folder, '../a.json'))).rejects.toThrow('ENOENT');
  });
});

test('--local runs all tests on local functions, and ends them', async () => {
  await cp(resolve('test/workspace'), join(cli.folder, 'sample'), { recursive: true });
  await cli.write(
    'sample/.vscode/lambda-invoke.json',
    JSON.stringify({
      presets: [
        {
          ...ok('hello'),
          Payload: { name: 'Ada' },
          profile: 'prod',
          endpoint: server.endpoint,
          expect: { Payload: { message: 'Hello, Ada!' } },
        },
        // More than the log tail.
        { name: 'chatty', FunctionName: 'chatty', expect: { log: { contains: ['line 1 of 200'] } } },
        { ...ok('slow'), Payload: { seconds: 600 } },
      ],
      localFunctions: {
        hello: { handler: 'functions/hello.handler' },
        chatty: { handler: 'functions/chatty.handler' },
        slow: { handler: 'functions/slow.handler', timeout: 900 },
      },
    }),
  );
  const args = ['test', '--json', '--local', '--workspace', 'sample'];
  const passed = await cli.run([...args, '--preset', 'hello', '--preset', 'chatty']);
  expect(statuses(passed)).toEqual(['hello: passed', 'chatty: passed']);
  const child = cli.start(args);
  const ended = resultOf(child);
  // The endpoint, its watchdog, and the processes of both functions.
  const family = () => descendants([Number(child.pid)]);
  await expect.poll(() => family().length).toBeGreaterThanOrEqual(4);
  const processes = family();
  child.kill('SIGINT');
  expect((await ended).code).toBe(130);
  await expect.poll(() => processes.filter(isAlive)).toEqual([]);
  expect(sentNames()).toEqual([]);
});

test('the tests of the sample workspace pass, except the one that shows a failure', async () => {
  await cp(resolve('test/workspace'), join(cli.folder, 'sample'), { recursive: true });
  const result = await runJson('--workspace', 'sample', '--concurrency', '4');
  expect(result.code).toBe(1);
  const { tests, passed } = jsonOf(result);
  expect(passed).toBeGreaterThan(3);
  expect(tests.filter(({ status }) => status !== 'passed').map(({ name }) => name)).toEqual(['shows a failure']);
});

test('keys appear in no report', async () => {
  await cli.presets({ presets: [ok('a'), FAILS, ok('b', { expect: { Payload: { name: 'other' } } })] });
  const parts: string[] = [];
  for (const format of ['--json', '--tap', '--junit=keys.xml']) {
    const { stdout, stderr } = await cli.run(['test', format]);
    parts.push(stdout.toString(), stderr);
  }
  const output = [...parts, await readFile(join(cli.folder, 'keys.xml'), 'utf8')].join('');
  expect(output).toContain('fails');
  for (const key of Object.values(CLI_KEYS)) expect(output).not.toContain(key);
});
