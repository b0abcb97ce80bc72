import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { statRegularFile, readRegularFile } from '../../../../src/local/workspace/readRegularFile.ts';
import { createNamedPipes } from '../../../support/createNamedPipes.ts';

const isWindows = process.platform === 'win32';
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'li-read-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const read = (path: string, maxBytes = 100) => readRegularFile({ path, label: 'x.yaml', maxBytes });

async function file(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text);
  return join(folder, name);
}

test('a regular file is read, directly or through a link', async () => {
  const path = await file('a', 'é');
  expect(await read(path)).toEqual({ kind: 'text', text: 'é' });
  await symlink(path, `${path}.link`);
  expect(await read(`${path}.link`)).toEqual({ kind: 'text', text: 'é' });
  expect(await read(await file('empty', ''))).toEqual({ kind: 'text', text: '' });
});

test('a file is read up to its limit', async () => {
  const path = await file('large', 'x'.repeat(101));
  expect(await read(path)).toMatchObject({ kind: 'problem', problem: { code: 'fileTooLarge' } });
  expect(await read(path, 101)).toMatchObject({ kind: 'text' });
});

test.runIf(process.platform === 'linux')(
  'a file with more content than its reported size is read up to its limit',
  async () => {
    expect(await read('/proc/self/status', 10)).toMatchObject({ kind: 'problem', problem: { code: 'fileTooLarge' } });
  },
);

test('a file that does not exist is missing', async () => {
  expect(await read(join(folder, 'nowhere'))).toEqual({ kind: 'missing' });
  expect(await read(join(await file('b', ''), 'below'))).toEqual({ kind: 'missing' });
});

test('a folder is not a regular file', async () => {
  await mkdir(join(folder, 'folder'));
  expect(await read(join(folder, 'folder'))).toMatchObject({ problem: { code: 'fileNotRegular', args: ['x.yaml'] } });
});

describe.skipIf(isWindows)('not a regular file:', () => {
  test('a pipe without a writer, which does not block', async () => {
    createNamedPipes(join(folder, 'pipe'));
    expect(await read(join(folder, 'pipe'))).toMatchObject({ problem: { code: 'fileNotRegular' } });
  });

  test('a socket', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => void server.listen(join(folder, 'socket'), resolve));
    expect(await read(join(folder, 'socket'))).toMatchObject({ problem: { code: 'fileNotRegular' } });
    server.close();
  });

  test.each(['/dev/zero', '/dev/tty', '/dev/null'])('%s behind a link', async (device) => {
    const path = join(folder, device.replaceAll('/', '-'));
    await symlink(device, path);
    expect(await read(path)).toMatchObject({ kind: 'problem' });
  });

  test('a link to itself, reported with its error code', async () => {
    await symlink('loop', join(folder, 'loop'));
    expect(await read(join(folder, 'loop'))).toMatchObject({
      problem: { code: 'fileUnreadable', args: ['x.yaml', 'ELOOP'] },
    });
  });
});

test('the stamp changes with the content, even if size and time do not', async () => {
  const path = await file('c', 'one');
  const source = { path, label: 'c', maxBytes: 100 };
  const before = await statRegularFile(source);
  await rm(path);
  await writeFile(path, 'two');
  expect(await statRegularFile(source)).not.toEqual(before);
  expect(await statRegularFile(source)).toEqual(await statRegularFile(source));
});
