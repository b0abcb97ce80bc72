import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  createChangeWatcher,
  type ChangeWatcher,
  type WatchOptions,
} from '../../src/local/workspace/watching/changeWatcher.ts';

/** The number of folders that this process watches. Linux only. */
export function inotifyWatches(): number {
  const texts = readdirSync('/proc/self/fdinfo').map((fd) => {
    try {
      return readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8');
    } catch {
      return ''; // closed meanwhile
    }
  });
  return texts.join('\n').match(/^inotify /gm)?.length ?? 0;
}

/** A watcher that records which folders are watched. */
function recording(watcher: ChangeWatcher) {
  const watched: string[] = [];
  const recorder: ChangeWatcher = {
    isImmediate: watcher.isImmediate,
    maxFolders: watcher.maxFolders,
    get reliableSince() {
      return watcher.reliableSince;
    },
    watch: (folder, onChange) => (watched.push(folder), watcher.watch(folder, onChange)),
    close: () => watcher.close(),
  };
  return { recorder, watched };
}

/** A temporary folder and a watcher for it. */
export async function createWatchedFolder(options: WatchOptions = {}) {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'li-watch-')));
  const { recorder: watcher, watched } = recording(createChangeWatcher([folder], options));
  return {
    folder,
    watcher,
    /** The folders that were watched, in this order, including those that were watched already. */
    watched,
    path: (name: string) => join(folder, name),
    write: async (name: string, text = '') => {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    },
    close: async () => {
      watcher.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type WatchedFolder = Awaited<ReturnType<typeof createWatchedFolder>>;
