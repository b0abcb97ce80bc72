import { createSourceStamps, type SourceStamps } from './sourceStamps.ts';
import type { TemplatePatterns } from '../../core/functions/templateCandidates.ts';
import { createChangeWatcher, type WatchOptions } from './watching/changeWatcher.ts';
import { createWorkspaceFunctions, type WorkspaceFunctions } from './workspaceFunctions.ts';

/** The functions of some folders and the state of their code. Both follow the files until `close`. */
export interface Workspace {
  readonly functions: WorkspaceFunctions;
  readonly stampOf: SourceStamps['stampOf'];
  readonly close: () => void;
}

/** Opens folders, given as file system paths. Nothing is read before it's used. */
export function openWorkspace(
  folders: readonly string[],
  { patterns, ...options }: WatchOptions & { readonly patterns?: TemplatePatterns | undefined },
): Workspace {
  const watcher = createChangeWatcher(folders, options);
  const { stampOf, retain } = createSourceStamps(watcher);
  return {
    functions: createWorkspaceFunctions(folders, { watcher, patterns, onDidLoad: retain }),
    stampOf,
    close: () => watcher.close(),
  };
}
