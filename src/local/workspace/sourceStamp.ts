import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { listFolder } from './listFolder.ts';
import { isSkippedFolder, isSourceFile } from './sourceFiles.ts';
import { createEntryFilter } from './watching/entryFilter.ts';
import { watchPath } from './watching/watchPath.ts';
import type { WatchFolder } from './watching/watchSet.ts';

/** The maximum number of directory entries to check, to keep the stamp cheap. */
const MAX_ENTRIES = 20_000;
/**
 * A hash that changes when a source file below the folder is added, removed or modified, even if it's replaced by an
 * older one. Then the next invocation starts a new process. Links are followed, but each folder is visited once. Watches
 * what it visits. Never rejects.
 */
export async function sourceStamp(taskRoot: string, watch: WatchFolder): Promise<string> {
  const hash = createHash('sha1');
  const folders = [taskRoot];
  const seenFolders = new Set<string>();
  let seen = 0;
  for (let folder = folders.shift(); folder !== undefined && seen < MAX_ENTRIES; folder = folders.shift()) {
    const current = folder;
    const filter = createEntryFilter(current, { isFile: isSourceFile, isSkipped: isSkippedFolder });
    await watch(current, filter.isRelevant);
    const entries = await listFolder(current, MAX_ENTRIES - seen);
    seen += entries.length;
    const relevant = entries.filter(
      (entry) => isSourceFile(entry.name) || (!entry.isFile() && !isSkippedFolder(entry.name)),
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
