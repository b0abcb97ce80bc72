import { createHash } from 'node:crypto';
import { mkdir, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { claimOf, isSameLock, place, prepare, readChain, release, removeLeftovers } from './lockChain.ts';

const WAIT_MS = 25;
const WITHIN_MS = 3000;

/**
 * Takes a free or stale lock. A stale lock isn't removed but claimed: only one process can claim an owner, so no
 * process can remove the lock of the new owner.
 */
async function take(lock: string, prepared: string): Promise<boolean> {
  if (await place(prepared, lock)) {
    await removeLeftovers(lock);
    return true;
  }
  const chain = await readChain(lock);
  const [first] = chain;
  const holder = chain.at(-1);
  if (first === undefined || holder?.isStale !== true) return false;
  const claim = claimOf(lock, holder.id);
  if (!(await place(prepared, claim))) return false;
  // If the lock was released since it was read, the claim is void.
  if (await isSameLock(lock, first.id)) return true;
  await rm(claim, { force: true });
  return false;
}

/**
 * Runs while no other window of this user edits the file. Returns undefined if the file stays locked for 3 seconds.
 * Locks are in a separate folder, so they never appear next to the file.
 */
export async function withFileLock<T>(folder: string, file: string, run: () => Promise<T>): Promise<T | undefined> {
  const lock = join(folder, `${createHash('sha256').update(file).digest('hex').slice(0, 16)}.lock`);
  await mkdir(folder, { recursive: true });
  const { id, path: prepared } = await prepare(lock);
  const deadline = Date.now() + WITHIN_MS;
  try {
    for (;;) {
      if (await take(lock, prepared)) break;
      if (Date.now() > deadline) return undefined;
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
      const now = new Date();
      await utimes(prepared, now, now); // its time becomes that of the lock
    }
    try {
      return await run();
    } finally {
      await release(lock, id);
    }
  } finally {
    await rm(prepared, { force: true });
  }
}
