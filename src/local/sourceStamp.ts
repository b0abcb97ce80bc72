import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A folder with more entries than this is not walked further: a stamp must stay cheap. */
const MOST_ENTRIES = 5000;
const SOURCE = /\.([cm]?js|json)$/;
const SKIPPED = new Set(['node_modules', '.git', '.vscode']);

/** Changes when a source file of the workspace folder changes: then the next call starts a new process. */
export async function sourceStamp(taskRoot: string): Promise<string> {
  const folders = [taskRoot];
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
