import { spawnSync } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { zipFile } from '../../../support/zipFile.ts';
import { temporaryCaches } from '../../../support/temporaryCaches.ts';

test('unpacking removes what processes have left that were killed, and nothing else', async () => {
  const folder = await temporaryCaches();
  const archives = join(folder, 'lambda-invoke', 'archives');
  const { pid: ended } = spawnSync(process.execPath, ['--version']);
  const [abandoned, running, elsewhere] = [
    `${hostname()}-${ended}-a`,
    `${hostname()}-${process.ppid}-b`,
    `pc-${ended}-c`,
  ];
  for (const name of [abandoned, running, elsewhere]) {
    await mkdir(join(archives, name, 'code-1'), { recursive: true });
    await writeFile(join(archives, name, 'code-1', 'app.js'), '');
  }
  for (const path of [join(folder, 'lambda-invoke'), archives]) await chmod(path, 0o700);
  const archive = join(folder, 'code.zip');
  await writeFile(archive, zipFile([{ name: 'app.js', text: 'code' }]));
  // Another test of this process may have unpacked something, which is when the folders are cleaned up.
  vi.resetModules();
  const { unpackedArchive } = await import('../../../../src/local/code/unpackedArchive.ts');
  const unpacked = await unpackedArchive(archive);
  expect(await readFile(join(unpacked, 'app.js'), 'utf8')).toBe('code');
  const own = dirname(unpacked).slice(archives.length + 1);
  await expect.poll(async () => (await readdir(archives)).toSorted()).toEqual([running, elsewhere, own].toSorted());
});

test('a file is unpacked again after its files, or all caches, were removed', async () => {
  const folder = await temporaryCaches();
  const archive = join(folder, 'code.zip');
  await writeFile(archive, zipFile([{ name: 'app.js', text: 'code' }]));
  vi.resetModules();
  const { unpackedArchive } = await import('../../../../src/local/code/unpackedArchive.ts');
  const unpacked = await unpackedArchive(archive);
  expect(await unpackedArchive(archive)).toBe(unpacked);
  for (const removed of [unpacked, dirname(unpacked), join(folder, 'lambda-invoke')]) {
    await rm(removed, { recursive: true });
    const again = await unpackedArchive(archive);
    expect(await readFile(join(again, 'app.js'), 'utf8')).toBe('code');
  }
});
