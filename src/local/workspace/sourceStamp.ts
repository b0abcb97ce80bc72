import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { listFolder } from './listFolder.ts';

/** No more entries than this are looked at, in one folder or in all: a stamp must stay cheap. */
const MAX_ENTRIES = 20_000;
/** What handlers load: code, and what is read along with it. Not what they write: logs, tables. */
const SOURCE =
  /\.([cm]?[jt]sx?|json|py|graphql|gql|ya?ml|toml|ini|sql|html?|hbs|ejs|mustache|wasm|node|so|pem)$|^bootstrap$|^\.env/;
const SKIPPED = new Set(['node_modules', '__pycache__', 'venv', 'cdk.out']);

/**
 * Changes when a source file below the folder changes, comes or goes, also to an older one: then the next call starts a
 * new process. Links are followed, each folder once.
 */
export async function sourceStamp(taskRoot: string): Promise<string> {
  const hash = createHash('sha1');
  const folders = [taskRoot];
  const seenFolders = new Set<string>();
  let seen = 0;
  for (let folder = folders.shift(); folder !== undefined && seen < MAX_ENTRIES; folder = folders.shift()) {
    const current = folder;
    const entries = await listFolder(current, MAX_ENTRIES - seen);
    seen += entries.length;
    const relevant = entries.filter(
      (entry) =>
        SOURCE.test(entry.name) || (!entry.isFile() && !SKIPPED.has(entry.name) && !entry.name.startsWith('.')),
    );
    const stats = await Promise.all(relevant.map(({ name }) => stat(join(current, name)).catch(() => undefined)));
    for (const [index, { name }] of relevant.entries()) {
      const fileStats = stats[index];
      const path = join(current, name);
      if (fileStats?.isDirectory() === true) {
        const identity = `${fileStats.dev} ${fileStats.ino}`;
        if (!seenFolders.has(identity)) folders.push(path);
        seenFolders.add(identity);
      } else if (fileStats !== undefined && SOURCE.test(name))
        hash.update(`${path} ${fileStats.mtimeMs} ${fileStats.size}\n`);
    }
  }
  return hash.digest('base64');
}
