import { readdir, stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';

/** A path, its modification time in milliseconds, and its size in bytes. Both are 0 if it doesn't exist. */
export type InputState = readonly [path: string, mtimeMs: number, size: number];

/** The folders of these files, and their parents up to `root`, or up to the folder of the file if it's outside. */
function foldersOf(files: readonly string[], root: string): Set<string> {
  const folders = new Set<string>();
  for (const file of files) {
    let folder = dirname(file);
    folders.add(folder);
    while (folder.startsWith(root + sep)) {
      folder = dirname(folder);
      folders.add(folder);
    }
  }
  return folders;
}

const isConfiguration = (name: string) => /^([jt]sconfig[^/]*|package)\.json$/.test(name);

const isPackage = (file: string) => file.includes(`${sep}node_modules${sep}`);

async function stateOf(path: string): Promise<InputState> {
  const stats = await stat(path).catch(() => undefined);
  return [path, stats?.mtimeMs ?? 0, stats?.isFile() === true ? stats.size : 0];
}

/**
 * The states of what a build depends on: its input files, their folders (because another file can take precedence), and
 * the configuration files in these folders and their parents below `root`. Never rejects.
 */
export async function inputStates(files: readonly string[], root: string): Promise<readonly InputState[]> {
  const own = files.filter((file) => !isPackage(file));
  const folders = [...foldersOf(own, root)];
  const configurations = await Promise.all(
    folders.map(async (folder) => {
      const names = await readdir(folder).catch(() => []);
      return names.filter(isConfiguration).map((name) => join(folder, name));
    }),
  );
  const folderOf = new Set(own.map((file) => dirname(file)));
  const paths = new Set([...files, ...folderOf, ...configurations.flat()]);
  return Promise.all([...paths].map(stateOf));
}

/** Whether nothing has changed since the states were taken. Never rejects. */
export async function isUnchanged(states: readonly InputState[]): Promise<boolean> {
  const now = await Promise.all(states.map(([path]) => stateOf(path)));
  return now.every(([, mtimeMs, size], index) => mtimeMs === states[index]?.[1] && size === states[index][2]);
}
