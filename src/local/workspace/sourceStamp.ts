import { createHash } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { listFolder } from './listFolder.ts';
import { isSkippedFolder, isSourceFile } from './sourceFiles.ts';
import { createEntryFilter } from './watching/entryFilter.ts';
import { watchPath } from './watching/watchPath.ts';
import type { WatchFolder } from './watching/watchSet.ts';

/** The maximum number of directory entries to check, to keep the stamp cheap. */
const MAX_ENTRIES = 20_000;

/** Files that package managers write into `node_modules`. */
const INSTALLED = ['.package-lock.json', '.yarn-integrity', '.modules.yaml'];
/** A layer's `node_modules` with more packages than this is installed, even without such a file. */
const MAX_OWN_PACKAGES = 20;

/** The file that marks a virtual environment, whose folder can have any name. */
const VIRTUAL_ENVIRONMENT = 'pyvenv.cfg';

/** Whether a folder has installed packages, whose files rarely change. A layer's own modules can be in `node_modules`. */
function isInstalled(folder: string, entries: readonly Dirent[]): boolean {
  return (
    basename(folder) === 'node_modules' &&
    (entries.length > MAX_OWN_PACKAGES || entries.some(({ name }) => INSTALLED.includes(name)))
  );
}

interface StampOptions {
  /** Includes `node_modules` with the layer's own modules. */
  readonly isLayer?: boolean;
}

/**
 * A hash that changes when a source file below the folder is added, removed or modified, even if it's replaced by an
 * older one. For the path of a file, a hash of its state. Then the next invocation starts a new process. Links are
 * followed, but each folder is visited once. Watches what it visits. Never rejects.
 */
export async function sourceStamp(
  root: string,
  watch: WatchFolder,
  { isLayer = false }: StampOptions = {},
): Promise<string> {
  const isSkippedHere = isLayer ? (name: string) => name !== 'node_modules' && isSkippedFolder(name) : isSkippedFolder;
  const hash = createHash('sha1');
  const state = await stat(root).catch(() => undefined);
  if (state?.isFile() === true) return hash.update(`${state.mtimeMs} ${state.size} ${state.ino}`).digest('base64');
  const folders = [root];
  const seenFolders = new Set<string>();
  let seen = 0;
  for (let folder = folders.shift(); folder !== undefined && seen < MAX_ENTRIES; folder = folders.shift()) {
    const current = folder;
    const filter = createEntryFilter(current, { isFile: isSourceFile, isSkipped: isSkippedHere });
    await watch(current, filter.isRelevant);
    const entries = await listFolder(current, MAX_ENTRIES - seen);
    seen += entries.length;
    if (isLayer && isInstalled(current, entries)) continue;
    if (current !== root && entries.some(({ name }) => name === VIRTUAL_ENVIRONMENT)) continue;
    const relevant = entries.filter(
      (entry) => isSourceFile(entry.name) || (!entry.isFile() && !isSkippedHere(entry.name)),
    );
    filter.setFolders(relevant.filter((entry) => !entry.isFile()).map(({ name }) => name));
    for (const entry of relevant)
      if (entry.isSymbolicLink()) await watchPath(join(current, entry.name), current, watch);
    const stats = await Promise.all(relevant.map(({ name }) => stat(join(current, name)).catch(() => undefined)));
    for (const [index, { name }] of relevant.entries()) {
      const fileStats = stats[index];
      const path = join(current, name);
      if (fileStats?.isDirectory() === true) {
        const identity = `${fileStats.dev} ${fileStats.ino}`;
        if (!seenFolders.has(identity)) folders.push(path);
        seenFolders.add(identity);
      } else if (fileStats !== undefined && isSourceFile(name))
        hash.update(`${path} ${fileStats.mtimeMs} ${fileStats.size}\n`);
    }
  }
  return hash.digest('base64');
}
