import { lstat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { outsideInputs } from '../code/outsideInputs.ts';
import { codeRoots, handlerPaths } from '../code/codePaths.ts';
import { sourceStamp } from './sourceStamp.ts';
import type { ChangeWatcher } from './watching/changeWatcher.ts';
import { createWatchedCache, type WatchedCache } from './watching/watchedCache.ts';
import { watchPath } from './watching/watchPath.ts';
import type { WatchFolder } from './watching/watchSet.ts';
import type { WorkspaceFunction } from './workspaceFunctions.ts';

export interface SourceStamps {
  /**
   * Identifies the state of a function's code and layers: their location and their source files. A promise only if it has to
   * be computed.
   */
  readonly stampOf: (definition: WorkspaceFunction) => string | Promise<string>;
  /** Forgets the stamps of all other functions. */
  readonly retain: (definitions: readonly WorkspaceFunction[]) => void;
}

/** Watches the files on which the choice between the source and its builds depends. */
async function watchHandler(definition: WorkspaceFunction, watch: WatchFolder): Promise<void> {
  const paths = await handlerPaths(definition);
  for (const folder of new Set(paths.map((path) => dirname(path)))) {
    const names = new Set(paths.filter((path) => dirname(path) === folder).map((path) => basename(path)));
    await watchPath(folder, definition.folder, watch);
    await watch(folder, (kind, name) => kind === 'rename' && names.has(name));
  }
  for (const path of paths) {
    const isLink = await lstat(path).then(
      (stats) => stats.isSymbolicLink(),
      () => false,
    );
    if (isLink) await watchPath(path, dirname(path), watch);
  }
}

/** The folders of a function's layers, also those that don't exist yet. */
function layerFoldersOf(layers: WorkspaceFunction['layers'] = []): string[] {
  return layers.flatMap(({ parts }) => parts.map(({ folder }) => folder));
}

function keyOf({ folder, taskRoot, builtRoot, build, fn }: WorkspaceFunction): string {
  return JSON.stringify([folder, taskRoot, builtRoot, build, fn.handler, fn.runtime]);
}

/** Computes and caches the stamps of functions. Functions with the same code folder share its search. */
export function createSourceStamps(watcher: ChangeWatcher): SourceStamps {
  const roots = new Map<string, WatchedCache<readonly string[]>>();
  /** The last roots of each function. */
  const rootsByKey = new Map<string, readonly string[]>();
  const stamps = new Map<string, WatchedCache<string>>();
  const keys = new WeakMap<WorkspaceFunction, string>();

  function rootsOf(definition: WorkspaceFunction): readonly string[] | Promise<readonly string[]> {
    const key = keys.get(definition) ?? keyOf(definition);
    keys.set(definition, key);
    let cache = roots.get(key);
    if (cache === undefined) {
      cache = createWatchedCache(watcher, async (watch) => {
        await watchHandler(definition, watch);
        const all = await codeRoots(definition);
        rootsByKey.set(key, all);
        return all;
      });
      roots.set(key, cache);
    }
    return cache.get();
  }

  function stampOfRoot(root: string, { folder, layers }: WorkspaceFunction): string | Promise<string> {
    let cache = stamps.get(root);
    if (cache === undefined) {
      cache = createWatchedCache(watcher, async (watch) => {
        await watchPath(root, folder, watch);
        const isLayer = layerFoldersOf(layers).includes(root);
        return `${root} ${await sourceStamp(root, watch, { isLayer })}`;
      });
      stamps.set(root, cache);
    }
    return cache.get();
  }

  function combine(roots: readonly string[], definition: WorkspaceFunction): string | Promise<string> {
    const { taskRoot, layers } = definition;
    const others = [...outsideInputs(taskRoot), ...layerFoldersOf(layers)];
    const parts = [...roots, ...others].map((root) => stampOfRoot(root, definition));
    const isCached = (each: string | Promise<string>): each is string => typeof each === 'string';
    if (parts.every(isCached)) return parts.length === 1 ? (parts[0] ?? '') : parts.join(' ');
    return Promise.all(parts.map((part) => Promise.resolve(part))).then((each) => each.join(' '));
  }

  return {
    stampOf(definition) {
      const all = rootsOf(definition);
      return all instanceof Promise ? all.then((each) => combine(each, definition)) : combine(all, definition);
    },
    retain(definitions) {
      const usedKeys = new Set(definitions.map((each) => keys.get(each) ?? keyOf(each)));
      closeUnused(roots, (key) => usedKeys.has(key));
      const others = definitions.flatMap(({ taskRoot, layers }) => [
        ...outsideInputs(taskRoot),
        ...layerFoldersOf(layers),
      ]);
      const usedRoots = new Set([...others, ...[...roots.keys()].flatMap((key) => rootsByKey.get(key) ?? [])]);
      for (const key of rootsByKey.keys()) if (!usedKeys.has(key)) rootsByKey.delete(key);
      closeUnused(stamps, (root) => usedRoots.has(root));
    },
  };
}

function closeUnused<T>(caches: Map<string, WatchedCache<T>>, isUsed: (key: string) => boolean): void {
  for (const [key, cache] of caches) {
    if (isUsed(key)) continue;
    cache.close();
    caches.delete(key);
  }
}
