import { beforeEach, describe, expect, test } from 'vitest';
import { resultOf } from '../support/commandLine.ts';
import { dropsConnection } from '../support/lambdaServer.ts';
import { answersByName, FAILING, nameOf, passing, statusesOf } from '../support/testRuns.ts';
import { useCommandLine } from '../support/useCommandLine.ts';

const setup = useCommandLine(answersByName);
const sentNames = () => setup.sent().map(({ url }) => nameOf(url));
const runJson = (...args: string[]) => setup.cli.run(['test', '--json', ...args]);

describe('exit codes', () => {
  test('0 if all tests passed, each invoked once', async () => {
    await setup.cli.presets({ presets: [passing('a'), passing('b'), { name: 'not a test', FunctionName: 'c' }] });
    const result = await runJson();
    expect(result).toMatchObject({ code: 0, stderr: '' });
    expect(statusesOf(result)).toEqual(['a: passed', 'b: passed']);
    expect(sentNames()).toEqual(['a', 'b']);
  });

  test('1 if a test failed', async () => {
    await setup.cli.presets({ presets: [passing('a'), FAILING] });
    const result = await setup.cli.run(['test']);
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
      { presets: [passing('a'), { name: 'b', expect: {} }] },
      '"FunctionName"',
    ],
  ])('2 %s', async (_, presets, sentence) => {
    if (presets !== undefined) await setup.cli.presets(presets);
    const { code, stdout, stderr } = await runJson();
    expect([code, stdout.toString()]).toEqual([2, '']);
    expect(stderr).toContain(sentence);
    expect(stderr).toContain('Run lambda-invoke test --help for help.');
    expect(sentNames()).toEqual([]);
  });

  test('2 with wrong options, an unknown folder, and a file with syntax errors', async () => {
    expect(await runJson('--bial')).toMatchObject({ code: 2 });
    expect(await runJson('--workspace', 'nowhere')).toMatchObject({ code: 2 });
    await setup.cli.write('.vscode/lambda-invoke.json', '{"presets": [}');
    expect(await runJson()).toMatchObject({ code: 2 });
    expect(sentNames()).toEqual([]);
  });

  test('2 if no test could run, and 1 if a connection was lost after sending', async () => {
    await setup.cli.presets({ presets: [passing('a')] });
    expect(await runJson('--profile', 'unknown')).toMatchObject({ code: 2 });
    setup.server.behave(dropsConnection);
    const lost = await runJson();
    expect(lost.code).toBe(1);
    expect(statusesOf(lost)).toEqual(['a: errored']);
    expect(sentNames()).toEqual(['a']);
  });
});

describe('selection', () => {
  beforeEach(async () => {
    const tagged = (name: string, ...tags: string[]) => passing(name, { tags });
    await setup.cli.presets({
      presets: [tagged('a', 'smoke'), tagged('b', 'smoke', 'slow'), tagged('c', 'slow'), passing('d')],
    });
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
  await setup.cli.write('cases/orders.jsonl', '{"name": "tea", "id": 9007199254740993}\n{"id": 2}\n');
  const expected = { event: { id: '${case:id}' } };
  const cases = { Payload: { id: '${case:id}' }, cases: 'cases/orders.jsonl' };
  await setup.cli.presets({ presets: [passing('a', { ...cases, expect: { Payload: expected } })] });
  const result = await runJson();
  expect(statusesOf(result)).toEqual(['a › tea: passed', 'a › 2: passed']);
  const bodies = setup.sent().map(({ body }) => body.toString().replaceAll(/\s/g, ''));
  expect(bodies).toEqual(['{"id":9007199254740993}', '{"id":2}']);
});

test('--bail runs no test after the first failed one', async () => {
  await setup.cli.presets({ presets: [passing('a'), FAILING, passing('b'), passing('c')] });
  const result = await runJson('--bail');
  expect(result.code).toBe(1);
  expect(statusesOf(result)).toEqual(['a: passed', 'fails: failed', 'b: skipped', 'c: skipped']);
  expect(sentNames()).toEqual(['a', 'fails']);
});

test('--concurrency is the number of invocations at the same time', async () => {
  await setup.cli.presets({ presets: ['a', 'b', 'c', 'd', 'e'].map((name) => passing(name)) });
  const waiting: (() => void)[] = [];
  setup.server.behave((response, request) => waiting.push(() => answersByName(response, request)));
  const ended = resultOf(setup.cli.start(['test', '--json', '--concurrency', '2']));
  for (let answered = 0; answered < 5; answered++) {
    await expect.poll(() => waiting.length).toBe(Math.min(5, answered + 2));
    waiting[answered]?.();
  }
  expect((await ended).code).toBe(0);
});
