import { rmSync } from 'node:fs';
import { chmod, lstat, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

/** The maximum size of all programs, in bytes. */
const MAX_BYTES = 200_000_000;
/** Programs that haven't been used for this time are removed, in milliseconds. */
const MAX_AGE_MS = 30 * 86_400_000;

/** The user's folder for files that can be created again. */
function userCacheFolder(): string {
  if (process.platform === 'win32') return process.env['LOCALAPPDATA'] || join(homedir(), 'AppData', 'Local');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  return process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
}

/** Removes old programs and the remains of interrupted writes, and then the oldest programs beyond the maximum size. */
async function clean(folder: string): Promise<void> {
  const names = await readdir(folder);
  const files = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const { mtimeMs, size } = await stat(path);
      return { path, mtimeMs, size };
    }),
  );
  let bytes = 0;
  for (const { path, mtimeMs, size } of files.toSorted((a, b) => b.mtimeMs - a.mtimeMs)) {
    bytes += size;
    if (bytes > MAX_BYTES || mtimeMs < Date.now() - MAX_AGE_MS) await rm(path, { force: true });
  }
}

async function createFolder(): Promise<string> {
  const path = join(userCacheFolder(), 'lambda-invoke', 'programs');
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    const stats = await lstat(path);
    if (!stats.isDirectory() || (process.getuid !== undefined && stats.uid !== process.getuid()))
      throw new Error('The folder belongs to another user.');
    await chmod(path, 0o700);
    await clean(path).catch(() => undefined);
    return path;
  } catch {
    // There is no home folder, or it can't be written.
    const path = await mkdtemp(join(tmpdir(), 'lambda-invoke-'));
    process.once('exit', () => rmSync(path, { recursive: true, force: true }));
    return path;
  }
}

let folder: Promise<string> | undefined;

/**
 * The folder for compiled programs, which only this user can read and write. It holds at most 200 MB, and is cleaned once
 * for each process.
 */
export function programFolder(): Promise<string> {
  folder ??= createFolder();
  return folder;
}
