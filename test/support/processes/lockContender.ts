// Takes the lock of a file for each message of its parent, and reports whether another process held it at the same
// time.
import { existsSync } from 'node:fs';
import { open, readFile, rm, writeFile } from 'node:fs/promises';
import { withFileLock } from '../../../src/host/files/fileLock.ts';

const [locks = '', file = ''] = process.argv.slice(2);

async function criticalSection(): Promise<'alone' | 'overlap'> {
  const inside = `${file}.inside`;
  try {
    await (await open(inside, 'wx')).close();
  } catch {
    return 'overlap';
  }
  if (existsSync(`${file}.stays`)) await new Promise(() => undefined); // hold the lock until killed
  const count = Number(await readFile(file, 'utf8'));
  await writeFile(file, String(count + 1));
  await rm(inside);
  return 'alone';
}

process.on('message', () => {
  void withFileLock(locks, file, criticalSection).then((result) => process.send?.(result ?? 'busy'));
});
process.send?.('ready');
