import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The text of the Output channel "Lambda Invoke", from its log file. */
export async function outputChannel(userData: string): Promise<string> {
  const files = await readdir(join(userData, 'logs'), { recursive: true });
  const channels = files.filter((file) => file.includes('Lambda Invoke'));
  const texts = channels.map((file) => readFile(join(userData, 'logs', file), 'utf8'));
  return (await Promise.all(texts)).join('');
}

/** The content of every file that VS Code has written, by path: settings, storage, history, logs. */
export async function writtenFiles(userData: string): Promise<Map<string, string>> {
  const contents = new Map<string, string>();
  for (const entry of await readdir(userData, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || path.includes('/extensions/')) continue;
    // Some, such as locks, are removed meanwhile.
    const bytes = await readFile(path).catch(() => undefined);
    if (bytes !== undefined) contents.set(path, bytes.toString('latin1'));
  }
  return contents;
}
