import { readlink, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, parse, relative, resolve, sep } from 'node:path';
import type { WatchFolder } from './watchSet.ts';

/** More links than this in a path are a circle for every system. */
const MAX_LINKS = 40;

/** The deepest folder that contains `path` and is `folder` or one of its parents. */
function commonFolder(folder: string, path: string): string {
  const below = relative(folder, path);
  if (!isAbsolute(below) && below.split(sep)[0] !== '..') return folder;
  return dirname(folder) === folder ? parse(path).root : commonFolder(dirname(folder), path);
}

function namesBelow(folder: string, path: string): string[] {
  return relative(folder, path).split(sep).filter(Boolean);
}

/** The target of a link; undefined for something else, and null if nothing is there. */
async function targetOf(path: string): Promise<string | undefined | null> {
  try {
    return await readlink(path);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? null : undefined;
  }
}

/**
 * Watches what a path leads through: the folders below `base`, or below the folder that both have in common, and the
 * folders of its links and their targets. Notices that it appears, is replaced, or leads elsewhere. Never rejects.
 */
export async function watchPath(path: string, base: string, watch: WatchFolder): Promise<void> {
  let folder = commonFolder(base, path);
  let names = namesBelow(folder, path);
  for (let links = 0; links < MAX_LINKS;) {
    const name = names.shift();
    if (name === undefined) return;
    await watch(folder, (_, changed) => changed === name);
    const entry = join(folder, name);
    const target = await targetOf(entry);
    if (target === null) return;
    if (target === undefined) {
      folder = entry;
      continue;
    }
    links++;
    const realFolder = await realpath(folder).catch(() => folder);
    const targetPath = resolve(realFolder, target);
    folder = commonFolder(realFolder, targetPath);
    names = [...namesBelow(folder, targetPath), ...names];
  }
}
