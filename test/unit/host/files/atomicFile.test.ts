import { fork, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isReadOnly, writeAtomically } from '../../../../src/host/files/atomicFile.ts';
import { bundleScript } from '../../../support/bundleScript.ts';

const LARGE_CONTENT = new Uint8Array(48 * 1024 * 1024).fill(0x20);

/** Processes start slowly on a busy machine. */
const POLL_OPTIONS = { timeout: 20_000, interval: 5 };

let script: string;
let folder: string;
let file: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  script = await bundleScript('fileWriter.ts');
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'li-atomic-'));
  file = join(folder, 'presets.json');
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

afterAll(() => rm(dirname(script), { recursive: true, force: true }));

const modeOf = async (path: string) => (await stat(path)).mode & 0o7777;
const temporaryFiles = async () => (await readdir(folder)).filter((name) => name.endsWith('.tmp'));
const write = (text: string, path = file) => writeAtomically(path, Buffer.from(text));

describe('the mode of a file', () => {
  test.each([0o600, 0o640, 0o604, 0o660, 0o666, 0o755])(
    '%i is kept, and the temporary file never has more permissions',
    async (mode) => {
      await writeFile(file, 'old');
      await chmod(file, mode);
      const state = { isDone: false };
      const written = writeAtomically(file, LARGE_CONTENT).finally(() => {
        state.isDone = true;
      });
      const seen: number[] = [];
      while (!state.isDone) {
        for (const name of await temporaryFiles())
          await modeOf(join(folder, name)).then(
            (mode) => seen.push(mode),
            () => 0,
          );
      }
      await written;
      expect(seen.length).toBeGreaterThan(0);
      expect(seen.filter((mode) => (mode & ~mode) !== 0)).toEqual([]);
      expect(await modeOf(file)).toBe(mode);
    },
  );

  test('of a new file follows the umask', async () => {
    const before = process.umask();
    await write('new');
    expect(await modeOf(file)).toBe(0o666 & ~before);
  });

  test.runIf(process.getuid?.() === 0)('is kept together with owner and group', async () => {
    await writeFile(file, 'old');
    await chown(file, 1234, 2345);
    await chmod(file, 0o640);
    await write('new');
    const { uid, gid } = await stat(file);
    expect([uid, gid, await modeOf(file)]).toEqual([1234, 2345, 0o640]);
  });
});

describe('the temporary file', () => {
  async function writing(): Promise<ChildProcess> {
    const known = await temporaryFiles();
    const child = fork(script, [file]);
    children.push(child);
    await expect
      .poll(async () => (await temporaryFiles()).filter((name) => !known.includes(name)), POLL_OPTIONS)
      .not.toEqual([]);
    return child;
  }

  /** Kills a process while it writes, and returns the temporary file that it left. */
  async function leaveTemporaryFile(): Promise<string> {
    for (;;) {
      const known = await temporaryFiles();
      const child = await writing();
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
      const [left] = (await temporaryFiles()).filter((name) => !known.includes(name));
      if (left !== undefined) return left;
    }
  }

  test('of a process that was killed is removed by the next write', { timeout: 120_000 }, async () => {
    const left = await leaveTemporaryFile();
    expect(await temporaryFiles()).toContain(left);
    await write('new');
    expect(await temporaryFiles()).toEqual([]);
    expect(await readFile(file, 'utf8')).toBe('new');
  });

  test('of a running process stays, and so do files with similar names', { timeout: 120_000 }, async () => {
    let stopped: string | undefined;
    while (stopped === undefined) {
      const child = await writing();
      child.kill('SIGSTOP');
      [stopped] = await temporaryFiles();
      if (stopped === undefined) child.kill('SIGKILL');
    }
    await writeFile(join(folder, 'presets.json.mine.tmp'), '');
    await writeFile(join(folder, 'other.json.1-00000000.00000000.tmp'), '');
    await write('new');
    expect(await temporaryFiles()).toEqual(
      expect.arrayContaining([stopped, 'presets.json.mine.tmp', 'other.json.1-00000000.00000000.tmp']),
    );
  });

  test('is removed if the file can’t be replaced', async () => {
    await mkdir(join(file, 'folder'), { recursive: true });
    await expect(write('new')).rejects.toThrow('EISDIR');
    expect(await temporaryFiles()).toEqual([]);
  });
});

describe('a symbolic link', () => {
  const LINKS: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
    ['to a file', { 'presets.json': '{}/real.json' }, 'real.json'],
    ['that is relative', { 'presets.json': 'deep/real.json' }, 'deep/real.json'],
    ['to a link to a link', { 'presets.json': 'one', one: '{}/deep/two', 'deep/two': '../real.json' }, 'real.json'],
    [
      'through a folder that is a link',
      { 'presets.json': 'folder/real.json', folder: 'deep/inner' },
      'deep/inner/real.json',
    ],
    [
      'up from a folder that is a link',
      { 'presets.json': 'folder/../real.json', folder: 'deep/inner' },
      'deep/real.json',
    ],
  ];

  async function make(links: Readonly<Record<string, string>>): Promise<void> {
    await mkdir(join(folder, 'deep/inner'), { recursive: true });
    for (const [path, to] of Object.entries(links)) await symlink(to.replace('{}', folder), join(folder, path));
  }

  test.each(LINKS)('%s stays, and its target is written', async (_, links, real) => {
    await make(links);
    await writeFile(join(folder, real), 'old', { mode: 0o600 });
    await write('new');
    expect(await readFile(join(folder, real), 'utf8')).toBe('new');
    expect(await modeOf(join(folder, real))).toBe(0o600);
    for (const [path, to] of Object.entries(links))
      expect(await readlink(join(folder, path))).toBe(to.replace('{}', folder));
  });

  test.each(LINKS)('%s stays, and a missing target is created', async (_, links, real) => {
    await make(links);
    await write('new');
    expect((await lstat(join(folder, real))).isFile()).toBe(true);
    expect(await readFile(join(folder, real), 'utf8')).toBe('new');
    for (const [path, to] of Object.entries(links))
      expect(await readlink(join(folder, path))).toBe(to.replace('{}', folder));
  });

  test('in a cycle or into a missing folder is rejected and stays', async () => {
    for (const to of ['presets.json', 'nowhere/real.json']) {
      await symlink(to, file);
      await expect(write('new')).rejects.toThrow(/ELOOP|ENOENT/);
      expect(await readlink(file)).toBe(to);
      await rm(file);
    }
  });
});

test('a file without write permission is read-only, also through a symbolic link', async () => {
  await writeFile(file, '', { mode: 0o444 });
  await symlink(file, join(folder, 'link'));
  expect(await isReadOnly(join(folder, 'link'))).toBe(true);
  await chmod(file, 0o644);
  expect(await isReadOnly(join(folder, 'link'))).toBe(false);
  expect(await isReadOnly(join(folder, 'none'))).toBe(false);
});

test.runIf(process.platform === 'linux')('a file that is a mount point is written in place', async ({ skip }) => {
  const mounted = join(folder, 'mounted.json');
  await writeFile(mounted, 'old and longer');
  await writeFile(file, '');
  // Only an administrator can mount.
  if (spawnSync('mount', ['--bind', mounted, file]).status !== 0) return skip();
  try {
    await write('new');
    expect(await readFile(mounted, 'utf8')).toBe('new');
    expect(await temporaryFiles()).toEqual([]);
  } finally {
    spawnSync('umount', [file]);
  }
});
