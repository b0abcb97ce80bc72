import { createHash, randomBytes } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** An older temporary file is stale even if its process ID is in use, or from another machine. */
const LEFT_MS = 86_400_000;

const MACHINE = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

/** Temporary files that this process is writing. */
const current = new Set<string>();

/** Name of the target, then process ID and machine. */
const SUFFIX = /^\.(\d+)-([\da-f]{8})\.[\da-f]{8}\.tmp$/;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function isLeft(path: string, pid: number, machine: string): Promise<boolean> {
  // A process in a container can have our ID, but we know our own files.
  if (machine === MACHINE && pid === process.pid) return !current.has(path);
  if (machine === MACHINE && !isAlive(pid)) return true;
  const stats = await stat(path).catch(() => undefined);
  return stats !== undefined && Date.now() - stats.mtimeMs > LEFT_MS;
}

/** Runs with the path of a temporary file next to a file, and removes it afterwards. */
export async function withTemporary(file: string, run: (path: string) => Promise<void>): Promise<void> {
  const path = `${file}.${process.pid}-${MACHINE}.${randomBytes(4).toString('hex')}.tmp`;
  current.add(path);
  try {
    await run(path);
  } finally {
    await rm(path, { force: true });
    current.delete(path);
  }
}

/** Removes the temporary files of killed processes, but not those of running ones. */
export async function removeLeftTemporaries(file: string): Promise<void> {
  const folder = dirname(file);
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((other) => other.startsWith(basename(file)))) {
    const [, pid, machine = ''] = SUFFIX.exec(name.slice(basename(file).length)) ?? [];
    if (pid === undefined) continue;
    const path = join(folder, name);
    if (await isLeft(path, Number(pid), machine)) await rm(path, { force: true });
  }
}
