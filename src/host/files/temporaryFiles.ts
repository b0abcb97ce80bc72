import { createHash, randomBytes } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** A temporary file of another machine, or of a process whose number is in use again, is left once it is this old. */
const LEFT_MS = 86_400_000;

const MACHINE = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

/** What this process writes at the moment. */
const current = new Set<string>();

/** The process and the machine of a temporary file, behind the name of the file that it replaces. */
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
  // A process of a container may have our own number: what is ours is known.
  if (machine === MACHINE && pid === process.pid) return !current.has(path);
  if (machine === MACHINE && !isAlive(pid)) return true;
  const stats = await stat(path).catch(() => undefined);
  return stats !== undefined && Date.now() - stats.mtimeMs > LEFT_MS;
}

/** Runs with the path of a temporary file beside a file; the temporary file is gone afterwards. */
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

/** Removes the temporary files of a file that processes left which were killed. Those of living processes stay. */
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
