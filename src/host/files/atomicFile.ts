import { constants, type Stats } from 'node:fs';
import { access, open, rename, stat, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { linkTarget } from './linkTarget.ts';
import { removeLeftTemporaries, withTemporary } from './temporaryFiles.ts';

/** Windows can't replace a file while another program, such as a virus scanner, reads it. */
const WINDOWS_TRIES = 20;
const WINDOWS_WAIT_MS = 50;

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}

/** Whether a file is read-only. Checks the mode, because administrators can write every file. */
export async function isReadOnly(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => undefined);
  if (stats === undefined) return false;
  if ((stats.mode & 0o222) === 0) return true;
  return access(path, constants.W_OK).then(
    () => false,
    (error: unknown) => ['EACCES', 'EPERM', 'EROFS'].includes(codeOf(error)),
  );
}

/** Copies owner and mode to a new, empty file, so that nobody else can open it before it is written. */
async function makeLike(handle: FileHandle, { uid, gid, mode }: Stats): Promise<void> {
  if (process.platform === 'win32') return;
  const own = await handle.stat();
  const chown = (user: number) =>
    handle.chown(user, gid).then(
      () => true,
      () => false,
    );
  // Only administrators can change the owner, but users can change the group to one of theirs.
  const hasGroup = (own.uid === uid && own.gid === gid) || (await chown(uid)) || (await chown(own.uid));
  // Another group must not get the permissions of the old one.
  await handle.chmod(mode & (hasGroup ? 0o7777 : 0o707));
}

async function writeNew(path: string, bytes: Uint8Array, before: Stats | undefined, newMode: number): Promise<void> {
  const handle = await open(path, 'wx', before === undefined ? newMode : before.mode & 0o700);
  try {
    if (before !== undefined) await makeLike(handle, before);
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** For a file that can't be replaced, such as a mount point in a container. */
async function writeInPlace(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.writeFile(bytes);
    await handle.truncate(bytes.byteLength);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function replace(temporary: string, target: string, bytes: Uint8Array): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await rename(temporary, target);
      return;
    } catch (error) {
      const code = codeOf(error);
      const isHeld = process.platform === 'win32' && ['EPERM', 'EACCES', 'EBUSY'].includes(code);
      if (isHeld && tries < WINDOWS_TRIES) await sleep(WINDOWS_WAIT_MS);
      else if (code === 'EBUSY' || code === 'EXDEV') return writeInPlace(target, bytes);
      else throw error;
    }
  }
}

/** Makes the rename durable, if the file system can sync folders. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/**
 * Replaces the content of a file atomically, even if the process crashes. Symbolic links stay links, also with a
 * missing target. Keeps owner and mode as far as possible. `newMode` is the mode of a new file.
 */
export async function writeAtomically(path: string, bytes: Uint8Array, newMode = 0o666): Promise<void> {
  const target = await linkTarget(path);
  const before = await stat(target).catch(() => undefined);
  await removeLeftTemporaries(target);
  await withTemporary(target, async (temporary) => {
    await writeNew(temporary, bytes, before, newMode);
    await replace(temporary, target, bytes);
  });
  await syncFolder(dirname(target));
}
