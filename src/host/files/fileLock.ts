import { createHash } from 'node:crypto';
import { mkdir, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { claimOf, isSameLock, place, prepare, readChain, release, removeLeftovers } from './lockChain.ts';

const WAIT_MS = 25;
const WITHIN_MS = 3000;
const AT_MOST_MS = 30_000;

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
 * Runs while no other window of this user edits the file. Returns undefined if one owner holds the lock for 3 seconds, or
 * if others get the lock first for 30 seconds. Locks are in a separate folder, so they never appear next to the file.
 */
export async function withFileLock<T>(folder: string, file: string, run: () => Promise<T>): Promise<T | undefined> {
  const lock = join(folder, `${createHash('sha256').update(file).digest('hex').slice(0, 16)}.lock`);
  await mkdir(folder, { recursive: true });
  const { id, path: prepared } = await prepare(lock);
  const start = Date.now();
  let owner: string | undefined;
  let ownedSince = start;
  try {
    for (;;) {
      if (await take(lock, prepared)) break;
      const current = (await readChain(lock)).at(-1)?.id;
      if (current !== owner) [owner, ownedSince] = [current, Date.now()];
      if (Date.now() > Math.min(ownedSince + WITHIN_MS, start + AT_MOST_MS)) return undefined;
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
