import { realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';

function isBelow(root: string, path: string): boolean {
  const below = relative(root, path);
  return !isAbsolute(below) && below.split(sep)[0] !== '..';
}

/**
 * The path of a file that a template names, relative to the template's folder. Undefined if it's outside the workspace
 * folder, or leads out of it through a link. The file may not exist. Never rejects.
 */
export async function containedPath(root: string, folder: string, name: string): Promise<string | undefined> {
  if (name.includes('\0')) return undefined;
  const path = resolve(folder, join(name));
  if (!isBelow(root, path)) return undefined;
  const [realRoot, realPath] = await Promise.all([root, path].map((each) => realpath(each).catch(() => undefined)));
  const leadsOut = realRoot !== undefined && realPath !== undefined && !isBelow(realRoot, realPath);
  return leadsOut ? undefined : path;
}
