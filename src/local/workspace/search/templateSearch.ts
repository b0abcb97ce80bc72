import { join } from 'node:path';
import { message, type Message } from '../../../core/messages/messages.ts';
import type { ChangeWatcher } from '../watching/changeWatcher.ts';
import { createWatchedCache, type UseCache, type WatchedCache } from '../watching/watchedCache.ts';
import { createCandidates, type TemplatePatterns } from '../../../core/functions/templateCandidates.ts';
import { mapLimited } from './pacing.ts';
import { createFolderSearch, type FolderContent } from './searchFolder.ts';

/** The share of the watched folders that the search may use. The rest is for the code of functions. */
const SEARCH_SHARE = 0.5;

interface SearchLimits {
  /** The maximum depth of searched folders below a workspace folder. Nested stacks can be deeper. */
  readonly depth: number;
  /** The maximum number of files and folders that are searched in a workspace folder. */
  readonly entries: number;
}

const LIMITS: SearchLimits = { depth: 20, entries: 100_000 };
/** The maximum number of folders that are listed at the same time. */
const CONCURRENCY = 16;

/** A file that may be a template. `identity` changes if its folder is replaced by another one. */
interface FoundTemplate {
  readonly path: string;
  readonly identity: string;
}

export interface SearchResult {
  readonly templates: readonly FoundTemplate[];
  /** Limits that were reached. */
  readonly problems: readonly Message[];
}

interface Folder {
  readonly path: string;
  /** Relative to the workspace folder, with `/`. */
  readonly relative: string;
  /** The identity of its parent folder. */
  readonly parent: string;
}

/** A workspace folder. Other workspace folders in it are searched separately. */
export interface SearchedFolder {
  readonly root: string;
  /** Its name, or the end of its path if others have the same name. */
  readonly label: string;
  readonly otherRoots: readonly string[];
  readonly patterns: TemplatePatterns;
}

/** A watcher that watches nothing, so that folders are listed again on each use. */
function unwatched({ isImmediate }: ChangeWatcher): ChangeWatcher {
  const watch = () => Promise.resolve({ kind: 'unsupported' } as const);
  return { isImmediate, reliableSince: Infinity, maxFolders: 0, watch, close: () => undefined };
}

/**
 * Returns a function that searches a workspace folder for files that may define functions. Each folder is listed again
 * only when it has changed. It never rejects.
 */
export function createTemplateSearch(
  { root, otherRoots, patterns }: Omit<SearchedFolder, 'label'>,
  watcher: ChangeWatcher,
  limits = LIMITS,
): (use: UseCache) => Promise<SearchResult> {
  const candidatesIn = createCandidates(patterns);
  let caches = new Map<string, WatchedCache<FolderContent>>();

  return async (use) => {
    const visited: typeof caches = new Map();
    const templates: FoundTemplate[] = [];
    const problems: Message[] = [];
    let listed = 0;

    async function contentOf({ path, relative, parent }: Folder): Promise<FolderContent | undefined> {
      if (listed >= limits.entries) return undefined;
      // Watching a folder doesn't detect that one of its parents was replaced.
      const key = `${parent} ${path}`;
      const search = () => createFolderSearch(path, candidatesIn(relative), limits.entries);
      const isWatched = visited.size < SEARCH_SHARE * watcher.maxFolders;
      const cache = caches.get(key) ?? createWatchedCache(isWatched ? watcher : unwatched(watcher), search());
      visited.set(key, cache);
      const content = use(cache);
      const { size } = content instanceof Promise ? await content : content;
      listed += size;
      return content;
    }

    let counted = 0;
    let folders: readonly Folder[] = [{ path: root, relative: '', parent: '' }];
    for (let depth = 0; folders.length > 0; depth++) {
      const contents = await mapLimited(folders, CONCURRENCY, contentOf);
      const below: Folder[] = [];
      let isFull = false;
      for (const [index, folder] of folders.entries()) {
        const content = contents[index];
        const { identity = '', subfolders = [], templates: names = [] } = content ?? {};
        if (content?.maxPeeked !== undefined)
          problems.push(message('searchTooManyFiles', content.maxPeeked, folder.relative || root));
        for (const name of names) templates.push({ path: join(folder.path, name), identity });
        for (const name of subfolders) {
          const path = join(folder.path, name);
          const relative = folder.relative === '' ? name : `${folder.relative}/${name}`;
          if (!otherRoots.includes(path)) below.push({ path, relative, parent: identity });
        }
        counted += content?.size ?? 0;
        isFull = content === undefined || counted >= limits.entries;
        if (isFull) {
          problems.push(message('searchTooLarge', limits.entries, folder.relative || root));
          break;
        }
      }
      const [deepest] = below;
      if (depth === limits.depth && deepest !== undefined)
        problems.push(message('searchTooDeep', limits.depth, deepest.relative));
      folders = isFull || depth === limits.depth ? [] : below;
    }
    for (const [key, cache] of caches) if (!visited.has(key)) cache.close();
    caches = visited;
    return { templates, problems };
  };
}
