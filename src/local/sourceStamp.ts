import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A handler's folder with more entries than this is not walked further: a stamp must stay cheap. */
const MOST_ENTRIES = 2000;
const SOURCE = /\.([cm]?js|json)$/;
const SKIPPED = new Set(['node_modules', '.git']);

/** Changes when a source file in the handler's folder (or below it) changes: then the next call starts a new process. */
export async function sourceStamp(taskRoot: string, handler: string): Promise<string> {
  const folders = [join(taskRoot, dirname(handler))];
  let seen = 0;
  let newest = 0;
  let count = 0;
  for (let folder = folders.shift(); folder !== undefined && seen < MOST_ENTRIES; folder = folders.shift()) {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    seen += entries.length;
    for (const entry of entries) {
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) folders.push(join(folder, entry.name));
      if (!entry.isFile() || !SOURCE.test(entry.name)) continue;
      const stats = await stat(join(folder, entry.name)).catch(() => undefined);
      newest = Math.max(newest, stats?.mtimeMs ?? 0);
      count++;
    }
  }
  return `${newest} ${count}`;
}
