import { spawn } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { resultOf } from '../support/commandLine.ts';
import { answers } from '../support/lambdaServer.ts';
import { answersByName, FAILING, nameOf, passing } from '../support/testRuns.ts';
import { useCommandLine } from '../support/useCommandLine.ts';

const setup = useCommandLine(answersByName);
const sentNames = () => setup.sent().map(({ url }) => nameOf(url));

/** Runs a line of Bash, in which `lambda-invoke` starts the command line. */
function runLine(line: string) {
  const text = `lambda-invoke() { "$NODE" "$CLI" "$@"; }\n${line}`;
  const env = { ...setup.cli.environment, NODE: process.execPath, CLI: setup.cli.path };
  return resultOf(spawn('bash', ['-c', text], { cwd: setup.cli.folder, env }));
}

describe('a reader of stdout that is gone', () => {
  test('is not an error, and all tests run', async () => {
    await setup.cli.presets({ presets: ['a', 'b', 'c', 'd'].map((name) => passing(name)) });
    const { stdout, stderr } = await runLine('lambda-invoke test | head -n 1; echo "exit code ${PIPESTATUS[0]}"');
    expect(stdout.toString()).toMatch(/^✓ a \(.*\)\nexit code 0\n$/);
    expect(stderr).toBe('');
    expect(sentNames()).toEqual(['a', 'b', 'c', 'd']);
  });

  test('is not an error of a large response', async () => {
    setup.server.behave(answers({ body: JSON.stringify('x'.repeat(5_000_000)) }));
    const { stdout, stderr } = await runLine(
      'lambda-invoke invoke --function a | head -c 5; echo " exit code ${PIPESTATUS[0]}"',
    );
    expect(stdout.toString()).toBe('"xxxx exit code 0\n');
    expect(stderr).toMatch(/^a \(.*\): succeeded \(200\) in .*\n$/);
  });
});

test('a streamed response is complete for a slow reader, and its reader may be gone', async () => {
  await setup.cli.write('.vscode/lambda-invoke.json', '{"localFunctions": {"stream": {"handler": "stream.handler"}}}');
  await setup.cli.write(
    'stream.mjs',
    `export const handler = awslambda.streamifyResponse(async (event, stream) => {
  for (let at = 0; at < 80; at++) stream.write(Buffer.alloc(65536, 97));
  stream.end('end');
});`,
  );
  const invoke = 'lambda-invoke invoke --local --function stream --stream --log-type None';
  const slow = await runLine(`${invoke} | { read -r -n 1; sleep 1; tail -c 3; }`);
  expect(slow.stdout.toString()).toBe('end');
  expect((await runLine(`${invoke} | wc -c`)).stdout.toString().trim()).toBe(String(80 * 65_536 + 3));
  const gone = await runLine(`${invoke} | head -c 5; echo " exit code \${PIPESTATUS[0]}"`);
  expect(gone.stdout.toString()).toBe('aaaaa exit code 0\n');
});

test('stdin is read up to a limit', async () => {
  const { stdout, stderr } = await runLine(
    'yes | lambda-invoke invoke --function a --payload-file -; echo "exit code $?"',
  );
  expect(stdout.toString()).toBe('exit code 2\n');
  expect(stderr).toContain('stdin is larger than 64 MB. The maximum payload of Lambda is 6 MB.\n');
  expect(sentNames()).toEqual([]);
});

describe.skipIf(process.platform !== 'linux')('a full disk', () => {
  test.each(['--help', '--version'])('is an error of lambda-invoke %s', async (args) => {
    const { stdout, stderr } = await runLine(`lambda-invoke ${args} > /dev/full; echo "exit code $?"`);
    expect([stdout.toString(), stderr]).toEqual(['exit code 2\n', "Can't write to stdout (ENOSPC).\n"]);
  });

  test.each(['invoke a', 'test', 'test --json', 'test --tap'])('is an error of lambda-invoke %s', async (args) => {
    await setup.cli.presets({ presets: [passing('a')] });
    const { stdout, stderr } = await runLine(`lambda-invoke ${args} > /dev/full; echo "exit code $?"`);
    expect(stdout.toString()).toBe('exit code 2\n');
    expect(stderr).toContain("Can't write to stdout (ENOSPC).\n");
    expect(sentNames()).toEqual(['a']);
  });
});

describe('the file of --junit', () => {
  test.each(['.', 'file/report.xml', ...(process.platform === 'linux' ? ['/proc/report.xml', '/dev/fd/99'] : [])])(
    'is checked before anything is invoked: %s',
    async (path) => {
      await setup.cli.presets({ presets: [passing('a')] });
      await setup.cli.write('file', '');
      const { code, stderr } = await setup.cli.run(['test', '--junit', path]);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^Can't write .* \(.*\)\.\n$/);
      expect(sentNames()).toEqual([]);
    },
  );

  test('is replaced as a whole, so that two runs never mix their reports', async () => {
    const names = Array.from({ length: 40 }, (_, at) => `test${at}`);
    await setup.cli.presets({ presets: names.map((name) => passing(name)) });
    const args = ['test', '--concurrency', '20', '--junit', 'reports/junit.xml'];
    const runs = await Promise.all(Array.from({ length: 4 }, () => setup.cli.run(args)));
    expect(runs.map(({ code, stderr }) => ({ code, stderr }))).toEqual(Array(4).fill({ code: 0, stderr: '' }));
    expect(await readdir(join(setup.cli.folder, 'reports'))).toEqual(['junit.xml']);
    const report = await readFile(join(setup.cli.folder, 'reports/junit.xml'), 'utf8');
    expect(report.match(/<testcase /g)).toHaveLength(40);
    expect(report).toMatch(/<\/testsuites>\n$/);
  });

  test.skipIf(process.platform === 'win32')('can be a link or a pipe', async () => {
    await setup.cli.presets({ presets: [passing('a'), FAILING] });
    await setup.cli.write('real/report.xml', 'before');
    await chmod(join(setup.cli.folder, 'real/report.xml'), 0o606);
    await symlink('real/report.xml', join(setup.cli.folder, 'link.xml'));
    expect(await setup.cli.run(['test', '--junit', 'link.xml'])).toMatchObject({ code: 1 });
    expect(await readFile(join(setup.cli.folder, 'real/report.xml'), 'utf8')).toContain('<testsuites ');
    expect((await stat(join(setup.cli.folder, 'real/report.xml'))).mode & 0o777).toBe(0o606);
    const { stdout } = await runLine('{ lambda-invoke test --junit >(cat >&3) >&2; } 3>&1 | cat');
    expect(stdout.toString()).toMatch(/^<\?xml [^]*<\/testsuites>\n$/);
  });
});

test('the workspace can be a link, and its path and names can have any characters', async () => {
  const folder = join(setup.cli.folder, 'Bestellungen „ä“ & #1%20');
  const name = 'größe <2> & "三" # 1';
  await mkdir(join(folder, '.vscode'), { recursive: true });
  await symlink(folder, join(setup.cli.folder, 'link'));
  const snapshot = { snapshot: 'snapshots/größe 三.json', ignore: ['event.at'] };
  const presets = [{ name, FunctionName: 'a', payloadFile: 'events/größe.json', expect: snapshot }];
  await setup.cli.write('link/.vscode/lambda-invoke.json', JSON.stringify({ presets }));
  await setup.cli.write('link/events/größe.json', '{"at": 1}');
  for (const workspace of [folder, 'link']) {
    const args = ['test', '--workspace', workspace, '--preset', name, '--junit', 'ü/report.xml', '--tap'];
    expect(await setup.cli.run([...args, '--update-snapshots'])).toMatchObject({ code: 0 });
    const { code, stdout } = await setup.cli.run(args);
    expect(code).toBe(0);
    expect(stdout.toString()).toContain('ok 1 - größe <2> & "三" \\# 1\n');
  }
});
