import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createUserData } from '../../host/userData.ts';

const before = process.env['TMPDIR'];
let scratch: string;

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'li-tmp-'));
});

afterEach(async () => {
  if (before === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = before;
  await rm(scratch, { recursive: true });
});

test.each(['t', 'ä b', 'a-rather-long-name/'.repeat(5)])(
  'sockets fit into a user data folder with any temporary folder: %s',
  async (name) => {
    const TMPDIR = join(scratch, name);
    await mkdir(TMPDIR, { recursive: true });
    process.env['TMPDIR'] = TMPDIR;
    const folder = await createUserData({ 'a.setting': 1 });
    const socket = join(folder, 'tmp', `vscode-ipc-${crypto.randomUUID()}.sock`);
    expect(Buffer.byteLength(socket)).toBeLessThanOrEqual(107);
    expect(JSON.parse(await readFile(join(folder, 'User/settings.json'), 'utf8'))).toEqual({ 'a.setting': 1 });
    await rm(folder, { recursive: true });
  },
);
