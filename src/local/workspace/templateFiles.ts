import { dirname } from 'node:path';
import { message, type Message } from '../../core/messages/messages.ts';
import { withNestedStacks } from './nestedStacks.ts';
import { createTemplateReader, type TemplateFile, type TemplateLocation } from './readTemplateFile.ts';
import { mapLimited } from './search/pacing.ts';
import { createTemplateSearch, type SearchedFolder } from './search/templateSearch.ts';
import type { ChangeWatcher } from './watching/changeWatcher.ts';
import { createWatchedCache, type UseCache, type WatchedCache } from './watching/watchedCache.ts';

/** The maximum number of templates per workspace folder, not counting nested stacks. */
const MAX_TEMPLATES = 2000;
/** How many templates are read at a time. */
const CONCURRENCY = 16;

/** The templates of a workspace folder, and problems that affect the search as a whole. */
export interface TemplateFiles {
  readonly files: readonly TemplateFile[];
  readonly problems: readonly Message[];
}

/**
 * Returns a function that finds and reads the templates in and below a folder, with the nested stacks they include, and
 * caches unchanged ones. Problems of a template are reported with that template. It never rejects.
 */
export function createTemplateFiles(
  searched: SearchedFolder,
  watcher: ChangeWatcher,
): (use: UseCache) => Promise<TemplateFiles> {
  const { root } = searched;
  const search = createTemplateSearch(searched, watcher);
  let caches = new Map<string, WatchedCache<TemplateFile | undefined>>();

  return async (use) => {
    const used: typeof caches = new Map();

    function readLocation(
      location: TemplateLocation,
      identity = '',
    ): TemplateFile | undefined | Promise<TemplateFile | undefined> {
      const key = JSON.stringify([location.path, identity, location.parameters]);
      const cache = caches.get(key) ?? createWatchedCache(watcher, createTemplateReader(location));
      used.set(key, cache);
      return use(cache);
    }

    const found = await search(use);
    const read = await mapLimited(found.templates.slice(0, MAX_TEMPLATES), CONCURRENCY, ({ path, identity }) =>
      readLocation({ root, path, base: dirname(path) }, identity),
    );
    const files = read.filter((file) => file !== undefined);
    const nested = await withNestedStacks(root, files, (path, parameters) =>
      readLocation({ root, path, parameters, base: root }),
    );
    for (const [key, cache] of caches) if (!used.has(key)) cache.close();
    caches = used;
    const isCut = found.templates.length > MAX_TEMPLATES;
    const problems = isCut ? [message('tooManyTemplates', MAX_TEMPLATES, root)] : [];
    return { files: nested.files, problems: [...found.problems, ...problems, ...nested.problems] };
  };
}
