import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A folder with more entries than this is not walked further: a stamp must stay cheap. */
const MOST_ENTRIES = 5000;
const SOURCE = /\.([cm]?[jt]s|json|py)$|^bootstrap$/;
const SKIPPED = new Set(['node_modules', '__pycache__', 'venv', 'cdk.out']);

/** Changes when a source file below the folder changes: then the next call starts a new process. */
export async function sourceStamp(taskRoot: string): Promise<string> {
  const folders = [taskRoot];
  let seen = 0;
  let newest = 0;
  let count = 0;
  for (let folder = folders.shift(); folder !== undefined && seen < MOST_ENTRIES; folder = folders.shift()) {
    const at = folder;
    const entries = await readdir(at, { withFileTypes: true }).catch(() => []);
    seen += entries.length;
    folders.push(
      ...entries
        .filter((entry) => entry.isDirectory() && !SKIPPED.has(entry.name) && !entry.name.startsWith('.'))
        .map(({ name }) => join(at, name)),
    );
    const sources = entries.filter((entry) => !entry.isDirectory() && SOURCE.test(entry.name));
    const stats = await Promise.all(sources.map(({ name }) => stat(join(at, name)).catch(() => undefined)));
    for (const found of stats) newest = Math.max(newest, found?.mtimeMs ?? 0);
    count += sources.length;
  }
  return `${newest} ${count}`;
}
