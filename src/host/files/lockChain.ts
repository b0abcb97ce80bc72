import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, open, readdir, rm, stat, writeFile, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** An older lock is from a crashed process, because edits take milliseconds. */
const STALE_MS = 10_000;
/** A later time is from before the clock was set back, and would never become stale. */
const AHEAD_MS = 60_000;
/** Files of a process that crashed while it took or released a lock. */
const LEFTOVER_MS = 60_000;
/** More processes than will ever crash in a row while they take over a lock. */
const MAX_CLAIMS = 100;

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}

/** Atomically creates a file from a prepared one. Returns false if it exists. */
export async function place(prepared: string, path: string): Promise<boolean> {
  try {
    await link(prepared, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
  }
  try {
    await copyFile(prepared, path, constants.COPYFILE_EXCL); // for file systems without hard links
    return true;
  } catch (error) {
    // Windows fails with EPERM while a file is being removed.
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
    // From the same handle, because the file might have been replaced.
    const { mtimeMs, ino } = await handle.stat();
    const id = (await handle.readFile('utf8')).replaceAll(/[^\w-]/g, '') || `${ino}-${mtimeMs}`;
    const age = Date.now() - mtimeMs;
    return { path, id, isStale: age > STALE_MS || age < -AHEAD_MS };
  } finally {
    await handle.close();
  }
}

/** The file with which one process takes over from an owner, or the owner releases the lock. Owner IDs are unique. */
export function claimOf(lock: string, id: string): string {
  return `${lock}.${id}.claim`;
}

/** A lock and its claims, each on the previous owner. The last claim is from the current owner. */
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

/** Whether the lock is still the first of a chain. */
export async function isSameLock(lock: string, id: string): Promise<boolean> {
  return (await readLink(lock))?.id === id;
}

/** Prepares a file with a new ID next to the lock. The caller removes it. */
export async function prepare(lock: string): Promise<{ readonly id: string; readonly path: string }> {
  const id = randomUUID();
  const path = `${lock}.${id}.new`;
  await writeFile(path, id);
  return { id, path };
}

/** Releases a lock, unless another process has claimed it meanwhile. */
export async function release(lock: string, id: string): Promise<void> {
  const chain = await readChain(lock);
  const prepared = await prepare(lock);
  const claim = claimOf(lock, id);
  try {
    if (!(await place(prepared.path, claim))) return;
    // The lock first, because claims without it are void.
    for (const path of [lock, ...chain.slice(1).map((claim) => claim.path), claim]) await rm(path, { force: true });
  } finally {
    await rm(prepared.path, { force: true });
  }
}

/** Removes files of crashed processes. Only for a process that has just taken a free lock, when all claims are void. */
export async function removeLeftovers(lock: string): Promise<void> {
  const folder = dirname(lock);
  const names = (await readdir(folder)).filter((name) => name.startsWith(`${basename(lock)}.`));
  for (const path of names.map((name) => join(folder, name))) {
    const stats = await stat(path).catch(() => undefined);
    if (stats !== undefined && Date.now() - stats.mtimeMs > LEFTOVER_MS) await rm(path, { force: true });
  }
}
