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

/** A fresh copy of the module, as it behaves on a platform: it and its libraries read the platform when they load. */
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

test('the first folder of the PATH that has the program counts', async () => {
  await mkdir(join(folder, 'one/node'), { recursive: true });
  const node = await addFile('two/node');
  await addFile('three/node');
  setPath('one', 'two', 'three');
  const { nodeOnPath } = await executablesOn('linux');
  expect(await nodeOnPath()).toBe(node);
});

test('a script on the PATH is asked for the program behind it', async () => {
  await addFile('shims/python3', '#!/bin/sh\necho /opt/python/bin/python3.12\n');
  setPath('shims');
  const { pythonOf } = await executablesOn('linux');
  expect(await pythonOf(folder)).toBe('/opt/python/bin/python3.12');
});

test('without Node on the PATH, the running program is used', async () => {
  setPath('nowhere');
  const { nodeOnPath } = await executablesOn('linux');
  expect(await nodeOnPath()).toBe(process.execPath);
});

test('an empty or a relative entry of the PATH is skipped: it leads to the current folder', async () => {
  await addFile('node');
  await addFile('bin/node');
  vi.stubEnv('PATH', ['', '.', 'bin'].join(delimiter));
  const { nodeOnPath } = await executablesOn('linux');
  process.chdir(folder);
  expect(await nodeOnPath()).toBe(process.execPath);
});

test('on Windows, PATHEXT says which extensions a program has, in its order', async () => {
  vi.stubEnv('PATHEXT', ['.COM', '.EXE', '.CMD'].join(delimiter));
  await addFile('bin/node');
  await addFile('bin/node.ps1');
  const node = await addFile('bin/node.EXE');
  await addFile('bin/node.CMD', 'echo shim');
  setPath('bin');
  const { nodeOnPath } = await executablesOn('win32');
  expect(await nodeOnPath()).toBe(node);
});

test('on Windows, a batch file is asked for the program behind it, also in a folder with spaces', async () => {
  vi.stubEnv('PATHEXT', ['.EXE', '.BAT'].join(delimiter));
  await addFile('py env/python.BAT', 'echo "C:/Python/python.exe $1 $2"\n');
  setPath('py env');
  const { pythonOf } = await executablesOn('win32');
  expect(await pythonOf(folder)).toBe('C:/Python/python.exe -c import sys; print(sys.executable)');
});

test('on Windows, a batch file that fails is no program: Windows can’t start it without a shell', async () => {
  vi.stubEnv('PATHEXT', ['.EXE', '.BAT'].join(delimiter));
  await addFile('bin/python.BAT', 'exit 1\n');
  await addFile('bin/node.BAT', 'exit 1\n');
  setPath('bin');
  const { nodeOnPath, pythonOf } = await executablesOn('win32');
  expect(await pythonOf(folder)).toBeUndefined();
  expect(await nodeOnPath()).toBe(process.execPath);
});

test('on Windows, a program in the current folder is never taken', async () => {
  vi.stubEnv('PATHEXT', '.EXE');
  await addFile('node.EXE');
  const node = await addFile('bin/node.EXE');
  setPath('bin');
  const { nodeOnPath } = await executablesOn('win32');
  process.chdir(folder);
  expect(await nodeOnPath()).toBe(node);
});
