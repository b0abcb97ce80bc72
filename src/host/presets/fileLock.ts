import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const WAIT_MS = 25;
const WITHIN_MS = 3000;
/** A lock this old was left by a window that crashed: an edit takes milliseconds. */
const STALE_MS = 10_000;

async function take(path: string, owner: string): Promise<boolean> {
  try {
    await writeFile(path, owner, { flag: 'wx' });
    return true;
  } catch (error) {
    // Windows answers EPERM for a lock that is just being removed.
    if (!['EEXIST', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
  const stats = await stat(path).catch(() => undefined);
  if (stats !== undefined && Date.now() - stats.mtimeMs > STALE_MS) await rm(path, { force: true });
  return false;
}

/**
 * Runs while no other window of this user edits the same file. Answers undefined where the file stayed locked for
 * 3 seconds. Locks lie in a folder of their own: they never show beside the file.
 */
export async function withFileLock<T>(folder: string, file: string, run: () => Promise<T>): Promise<T | undefined> {
  const path = join(folder, `${createHash('sha256').update(file).digest('hex').slice(0, 16)}.lock`);
  await mkdir(folder, { recursive: true });
  const deadline = Date.now() + WITHIN_MS;
  const owner = randomUUID();
  while (!(await take(path, owner))) {
    if (Date.now() > deadline) return undefined;
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  }
  try {
    return await run();
  } finally {
    // Not where another window has taken over a lock that it found old.
    const isOurs = (await readFile(path, 'utf8').catch(() => '')) === owner;
    if (isOurs) await rm(path, { force: true });
  }
}
