import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, open, readdir, rm, stat, writeFile, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** A lock this old was left by a process that crashed: an edit takes milliseconds. */
const STALE_MS = 10_000;
/** A time further ahead comes from a clock that was set back: it would never become old. */
const AHEAD_MS = 60_000;
/** What a process left that crashed while it took or released a lock. */
const LEFTOVER_MS = 60_000;
/** More processes than this never crash one after another, each in the few milliseconds of taking over. */
const MAX_CLAIMS = 100;

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}

/** Puts a prepared file in a place where there is none, whole and at once; false where there is one. */
export async function place(prepared: string, path: string): Promise<boolean> {
  try {
    await link(prepared, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
  }
  try {
    await copyFile(prepared, path, constants.COPYFILE_EXCL); // not every file system has hard links
    return true;
  } catch (error) {
    // Windows answers EPERM for a file that is just being removed.
    if (['EEXIST', 'EPERM'].includes(codeOf(error))) return false;
    throw error;
  }
}

interface Link {
  readonly path: string;
  readonly id: string;
  readonly isStale: boolean;
}

async function readLink(path: string): Promise<Link | undefined> {
  let handle: FileHandle;
  try {
    handle = await open(path, 'r');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
  try {
    // Both of the same file: another one may be in its place by now.
    const { mtimeMs, ino } = await handle.stat();
    const id = (await handle.readFile('utf8')).replaceAll(/[^\w-]/g, '') || `${ino}-${mtimeMs}`;
    const age = Date.now() - mtimeMs;
    return { path, id, isStale: age > STALE_MS || age < -AHEAD_MS };
  } finally {
    await handle.close();
  }
}

/** Where the one process that takes over from an owner, or the owner when it is done, says so. An owner's id is never used again. */
export function claimOf(lock: string, id: string): string {
  return `${lock}.${id}.claim`;
}

/** A lock's file and the claims on it, each on the owner before it: the last one is who holds the lock. */
export async function readChain(lock: string): Promise<readonly Link[]> {
  const chain: Link[] = [];
  let next: string | undefined = lock;
  while (next !== undefined && chain.length < MAX_CLAIMS) {
    const found: Link | undefined = await readLink(next);
    if (found !== undefined) chain.push(found);
    next = found && claimOf(lock, found.id);
  }
  return chain;
}

/** Whether the lock is still the one that a chain began with. */
export async function isSameLock(lock: string, id: string): Promise<boolean> {
  return (await readLink(lock))?.id === id;
}

/** A file with a new id in it, beside the lock, that can be put in a place. The caller removes it. */
export async function prepare(lock: string): Promise<{ readonly id: string; readonly path: string }> {
  const id = randomUUID();
  const path = `${lock}.${id}.new`;
  await writeFile(path, id);
  return { id, path };
}

/** Ends an owner's hold, unless another process has claimed it meanwhile: then all of it is that one's. */
export async function release(lock: string, id: string): Promise<void> {
  const chain = await readChain(lock);
  const prepared = await prepare(lock);
  const claim = claimOf(lock, id);
  try {
    if (!(await place(prepared.path, claim))) return;
    // The lock goes first: claims without their lock mean nothing.
    for (const path of [lock, ...chain.slice(1).map((claim) => claim.path), claim]) await rm(path, { force: true });
  } finally {
    await rm(prepared.path, { force: true });
  }
}

/** Removes what crashed processes left beside a lock. Only for whoever has just taken it free: all claims are on others then. */
export async function removeLeftovers(lock: string): Promise<void> {
  const folder = dirname(lock);
  const names = (await readdir(folder)).filter((name) => name.startsWith(`${basename(lock)}.`));
  for (const path of names.map((name) => join(folder, name))) {
    const stats = await stat(path).catch(() => undefined);
    if (stats !== undefined && Date.now() - stats.mtimeMs > LEFTOVER_MS) await rm(path, { force: true });
  }
}
