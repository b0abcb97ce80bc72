import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * The folder of the history, in the extension's storage. VS Code gives other windows of the same workspace a separate
 * storage, `ID-1` next to `ID`. This includes a window that replaces a closed browser tab, until the server stops the
 * extension host of the tab. All of them use the history of the first one.
 */
export function historyFolder(storage: string): string {
  const workspace = dirname(storage);
  const id = basename(workspace).replace(/-[1-9]$/, '');
  const first = join(dirname(workspace), id);
  return join(id !== '' && existsSync(first) ? join(first, basename(storage)) : storage, 'history');
}
