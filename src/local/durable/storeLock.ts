import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { rmSync, readFileSync } from 'node:fs';

/** How often the owner renews its lock, and the age after which a lock is stale, in milliseconds. */
const RENEW_MS = 5000;
const STALE_MS = 20_000;

/** How long to wait for an endpoint that is just ending. */
const WAIT_MS = 2000;
const RETRY_MS = 50;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The owner of a lock if it's stale: its process has ended, or it doesn't renew the lock. */
async function staleOwner(path: string): Promise<string | undefined> {
  try {
    const owner = await readFile(path, 'utf8');
    const age = Date.now() - (await stat(path)).mtimeMs;
    const isStale = !isAlive(Number.parseInt(owner, 10)) || age > STALE_MS || age < -STALE_MS;
    return isStale ? owner : undefined;
  } catch {
    return undefined;
  }
}

/** Removes a stale lock. If another process took it meanwhile, the lock of that one is put back. */
async function removeStale(path: string): Promise<void> {
  const owner = await staleOwner(path);
  if (owner === undefined) return;
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
    if ((await readFile(aside, 'utf8')) !== owner) await link(aside, path);
  } catch {
    // Another process was faster.
  }
  await rm(aside, { force: true });
}

/** A lock that this process holds. */
export interface StoreLock {
  /** Whether another process has taken it, because this one didn't run for a long time. */
  readonly isLost: boolean;
  release(): void;
}

/** Takes the lock at `path`. Resolves with undefined if another running process holds it. */
export async function takeLock(path: string): Promise<StoreLock | undefined> {
  const owner = `${process.pid} ${randomUUID()}`;
  const take = () =>
    writeFile(path, owner, { flag: 'wx', mode: 0o600 }).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
        return false;
      },
    );
  const start = performance.now();
  while (!(await take())) {
    if (performance.now() - start > WAIT_MS) return undefined;
    await removeStale(path);
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
  const isOwn = () => {
    try {
      return readFileSync(path, 'utf8') === owner;
    } catch {
      return false;
    }
  };
  const lock = { isLost: false };
  const timer = setInterval(() => {
    lock.isLost ||= !isOwn();
    const now = new Date();
    if (!lock.isLost) utimes(path, now, now).catch(() => undefined);
  }, RENEW_MS).unref();
  return {
    get isLost() {
      return lock.isLost;
    },
    release() {
      clearInterval(timer);
      if (isOwn()) rmSync(path, { force: true });
    },
  };
}
