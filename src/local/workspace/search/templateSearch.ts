import { join } from 'node:path';
import { message, type Message } from '../../../core/messages/messages.ts';
import type { ChangeWatcher } from '../watching/changeWatcher.ts';
import { createWatchedCache, type UseCache, type WatchedCache } from '../watching/watchedCache.ts';
import { createCandidates, type TemplatePatterns } from '../../../core/functions/templateCandidates.ts';
import { mapLimited } from './pacing.ts';
import { createFolderSearch, type FolderContent } from './searchFolder.ts';

/** How deep below a workspace folder templates are searched. Nested stacks can be deeper. */
const MAX_DEPTH = 20;
/** The maximum number of entries of a workspace folder that are searched. */
const MAX_ENTRIES = 100_000;
/** How many folders are listed at a time. */
const CONCURRENCY = 16;

/** A file that may be a template. `identity` changes if another folder takes the place of the file's folder. */
export interface FoundTemplate {
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

/**
 * Returns a function that searches a workspace folder for files that may define functions. Each folder is listed again
 * only when it has changed. It never rejects.
 */
export function createTemplateSearch(
  root: string,
  watcher: ChangeWatcher,
  patterns: TemplatePatterns,
): (use: UseCache) => Promise<SearchResult> {
  const candidatesIn = createCandidates(patterns);
  let caches = new Map<string, WatchedCache<FolderContent>>();

  return async (use) => {
    const visited: typeof caches = new Map();
    const templates: FoundTemplate[] = [];
    const problems: Message[] = [];
    let listed = 0;

    async function contentOf({ path, relative, parent }: Folder): Promise<FolderContent | undefined> {
      if (listed >= MAX_ENTRIES) return undefined;
      // The watch of a folder doesn't notice that a parent was moved and another folder is in its place.
      const key = `${parent} ${path}`;
      const search = () => createFolderSearch(path, candidatesIn(relative), MAX_ENTRIES);
      const cache = caches.get(key) ?? createWatchedCache(watcher, search());
      visited.set(key, cache);
      const content = use(cache);
      const { size } = content instanceof Promise ? await content : content;
      listed += size;
      return content;
    }

    let folders: readonly Folder[] = [{ path: root, relative: '', parent: '' }];
    for (let depth = 0; folders.length > 0; depth++) {
      const contents = await mapLimited(folders, CONCURRENCY, contentOf);
      const below: Folder[] = [];
      const isFull = contents.includes(undefined);
      for (const [index, folder] of folders.entries()) {
        const content = contents[index];
        if (content === undefined) {
          problems.push(message('searchTooLarge', MAX_ENTRIES, folder.relative));
          break;
        }
        const { identity = '', subfolders } = content;
        if (content.maxPeeked !== undefined)
          problems.push(message('searchTooManyFiles', content.maxPeeked, folder.relative || root));
        for (const name of content.templates) templates.push({ path: join(folder.path, name), identity });
        for (const name of subfolders) {
          const relative = folder.relative === '' ? name : `${folder.relative}/${name}`;
          below.push({ path: join(folder.path, name), relative, parent: identity });
        }
      }
      const [deepest] = below;
      if (depth === MAX_DEPTH && deepest !== undefined)
        problems.push(message('searchTooDeep', MAX_DEPTH, deepest.relative));
      folders = isFull || depth === MAX_DEPTH ? [] : below;
    }
    for (const [key, cache] of caches) if (!visited.has(key)) cache.close();
    caches = visited;
    return { templates, problems };
  };
}
