import { createSourceStamps, type SourceStamps } from './sourceStamps.ts';
import type { LayerFolders } from '../layers/workspaceLayers.ts';
import type { TemplatePatterns } from '../../core/functions/templateCandidates.ts';
import { createChangeWatcher, type WatchOptions } from './watching/changeWatcher.ts';
import { createWorkspaceFunctions, type WorkspaceFunctions } from './workspaceFunctions.ts';

/** The functions of some folders and the state of their code. Both follow the files until `close`. */
export interface Workspace {
  readonly functions: WorkspaceFunctions;
  readonly stampOf: SourceStamps['stampOf'];
  readonly close: () => void;
}

interface WorkspaceOptions extends WatchOptions {
  readonly patterns?: TemplatePatterns | undefined;
  /** The setting for layers that aren't in the workspace. */
  readonly layerFolders?: LayerFolders | undefined;
  /** See createWorkspaceFunctions. */
  readonly environmentFiles?: readonly string[] | undefined;
}

/** Opens folders, given as file system paths. Nothing is read before it's used. */
export function openWorkspace(
  folders: readonly string[],
  { patterns, layerFolders, environmentFiles, ...options }: WorkspaceOptions,
): Workspace {
  const watcher = createChangeWatcher(folders, options);
  const { stampOf, retain } = createSourceStamps(watcher);
  return {
    functions: createWorkspaceFunctions(folders, {
      watcher,
      patterns,
      layerFolders,
      environmentFiles,
      onDidLoad: retain,
    }),
    stampOf,
    close: () => watcher.close(),
  };
}
