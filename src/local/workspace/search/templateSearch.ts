import { join } from 'node:path';
import { message, type Message } from '../../../core/messages/messages.ts';
import type { ChangeWatcher } from '../watching/changeWatcher.ts';
import { createWatchedCache, type UseCache, type WatchedCache } from '../watching/watchedCache.ts';
import { createCandidates, type TemplatePatterns } from '../../../core/functions/templateCandidates.ts';
import { mapLimited } from './pacing.ts';
import { createFolderSearch, type FolderContent } from './searchFolder.ts';

/** The part of the watched folders that the search may use. The code of functions needs watches too. */
const SHARE = 0.5;

interface SearchLimits {
  /** How deep below a workspace folder templates are searched. Nested stacks can be deeper. */
  readonly depth: number;
  /** The maximum number of entries of a workspace folder that are searched. */
  readonly entries: number;
}

const LIMITS: SearchLimits = { depth: 20, entries: 100_000 };
/** How many folders are listed at a time. */
const CONCURRENCY = 16;

/** A file that may be a template. `identity` changes if another folder takes the place of the file's folder. */
interface FoundTemplate {
  readonly path: string;
  readonly identity: string;
}

export interface SearchResult {
  readonly templates: readonly FoundTemplate[];
  /** The limits that were reached. */
  readonly problems: readonly Message[];
}

interface Folder {
  readonly path: string;
  /** Relative to the workspace folder, with `/`. */
  readonly relative: string;
  /** The identity of the folder it's in. */
  readonly parent: string;
}

/** A workspace folder. Others that are below it are searched on their own. */
export interface SearchedFolder {
  readonly root: string;
  readonly otherRoots: readonly string[];
  readonly patterns: TemplatePatterns;
}

/** Watches nothing, so that folders are listed again when they're used. */
function unwatched({ isImmediate }: ChangeWatcher): ChangeWatcher {
  const watch = () => Promise.resolve({ kind: 'unsupported' } as const);
  return { isImmediate, reliableSince: Infinity, maxFolders: 0, watch, close: () => undefined };
}

/**
 * Returns a function that searches a workspace folder for files that may define functions. Each folder is listed again
 * only when it has changed. It never rejects.
 */
export function createTemplateSearch(
  { root, otherRoots, patterns }: SearchedFolder,
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
      // The watch of a folder doesn't notice that a parent was moved and another folder is in its place.
      const key = `${parent} ${path}`;
      const search = () => createFolderSearch(path, candidatesIn(relative), limits.entries);
      const isWatched = visited.size < SHARE * watcher.maxFolders;
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
        const { identity = '', subfolders = [], templates: found = [] } = content ?? {};
        if (content?.maxPeeked !== undefined)
          problems.push(message('searchTooManyFiles', content.maxPeeked, folder.relative || root));
        for (const name of found) templates.push({ path: join(folder.path, name), identity });
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
