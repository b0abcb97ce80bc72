import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { samTemplate } from '../../support/templateTexts.ts';

const folders: string[] = [];

afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
});

async function workspace(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'li-list-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

async function list(folder: string, ...options: readonly string[]) {
  const args = ['out/endpoint.js', '--workspace', folder, '--list', ...options];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { lines: stdout.split('\n').filter(Boolean), stderr, code: Number(code) };
}

const IMAGE = `Resources:
  Image:
    Type: AWS::Serverless::Function
    Properties: { PackageType: Image }
`;

test('--list prints the functions of a folder, with their files and obstacles', async () => {
  const folder = await workspace({
    '.vscode/lambda-invoke.json': JSON.stringify({ localFunctions: { mine: { handler: 'index.handler' } } }),
    'a/template.yaml': samTemplate('Fn'),
    'b/template.yaml': samTemplate('Fn'),
    'c/api.yml': IMAGE,
  });
  const { lines, stderr, code } = await list(folder);
  expect(lines).toEqual(
    [
      "Image\tnodejs22.x\t\tc/api.yml:2\tContainer images aren't supported locally.",
      'a.Fn\tnodejs20.x\tindex.handler\ta/template.yaml:1',
      'b.Fn\tnodejs20.x\tindex.handler\tb/template.yaml:1',
      'mine\tnodejs22.x\tindex.handler\t.vscode/lambda-invoke.json',
    ].map((line) => line.replaceAll('/', join('/'))),
  );
  expect(stderr).toBe('Functions: 4. Problems: 0.\n');
  expect(code).toBe(0);
});

test('--list fails if a file can’t be read, and prints why', async () => {
  const folder = await workspace({ 'a/template.yaml': samTemplate('Fn'), 'b/template.yaml': 'a: [' });
  const { lines, stderr, code } = await list(folder);
  expect(lines).toHaveLength(1);
  expect(stderr).toMatch(/^Warning: b.template\.yaml, line 1, /);
  expect(stderr).toContain('Functions: 1. Problems: 1.');
  expect(code).toBe(1);
  expect((await list(folder, '--exclude', 'b')).code).toBe(0);
  expect((await list(folder, '--exclude', 'b', '--exclude', 'a')).lines).toEqual([]);
});

test('the endpoint prints problems when it starts', async () => {
  const folder = await workspace({ 'b/template.yaml': 'a: [' });
  const child = spawn(process.execPath, ['out/endpoint.js', '--workspace', folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (bytes: Buffer) => (stderr += bytes.toString('utf8')));
  await expect.poll(() => stderr).toMatch(/Warning: b.template\.yaml, line 1, /);
  child.kill();
  await once(child, 'exit');
});

test('--help describes all options', async () => {
  const child = spawn(process.execPath, ['out/endpoint.js', '--help'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [stdout, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  expect(code).toBe(0);
  const [usage = '', details = ''] = stdout.split('\n\n');
  const options = [...usage.matchAll(/--[a-z-]+/g)].map(([option]) => option);
  expect(options).toContain('--python-sdk');
  for (const option of options) expect(details).toContain(`  ${option} `);
});

test('a folder of an SDK that does not exist is an error', async () => {
  const { stderr, code } = await list(await workspace({}), '--node-sdk', '/nowhere');
  expect(stderr).toContain('Folder not found: /nowhere.');
  expect(code).toBe(2);
});
