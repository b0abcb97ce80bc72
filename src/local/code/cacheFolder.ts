import { lstat, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { homedir, tmpdir, userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** Entries that haven't been used for this long are removed, in milliseconds. */
const MAX_AGE_MS = 30 * 24 * 3_600_000;

/** The folders for caches on this system, in order of precedence. Source: XDG Base Directory Specification. */
function candidates(): string[] {
  const { XDG_CACHE_HOME: xdg = '', LOCALAPPDATA: local = '' } = process.env;
  if (process.platform === 'win32') return [join(isAbsolute(local) ? local : tmpdir(), 'lambda-invoke')];
  const shared = process.platform === 'darwin' ? join(homedir(), 'Library', 'Caches') : join(homedir(), '.cache');
  return [
    join(isAbsolute(xdg) ? xdg : shared, 'lambda-invoke'),
    join(tmpdir(), `lambda-invoke-${userInfo().uid}`), // without a writable home folder
  ];
}

/** Creates a folder that only this user can access. Rejects if another user owns it. */
async function createPrivate(path: string): Promise<string> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  const stats = await lstat(path);
  const isOwn = process.getuid === undefined || (stats.uid === process.getuid() && (stats.mode & 0o077) === 0);
  if (!stats.isDirectory() || !isOwn) throw new Error(`${path} isn't a folder that only you can access.`);
  return path;
}

/** Removes entries by their modification time. Never rejects. */
async function removeOld(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const path = join(folder, name);
    const stats = await stat(path).catch(() => undefined);
    if (stats !== undefined && Date.now() - stats.mtimeMs > MAX_AGE_MS)
      await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** The folders whose old entries this process has removed. */
const cleaned = new Set<string>();

/**
 * The user's cache folder for files of one kind, outside the workspace. Entries that haven't been
 * modified for 30 days are removed. Rejects if no folder can be written.
 */
export async function cacheFolder(kind: string): Promise<string> {
  let failure: unknown;
  for (const candidate of candidates()) {
    try {
      const folder = await createPrivate(join(await createPrivate(candidate), kind));
      if (!cleaned.has(folder)) void removeOld(folder);
      cleaned.add(folder);
      return folder;
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}
