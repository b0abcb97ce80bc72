import { createFolderWatcher } from './folderWatcher.ts';
import { createTreeWatcher } from './treeWatcher.ts';

/** `rename`: an entry was added, removed or replaced. `change`: its content or attributes changed. */
export type ChangeKind = 'rename' | 'change';

/** Receives the events of a folder. Without a name, anything in the folder may have changed, or the folder itself. */
export type OnChange = (kind: ChangeKind, name: string | undefined) => void;

export type WatchResult =
  | { readonly kind: 'watched'; readonly end: () => void }
  /** There is no such folder, or it can't be read. */
  | { readonly kind: 'missing' | 'unreadable' }
  /** The system doesn't report all changes, or there are too many watches. */
  | { readonly kind: 'unsupported' };

/** Reports changes in folders. Watches are shared between callers and don't keep the process running. */
export interface ChangeWatcher {
  /** Whether a change is reported before a request that was sent after it. Otherwise it can take about 0.1 s. */
  readonly isImmediate: boolean;
  /** The time since which changes have been reported, as of performance.now(). */
  readonly reliableSince: number;
  /** The maximum number of watched folders. */
  readonly maxFolders: number;
  /** Reports changes of a folder's direct entries, from the moment the promise resolves. Never rejects. */
  watch(folder: string, onChange: OnChange): Promise<WatchResult>;
  /** Ends all watches. Nothing can be watched afterwards. */
  close(): void;
}

export interface WatchOptions {
  /** The maximum number of watched folders. */
  readonly maxFolders?: number;
}

/**
 * Watches folders of a workspace, and on Linux any other folder as well. On Windows a watch on a folder would prevent
 * renaming its parents, and on macOS each additional watch restarts all others: there, one watch covers a workspace
 * folder. On systems other than these three, nothing can be watched.
 */
export function createChangeWatcher(workspaceFolders: readonly string[], options: WatchOptions = {}): ChangeWatcher {
  if (process.platform === 'linux') return createFolderWatcher(options);
  const isSupported = process.platform === 'win32' || process.platform === 'darwin';
  return createTreeWatcher(isSupported && options.maxFolders !== 0 ? workspaceFolders : []);
}
