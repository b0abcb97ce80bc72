import { mkdir, readdir, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { expect, test, vi } from 'vitest';
import { setCaches, temporaryCaches } from '../../../support/temporaryCaches.ts';

const DAY_MS = 86_400_000;
const HALF_BYTES = 100_000_000;

test('programs that were not used for 30 days are removed, and the least recently used ones beyond 200 MB', async () => {
  const cache = await temporaryCaches();
  const programs = join(cache, 'lambda-invoke', 'programs');
  await mkdir(programs, { recursive: true, mode: 0o700 });
  const create = async (name: string, bytes: number, ageMs: number) => {
    const used = new Date(Date.now() - ageMs);
    await writeFile(join(programs, name), '');
    await truncate(join(programs, name), bytes);
    await utimes(join(programs, name), used, used);
  };
  await create('unused', 1, 31 * DAY_MS);
  await create('oldest', 1, 29 * DAY_MS);
  await create('older', HALF_BYTES, 2 * DAY_MS);
  await create('newest', HALF_BYTES, DAY_MS);
  // Another test of this process may have used the folder, which is when it is cleaned.
  vi.resetModules();
  const { programFolder } = await import('../../../../src/local/code/typeScript/programFolder.ts');
  expect(await programFolder()).toBe(programs);
  await expect.poll(() => readdir(programs)).toEqual(['newest', 'older']);
  await rm(cache, { recursive: true });
  expect(await programFolder()).toBe(programs);
  expect((await stat(programs)).isDirectory()).toBe(true);
});

test('without a folder for caches, programs are in the folder for temporary files', async () => {
  const home = await temporaryCaches();
  const file = join(home, 'file');
  await writeFile(file, '');
  setCaches(file);
  for (const name of ['TMPDIR', 'TEMP']) vi.stubEnv(name, home);
  vi.resetModules();
  const { programFolder } = await import('../../../../src/local/code/typeScript/programFolder.ts');
  const folder = await programFolder();
  expect((await stat(folder)).isDirectory()).toBe(true);
  expect(relative(home, folder)).not.toMatch(/^\.\./);
  expect(await programFolder()).toBe(folder);
  await rm(folder, { recursive: true });
  expect((await stat(await programFolder())).isDirectory()).toBe(true);
});
