import { rmSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { message, toSentence } from '../../core/messages/messages.ts';
import { LaunchError } from '../runtimes/launchError.ts';
import { cacheFolder } from './cacheFolder.ts';
import { isFolder } from './pathKind.ts';
import { unpack } from './zipArchive.ts';

let session: Promise<string> | undefined;

/** The start of the names of folders on this machine. Other machines can share the user's home folder. */
const MACHINE = `${hostname().replaceAll(/[^\w.-]/g, '_')}-`;

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'; // another user's
  }
}

/** Removes the folders of processes that were killed. Never rejects. */
async function removeAbandoned(parent: string): Promise<void> {
  const names = await readdir(parent).catch(() => []);
  for (const name of names.filter((each) => each.startsWith(MACHINE))) {
    const processId = Number.parseInt(name.slice(MACHINE.length), 10);
    if (processId > 0 && !isRunning(processId))
      await rm(join(parent, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

/** The folder of this process, which is removed when the process ends. */
async function createSession(): Promise<string> {
  const parent = await cacheFolder('archives');
  void removeAbandoned(parent);
  const folder = await mkdtemp(join(parent, `${MACHINE}${process.pid}-`));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The folder of this process. It's created again if it was removed, as with the user's other caches. */
async function sessionFolder(): Promise<string> {
  const current = session;
  const folder = await current?.catch(() => undefined);
  if (folder !== undefined && isFolder(folder)) return folder;
  if (session === current) session = undefined;
  return (session ??= createSession());
}

const unpacked = new Map<string, { readonly stamp: string; readonly folder: Promise<string> }>();

async function unpackNew(path: string): Promise<string> {
  const folder = await mkdtemp(join(await sessionFolder(), 'code-'));
  try {
    await unpack(path, folder);
    return folder;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    const reason = error instanceof Error ? error.message : String(error);
    throw new LaunchError(toSentence(message('archiveUnreadable', path, reason)));
  }
}

/**
 * The folder with the files of a ZIP file, which only this user can access. It's unpacked again when the file changes, or
 * the folder was removed. Rejects with LaunchError if it can't be unpacked, or with the file system's error.
 */
export async function unpackedArchive(path: string): Promise<string> {
  const { mtimeMs, size, ino } = await stat(path);
  const stamp = `${mtimeMs} ${size} ${ino}`;
  const known = unpacked.get(path);
  if (known?.stamp === stamp && isFolder(await known.folder)) return known.folder;
  const folder = unpackNew(path);
  unpacked.set(path, { stamp, folder });
  folder.catch(() => unpacked.get(path)?.folder === folder && unpacked.delete(path));
  if (known !== undefined) void removeLater(known.folder);
  return folder;
}

/** How long an outdated folder is kept, in milliseconds: processes of the previous code may still load files. */
const KEEP_MS = 60_000;

async function removeLater(folder: Promise<string>): Promise<void> {
  const path = await folder.catch(() => undefined);
  if (path !== undefined) setTimeout(() => void rm(path, { recursive: true, force: true }), KEEP_MS).unref();
}
