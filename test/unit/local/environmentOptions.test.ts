import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';

const TEMPLATE = `Resources:
  Table: { Type: AWS::DynamoDB::Table }
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Runtime: nodejs22.x
      Environment: { Variables: { TABLE: !Ref Table, QUEUE: !Ref Queue } }`;

const ADVICE = 'Set them in env.json or .env (SAM and CloudFormation), or in .vscode/lambda-invoke.json.';

const folders: string[] = [];

afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
});

async function workspace(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'li-options-'));
  folders.push(folder);
  const all = Object.entries({ 'template.yaml': TEMPLATE, ...files });
  for (const [name, content] of all) await writeFile(join(folder, name), content);
  return folder;
}

function start(folder: string, ...options: readonly string[]) {
  // Node.js also has --env-file, and would read it here without --.
  const args = ['--', 'out/endpoint.js', '--workspace', folder, ...options];
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
}

async function run(folder: string, ...options: readonly string[]) {
  const child = start(folder, ...options);
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { stdout, stderr, code: Number(code) };
}

test('--list names placeholders as notes, which are no problems', async () => {
  const folder = await workspace();
  expect(await run(folder, '--list')).toEqual({
    stdout: 'Fn\tnodejs22.x\tindex.handler\ttemplate.yaml:3\n',
    stderr: `Note: Fn: Environment variables with placeholders: TABLE, QUEUE. ${ADVICE}\nFunctions: 1. Problems: 0.\n`,
    code: 0,
  });
});

test('--env-file sets variables, and can be repeated', async () => {
  const folder = await workspace({
    'one.env': '# comment\n\nexport TABLE=orders\nOTHER=x',
    'two.json': '{ "Fn": { "QUEUE": 1e3 } }',
  });
  const one = ['--list', '--env-file', join(folder, 'one.env')];
  expect((await run(folder, ...one)).stderr).toBe(
    `Note: Fn: Environment variables with placeholders: QUEUE. ${ADVICE}\nFunctions: 1. Problems: 0.\n`,
  );
  expect((await run(folder, ...one, '--env-file', join(folder, 'two.json'))).stderr).toBe(
    'Functions: 1. Problems: 0.\n',
  );
});

test.each<[string, string, string]>([
  ['bad.env', 'TABLE=orders\nsecret value\n', ', line 2: '],
  ['bad.json', '{\n  "Fn": {\n    "TABLE": secret\n', ', line 3: '],
  ['flat.json', '{\n  "TABLE": "secret" }', ', line 2: '],
])('--env-file %s is rejected with its line, without its content', async (name, content, line) => {
  const folder = await workspace({ [name]: content });
  const path = join(folder, name);
  for (const options of [['--list'], []]) {
    const { stdout, stderr, code } = await run(folder, ...options, '--env-file', path);
    expect(stderr).toContain(`${path}${line}Expected NAME=value`);
    expect(stderr).toContain('Usage: ');
    expect(stderr).not.toContain('secret');
    expect({ stdout, code }).toEqual({ stdout: '', code: 2 });
  }
});

test('--env-file with a missing file is rejected', async () => {
  const { stderr, code } = await run(await workspace(), '--env-file', '/nowhere/x.env');
  expect(stderr).toMatch(/^Can't find the environment file .*x\.env\. /);
  expect(code).toBe(2);
});

test('--credentials profile warns about placeholders', async () => {
  const child = start(await workspace(), '--credentials', 'profile');
  let stderr = '';
  child.stderr.on('data', (bytes: Buffer) => (stderr += bytes.toString('utf8')));
  await expect.poll(() => stderr).toContain('Note: Fn: Environment variables with placeholders: TABLE, QUEUE.');
  expect(stderr).toContain(
    'Warning: Functions run with your AWS credentials, and placeholders can name real resources.',
  );
  child.kill();
  await once(child, 'exit');
  const { stderr: rejected, code } = await run(await workspace(), '--credentials', 'all');
  expect(rejected).toMatch(/^Invalid credentials all\. Use none or profile\.\n/);
  expect(code).toBe(2);
});
