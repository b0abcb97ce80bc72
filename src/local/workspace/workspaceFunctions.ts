import type { LocalFunction } from '../../core/functions/localFunctions.ts';
import type { TemplateEvent } from '../../core/functions/localFunctionView.ts';
import type { FunctionBuild } from '../../core/functions/template/functionBuild.ts';
import { indexNames, type NameIndex } from '../../core/functions/nameIndex.ts';
import { uniqueNames, type FunctionDefinition } from '../../core/functions/uniqueNames.ts';
import type { Message } from '../../core/messages/messages.ts';
import type { LayerFolders, WorkspaceLayer } from '../layers/workspaceLayers.ts';
import { readEnvironmentFiles } from './environmentFiles.ts';
import { createFolderReader } from './folderFunctions.ts';
import { folderLabels } from './folderLabels.ts';
import type { TemplatePatterns } from '../../core/functions/templateCandidates.ts';
import type { ChangeWatcher } from './watching/changeWatcher.ts';
import { createWatchedCache } from './watching/watchedCache.ts';

/**
 * A function of the workspace and the location of its code. The same object as long as its file and its name are
 * unchanged.
 */
export interface WorkspaceFunction {
  /** Identifies the function in this workspace. */
  readonly name: string;
  /** The name in its file, which the handler receives. Functions of other files can share it. */
  readonly plainName: string;
  readonly otherNames: readonly string[];
  readonly fn: LocalFunction;
  /** The code folder (LAMBDA_TASK_ROOT), and the output folder of `sam build`. */
  readonly taskRoot: string;
  readonly builtRoot?: string;
  /** How the template's tool builds it. `folder` is the template's folder. */
  readonly build?: FunctionBuild & { readonly folder: string };
  /** In the order in which Lambda merges them into `/opt`. Absent without layers. */
  readonly layers?: readonly WorkspaceLayer[];
  /** Folders with packages that the framework adds to the code. Some may not exist. */
  readonly packageFolders?: readonly string[];
  /** The workspace folder. */
  readonly folder: string;
  /** The file that defines the function, and the 1-based line if known. */
  readonly file: string;
  readonly line?: number;
  /** Why the function can't run locally, and how it differs from Lambda. */
  readonly obstacle?: Message;
  readonly notes: readonly Message[];
  /** Environment variables with a placeholder for a value that only a deployed stack has. Absent without placeholders. */
  readonly placeholders?: readonly string[];
  readonly events?: readonly TemplateEvent[];
}

/** The functions of the workspace, and the problems with the files that define them. */
export interface WorkspaceListing {
  readonly functions: readonly WorkspaceFunction[];
  readonly problems: readonly Message[];
  /** The paths of the files that the list depends on, except presets files. Some may not exist. */
  readonly files: readonly string[];
}

/** A function without a unique name. */
export interface DefinedFunction extends Omit<WorkspaceFunction, 'name'> {
  readonly definition: FunctionDefinition;
}

interface IndexedListing extends WorkspaceListing {
  readonly index: NameIndex<WorkspaceFunction>;
}

/** Returns a function that names functions. An object is reused if the definition and the name are unchanged. */
function createNaming(): (functions: readonly DefinedFunction[]) => WorkspaceFunction[] {
  const named = new WeakMap<DefinedFunction, WorkspaceFunction>();
  return (functions) => {
    const names = uniqueNames(functions.map(({ definition }) => definition));
    return functions.map((each, index) => {
      const { definition: _, ...rest } = each;
      const name = names[index] ?? each.plainName;
      const before = named.get(each);
      if (before?.name === name) return before;
      const current = { ...rest, name };
      named.set(each, current);
      return current;
    });
  };
}

export interface WorkspaceFunctions {
  /** All functions; a promise only if files have to be read. */
  readonly list: () => WorkspaceListing | Promise<WorkspaceListing>;
  /** All functions, including every change made before the call. */
  readonly refresh: () => Promise<WorkspaceListing>;
  /**
   * Finds a function by its name or one of its other names; a promise only if files have to be read. Undefined if
   * there is none, or more than one.
   */
  readonly find: (name: string) => WorkspaceFunction | undefined | Promise<WorkspaceFunction | undefined>;
  /** The unique names of the functions that share a name. Empty if at most one has it. */
  readonly choices: (name: string) => Promise<readonly string[]>;
}

interface Options {
  readonly watcher: ChangeWatcher;
  readonly patterns?: TemplatePatterns | undefined;
  readonly layerFolders?: LayerFolders | undefined;
  /** The paths of files with values for environment variables. Later ones override. */
  readonly environmentFiles?: readonly string[] | undefined;
  /** Called with each new listing. */
  readonly onDidLoad?: (functions: readonly WorkspaceFunction[]) => void;
}

/**
 * The functions of the workspace folders: `localFunctions` of the presets file first, then those of the templates in
 * and below each folder. Cached until a file changes.
 */
export function createWorkspaceFunctions(
  folders: readonly string[],
  { watcher, patterns = { include: [], exclude: [] }, layerFolders = {}, environmentFiles = [], onDidLoad }: Options,
): WorkspaceFunctions {
  const labels = folderLabels(folders);
  const readers = folders.map((root, index) => {
    const otherRoots = folders.filter((other) => other !== root);
    const searched = { root, label: labels[index] ?? root, otherRoots, patterns };
    return createFolderReader(searched, watcher, layerFolders);
  });
  const nameAll = createNaming();
  const cache = createWatchedCache(watcher, async (watch, use): Promise<IndexedListing> => {
    const environment = await readEnvironmentFiles(environmentFiles, watch);
    const all = await Promise.all(readers.map((read) => read(watch, use, environment.environments)));
    const functions = nameAll(all.flatMap((each) => each.functions));
    onDidLoad?.(functions);
    return {
      functions,
      problems: [...environment.problems, ...all.flatMap(({ problems }) => problems)],
      files: all.flatMap(({ files }) => files),
      index: indexNames(functions),
    };
  });

  async function findLater(name: string): Promise<WorkspaceFunction | undefined> {
    const cached = (await cache.get()).index.find(name);
    return cached ?? (await cache.refresh()).index.find(name); // it may have just been added
  }

  return {
    list: cache.get,
    refresh: cache.refresh,
    find(name) {
      const listing = cache.get();
      return (listing instanceof Promise ? undefined : listing.index.find(name)) ?? findLater(name);
    },
    choices: async (name) => (await cache.get()).index.choices(name),
  };
}
