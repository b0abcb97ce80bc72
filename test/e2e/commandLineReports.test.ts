import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, type TestSuites } from 'junit2json';
import { expect, test } from 'vitest';
import { CLI_KEYS, resultOf } from '../support/commandLine.ts';
import { staysSilent } from '../support/lambdaServer.ts';
import { answersByName, FAILING, jsonOf, nameOf, passing } from '../support/testRuns.ts';
import { useCommandLine } from '../support/useCommandLine.ts';

const setup = useCommandLine(answersByName);
const sentNames = () => setup.sent().map(({ url }) => nameOf(url));
const runJson = (...args: string[]) => setup.cli.run(['test', '--json', ...args]);

test('a difference is reported as the failing part only', async () => {
  await setup.cli.presets({
    presets: [passing('a', { Payload: { secret: 'do not show' }, expect: { Payload: { id: 1 } } })],
  });
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

test('--junit writes a report that another program reads, with the time of each test', async () => {
  await setup.cli.presets({ presets: [passing('a', { group: 'shop' }), FAILING] });
  expect(await setup.cli.run(['test', '--junit', 'reports/junit.xml'])).toMatchObject({ code: 1 });
  const { testsuite = [], tests } = (await parse(
    await readFile(join(setup.cli.folder, 'reports/junit.xml')),
  )) as TestSuites;
  expect(tests).toBe(2);
  expect(testsuite.map(({ name }) => name)).toEqual(['shop', '.vscode/lambda-invoke.json']);
  const cases = testsuite.flatMap(({ testcase = [] }) => testcase);
  for (const { time = 0 } of cases) expect(time).toBeGreaterThan(0);
  expect(cases[1]?.failure?.[0]?.message).toBe('The function failed: Broken: no.');
});

test('Ctrl+C says what was running, exits with 130, and still writes the report', async () => {
  await setup.cli.presets({ presets: [passing('a'), passing('b'), passing('c')] });
  setup.server.behave((response, request) =>
    (nameOf(request.url) === 'a' ? answersByName : staysSilent)(response, request),
  );
  const child = setup.cli.start(['test', '--junit', 'reports/junit.xml', '--tap']);
  const ended = resultOf(child);
  await expect.poll(sentNames).toEqual(['a', 'b']);
  child.kill('SIGINT');
  const { code, stdout, stderr } = await ended;
  expect(code).toBe(130);
  expect(stderr).toBe("\nInterrupted. Running: b. Stopping doesn't cancel functions in AWS.\n");
  expect(stdout.toString()).toMatch(
    /ok 1 - a\n[^]*not ok 2 - b\n[^]*ok 3 - c # SKIP not run\nBail out! Interrupted\n$/,
  );
  expect(sentNames()).toEqual(['a', 'b']);
  const { testsuite = [] } = (await parse(await readFile(join(setup.cli.folder, 'reports/junit.xml')))) as TestSuites;
  expect(testsuite[0]).toMatchObject({ tests: 3, errors: 1, skipped: 1 });
});

test('keys appear in no report', async () => {
  await setup.cli.presets({
    presets: [passing('a'), FAILING, passing('b', { expect: { Payload: { name: 'other' } } })],
  });
  const parts: string[] = [];
  for (const format of ['--json', '--tap', '--junit=keys.xml']) {
    const { stdout, stderr } = await setup.cli.run(['test', format]);
    parts.push(stdout.toString(), stderr);
  }
  const output = [...parts, await readFile(join(setup.cli.folder, 'keys.xml'), 'utf8')].join('');
  expect(output).toContain('fails');
  for (const key of Object.values(CLI_KEYS)) expect(output).not.toContain(key);
});
