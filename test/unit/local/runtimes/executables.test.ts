import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { build } from 'esbuild';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type * as executables from '../../../../src/local/runtimes/executables.ts';

type Executables = typeof executables;

const startFolder = process.cwd();
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'li-path-'));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  process.chdir(startFolder);
  await rm(folder, { recursive: true, force: true });
});

/** Loads a copy of the module for a platform, which the module and its libraries read when they are loaded. */
async function executablesOn(platform: NodeJS.Platform): Promise<Executables> {
  const outfile = join(folder, `${platform}.cjs`);
  await build({
    entryPoints: ['src/local/runtimes/executables.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    define: { 'process.platform': JSON.stringify(platform) },
  });
  return createRequire(outfile)(outfile) as Executables;
}

async function addFile(name: string, text = ''): Promise<string> {
  const path = join(folder, name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, text);
  await chmod(path, 0o755);
  return path;
}

function setPath(...folders: string[]): void {
  vi.stubEnv('PATH', folders.map((name) => (name === '' ? '' : join(folder, name))).join(delimiter));
}

test('the program is taken from the first PATH folder that has it', async () => {
  await mkdir(join(folder, 'one/node'), { recursive: true });
  const node = await addFile('two/node');
  await addFile('three/node');
  setPath('one', 'two', 'three');
  const { nodeOnPath } = await executablesOn('linux');
  expect(await nodeOnPath()).toBe(node);
});

test('a shim script on the PATH is resolved to its program', async () => {
  await addFile('shims/python3', '#!/bin/sh\necho /opt/python/bin/python3.12\n');
  setPath('shims');
  const { pythonOnPath } = await executablesOn('linux');
  expect(await pythonOnPath()).toBe('/opt/python/bin/python3.12');
});

test('without Node.js on the PATH, the executable of this process is used', async () => {
  setPath('nowhere');
  const { nodeOnPath } = await executablesOn('linux');
  expect(await nodeOnPath()).toBe(process.execPath);
});

test('empty and relative PATH entries are skipped, because they refer to the current folder', async () => {
  await addFile('node');
  await addFile('bin/node');
  vi.stubEnv('PATH', ['', '.', 'bin'].join(delimiter));
  const { nodeOnPath } = await executablesOn('linux');
  process.chdir(folder);
  expect(await nodeOnPath()).toBe(process.execPath);
});

test('on Windows, PATHEXT defines the extensions of programs and their precedence', async () => {
  vi.stubEnv('PATHEXT', ['.COM', '.EXE', '.CMD'].join(delimiter));
  await addFile('bin/node');
  await addFile('bin/node.ps1');
  const node = await addFile('bin/node.EXE');
  await addFile('bin/node.CMD', 'echo shim');
  setPath('bin');
  const { nodeOnPath } = await executablesOn('win32');
  expect(await nodeOnPath()).toBe(node);
});

test('on Windows, a batch file is resolved to its program, even in a folder with spaces', async () => {
  vi.stubEnv('PATHEXT', ['.EXE', '.BAT'].join(delimiter));
  await addFile('py env/python.BAT', 'echo "C:/Python/python.exe $1 $2"\n');
  setPath('py env');
  const { pythonOnPath } = await executablesOn('win32');
  expect(await pythonOnPath()).toBe('C:/Python/python.exe -c import sys; print(sys.executable)');
});

test('on Windows, a failing batch file is ignored, because it can’t be started without a shell', async () => {
  vi.stubEnv('PATHEXT', ['.EXE', '.BAT'].join(delimiter));
  await addFile('bin/python.BAT', 'exit 1\n');
  await addFile('bin/node.BAT', 'exit 1\n');
  setPath('bin');
  const { nodeOnPath, pythonOnPath } = await executablesOn('win32');
  expect(await pythonOnPath()).toBeUndefined();
  expect(await nodeOnPath()).toBe(process.execPath);
});

test('on Windows, programs in the current folder are ignored', async () => {
  vi.stubEnv('PATHEXT', '.EXE');
  await addFile('node.EXE');
  const node = await addFile('bin/node.EXE');
  setPath('bin');
  const { nodeOnPath } = await executablesOn('win32');
  process.chdir(folder);
  expect(await nodeOnPath()).toBe(node);
});
