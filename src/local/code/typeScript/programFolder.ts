import { rmSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder } from '../cacheFolder.ts';
import { isFolder } from '../pathKind.ts';

/** The maximum size of all programs, in bytes. */
const MAX_BYTES = 200_000_000;

/** Removes the least recently used programs beyond the maximum size. */
async function removeBeyondMaximum(folder: string): Promise<void> {
  const names = await readdir(folder);
  const files = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const { mtimeMs, size } = await stat(path);
      return { path, mtimeMs, size };
    }),
  );
  let bytes = 0;
  for (const { path, size } of files.toSorted((a, b) => b.mtimeMs - a.mtimeMs)) {
    bytes += size;
    if (bytes > MAX_BYTES) await rm(path, { force: true });
  }
}

/** A folder until this process ends. */
async function createTemporary(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'lambda-invoke-'));
  process.once('exit', () => rmSync(path, { recursive: true, force: true }));
  return path;
}

const cleaned = new Set<string>();
let temporary: string | undefined;

/**
 * The folder for compiled programs, which only this user can read and write. It holds at most 200 MB, and is cleaned once
 * for each process. It's created again if it was removed.
 */
export async function programFolder(): Promise<string> {
  try {
    const path = await cacheFolder('programs');
    if (!cleaned.has(path)) {
      cleaned.add(path);
      await removeBeyondMaximum(path).catch(() => undefined);
    }
    return path;
  } catch {
    // No cache folder can be written.
    if (temporary === undefined || !isFolder(temporary)) temporary = await createTemporary();
    return temporary;
  }
}
