import type { LocalFunction } from '../../core/functions/localFunctions.ts';
import type { TemplateEvent } from '../../core/functions/localFunctionView.ts';
import { toSentence, type Message } from '../../core/messages/messages.ts';
import { createFolderReader } from './folderFunctions.ts';
import type { ChangeWatcher } from './watching/changeWatcher.ts';
import { createWatchedCache } from './watching/watchedCache.ts';

/** A function of the workspace and the location of its code. The same object as long as its file is unchanged. */
export interface WorkspaceFunction {
  readonly name: string;
  readonly otherNames: readonly string[];
  readonly fn: LocalFunction;
  /** The code folder (LAMBDA_TASK_ROOT), and the output folder of `sam build`. */
  readonly taskRoot: string;
  readonly builtRoot?: string;
  /** The workspace folder, which is searched for a virtual environment. */
  readonly folder: string;
  /** The file that defines the function, and the 1-based line if known. */
  readonly file: string;
  readonly line?: number;
  /** Why the function can't run locally, and how it differs from Lambda. */
  readonly obstacle?: Message;
  readonly notes: readonly Message[];
  readonly events?: readonly TemplateEvent[];
}

/** The functions of the workspace, and the problems with the files that define them. */
export interface WorkspaceListing {
  readonly functions: readonly WorkspaceFunction[];
  readonly problems: readonly Message[];
}

/** A file that defines functions is invalid; the message has its name, line and column. */
class FunctionsUnreadable extends Error {}

interface IndexedListing extends WorkspaceListing {
  readonly byName: ReadonlyMap<string, WorkspaceFunction>;
}

/** If two functions have a name, the first one has it, and other names come last. */
function indexNames(functions: readonly WorkspaceFunction[]): Map<string, WorkspaceFunction> {
  const byName = new Map<string, WorkspaceFunction>();
  const add = (name: string, each: WorkspaceFunction) => byName.has(name) || byName.set(name, each);
  for (const each of functions) add(each.name, each);
  for (const each of functions) for (const name of each.otherNames) add(name, each);
  return byName;
}

export interface WorkspaceFunctions {
  /** All functions; a promise only if files have to be read. */
  readonly list: () => WorkspaceListing | Promise<WorkspaceListing>;
  /** All functions, including every change made before the call. */
  readonly refresh: () => Promise<WorkspaceListing>;
  /**
   * Finds a function by its name or one of its other names; a promise only if files have to be read. Undefined if there
   * is none; rejects with Error if it may be defined in an invalid file.
   */
  readonly find: (name: string) => WorkspaceFunction | undefined | Promise<WorkspaceFunction | undefined>;
}

interface Options {
  readonly watcher: ChangeWatcher;
  /** Called with each new listing. */
  readonly onDidLoad?: (functions: readonly WorkspaceFunction[]) => void;
}

/**
 * The functions of the workspace folders: `localFunctions` of the presets file first, then those of the templates in
 * and below each folder. Cached until a file changes.
 */
export function createWorkspaceFunctions(
  folders: readonly string[],
  { watcher, onDidLoad }: Options,
): WorkspaceFunctions {
  const readers = folders.map(createFolderReader);
  const cache = createWatchedCache(watcher, async (watch): Promise<IndexedListing> => {
    const all = await Promise.all(readers.map((read) => read(watch)));
    const functions = all.flatMap((each) => each.functions);
    onDidLoad?.(functions);
    return { functions, problems: all.flatMap(({ problems }) => problems), byName: indexNames(functions) };
  });

  async function findLater(name: string): Promise<WorkspaceFunction | undefined> {
    const cached = (await cache.get()).byName.get(name);
    if (cached !== undefined) return cached;
    const { byName, problems } = await cache.refresh(); // it may have just been added
    const item = byName.get(name);
    const [problem] = problems;
    if (item === undefined && problem !== undefined) throw new FunctionsUnreadable(toSentence(problem));
    return item;
  }

  return {
    list: cache.get,
    refresh: cache.refresh,
    find(name) {
      const listing = cache.get();
      return (listing instanceof Promise ? undefined : listing.byName.get(name)) ?? findLater(name);
    },
  };
}
