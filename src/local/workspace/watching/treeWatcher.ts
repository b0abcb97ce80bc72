import { watch } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import type { ChangeWatcher, OnChange, WatchResult } from './changeWatcher.ts';

/** The time until the system has started to report changes, in milliseconds. */
const START_MS = 1000;

interface Tree {
  /** The real path. */
  readonly root: string;
  readonly close: () => void;
}

/** Network drives, and on macOS every volume other than the system's: they may not report changes made elsewhere. */
function isRemote(path: string): boolean {
  return path.startsWith('\\\\') || (process.platform === 'darwin' && path.startsWith('/Volumes/'));
}

function isBelow(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

/** Watches everything below some folders with one watch each (Windows, macOS). Other folders are unsupported. */
export function createTreeWatcher(folders: readonly string[]): ChangeWatcher {
  const trees = new Map<string, Tree>();
  const listenersOf = new Map<string, Set<OnChange>>();
  let reliableSince = Infinity;
  let isClosed = false;

  function reportAll(): void {
    for (const listeners of listenersOf.values()) for (const listener of listeners) listener('rename', undefined);
  }

  function report(kind: 'rename' | 'change', path: string): void {
    if (kind === 'change' && listenersOf.has(path)) return; // Windows reports a folder in which an entry changed
    for (const listener of listenersOf.get(dirname(path)) ?? []) listener(kind, basename(path));
  }

  function start(folder: string, root: string): void {
    const watcher = watch(root, { persistent: false, recursive: true });
    const close = () => watcher.close();
    watcher.on('change', (kind: 'rename' | 'change', name) => {
      if (name === null)
        reportAll(); // too many changes to report
      else report(kind, join(root, String(name)));
    });
    watcher.on('error', () => {
      close();
      trees.delete(folder);
      reportAll();
    });
    trees.set(folder, { root, close });
    reliableSince = performance.now() + START_MS;
  }

  async function startMissing(): Promise<void> {
    for (const folder of folders.filter((each) => !trees.has(each))) {
      try {
        const root = await realpath(folder);
        if (!isClosed && !trees.has(folder) && !isRemote(root)) start(folder, root);
      } catch {
        // Unsupported for now: the folder is missing, or the system refuses another watch.
      }
    }
  }

  return {
    isImmediate: false,
    maxFolders: Infinity,
    get reliableSince() {
      return reliableSince;
    },
    async watch(folder, onChange): Promise<WatchResult> {
      await startMissing();
      const path = await realpath(folder).catch(() => undefined);
      if (path === undefined) return { kind: 'missing' };
      if (isClosed || ![...trees.values()].some(({ root }) => isBelow(root, path))) return { kind: 'unsupported' };
      const listeners = listenersOf.get(path) ?? new Set();
      listenersOf.set(path, listeners.add(onChange));
      const end = () => {
        listeners.delete(onChange);
        if (listeners.size === 0 && listenersOf.get(path) === listeners) listenersOf.delete(path);
      };
      return { kind: 'watched', end };
    },
    close() {
      isClosed = true;
      reportAll();
      listenersOf.clear();
      for (const { close } of trees.values()) close();
    },
  };
}
