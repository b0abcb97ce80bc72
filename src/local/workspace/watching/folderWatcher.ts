import { readFileSync, watch } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ChangeWatcher, OnChange, WatchOptions, WatchResult } from './changeWatcher.ts';
import { hasLocalFileSystem } from './fileSystem.ts';

/** The maximum number of watched folders. Each takes about 1 kB of kernel memory. */
const MAX_FOLDERS = 8192;
/** The part of the user's watches that may be used here. Editors and build tools need them too. */
const SHARE = 0.25;

const UNSUPPORTED = { kind: 'unsupported' } as const;

interface FolderWatch {
  readonly listeners: Set<OnChange>;
  readonly close: () => void;
}

/** A setting of inotify, or Infinity if it can't be read. */
function inotifyLimit(name: string): number {
  try {
    return Number(readFileSync(`/proc/sys/fs/inotify/${name}`, 'utf8')) || Infinity;
  } catch {
    return Infinity;
  }
}

function failure(error: unknown): WatchResult {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP') return { kind: 'missing' };
  return code === 'EACCES' ? { kind: 'unreadable' } : UNSUPPORTED;
}

/**
 * Watches folders on Linux, one inotify watch each. Folders on network file systems, and more than 8,192 folders or a
 * quarter of the user's limit, are unsupported.
 */
export function createFolderWatcher(options: WatchOptions = {}): ChangeWatcher {
  const maxFolders = options.maxFolders ?? Math.min(MAX_FOLDERS, SHARE * inotifyLimit('max_user_watches'));
  const maxEvents = Math.ceil(inotifyLimit('max_queued_events') / 2);
  // By device and inode: a process can keep a removed folder and its watch alive, beside a new folder of the same path.
  const watches = new Map<string, FolderWatch>();
  const localDevices = new Map<bigint, Promise<boolean>>();
  let events = 0;
  let isClosed = false;

  function isLocal(device: bigint, folder: string): Promise<boolean> {
    const result = localDevices.get(device) ?? hasLocalFileSystem(folder);
    localDevices.set(device, result);
    return result;
  }

  function reportAll(): void {
    for (const { listeners } of watches.values()) for (const listener of listeners) listener('rename', undefined);
  }

  /** The kernel drops events when its queue is full, and libuv doesn't report that. */
  function countEvent(): void {
    if (events++ === 0) setImmediate(() => (events = 0)).unref();
    if (events === maxEvents) reportAll();
  }

  function start(identity: string, folder: string): FolderWatch {
    const listeners = new Set<OnChange>();
    const ownName = basename(folder);
    const watcher = watch(folder, { persistent: false });
    const close = () => {
      watcher.close();
      if (watches.get(identity)?.listeners === listeners) watches.delete(identity);
    };
    const lose = () => {
      close();
      for (const listener of listeners) listener('rename', undefined);
    };
    watcher.on('error', lose);
    watcher.on('change', (kind: 'rename' | 'change', name) => {
      countEvent();
      // libuv reports that the folder itself was moved or removed under the folder's own name.
      if (kind === 'rename' && (name === ownName || !name)) lose();
      else for (const listener of listeners) listener(kind, String(name));
    });
    const started = { listeners, close };
    watches.set(identity, started);
    return started;
  }

  return {
    isImmediate: true,
    reliableSince: 0,
    maxFolders,
    async watch(folder, onChange): Promise<WatchResult> {
      try {
        const stats = await stat(folder, { bigint: true });
        if (!stats.isDirectory()) return { kind: 'missing' };
        const identity = `${stats.dev} ${stats.ino}`;
        if (!(await isLocal(stats.dev, folder))) return UNSUPPORTED;
        const existing = watches.get(identity);
        if (isClosed || (existing === undefined && watches.size >= maxFolders)) return UNSUPPORTED;
        const { listeners, close } = existing ?? start(identity, folder);
        listeners.add(onChange);
        const end = () => {
          if (listeners.delete(onChange) && listeners.size === 0) close();
        };
        return { kind: 'watched', end };
      } catch (error) {
        return failure(error);
      }
    },
    close() {
      isClosed = true;
      reportAll();
      for (const { close } of watches.values()) close();
    },
  };
}
