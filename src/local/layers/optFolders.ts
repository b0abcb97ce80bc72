import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { LayerPart, WorkspaceLayer } from './workspaceLayers.ts';

/** Where Lambda extracts layers. */
const OPT = '/opt';

/** The parts of all layers in order of precedence. On Lambda, later layers overwrite files of earlier ones. */
function layerParts(layers: readonly WorkspaceLayer[]): LayerPart[] {
  return layers.toReversed().flatMap(({ parts }) => parts);
}

/** The path on this machine of a path below `/opt`, in one part. Undefined if the part can't have it. */
function pathInPart({ folder, target }: LayerPart, path: string): string | undefined {
  if (target === '') return join(folder, path);
  if (path === target) return folder;
  return path.startsWith(`${target}/`) ? join(folder, path.slice(target.length + 1)) : undefined;
}

/** The existing files or folders for a path below `/opt`, such as `nodejs/node_modules`, in order of precedence. */
export function optPaths(layers: readonly WorkspaceLayer[], path: string): string[] {
  const paths = layerParts(layers).map((part) => pathInPart(part, path));
  return [...new Set(paths)].filter((each): each is string => each !== undefined && existsSync(each));
}

/** The existing folders with content of `/opt` for the bootstraps: `target=folder`, or only the folder for `/opt` itself. */
export function optEntries(layers: readonly WorkspaceLayer[]): string[] {
  return layerParts(layers)
    .filter(({ folder }) => existsSync(folder))
    .map(({ folder, target }) => (target === '' ? folder : `${target}=${folder}`));
}

/** Variables with a list of folders, which can name folders below `/opt`. */
const FOLDER_LISTS = ['PATH', 'PYTHONPATH', 'NODE_PATH', 'LD_LIBRARY_PATH'];

/** The function's variables that name folders below `/opt`, with the folders of its layers instead. */
export function mappedVariables(
  environment: Readonly<Record<string, string>>,
  layers: readonly WorkspaceLayer[],
): Readonly<Record<string, string>> {
  if (layers.length === 0) return {};
  const changed = FOLDER_LISTS.flatMap((name): [string, string][] => {
    const value = environment[name];
    if (value === undefined || !value.includes(OPT)) return [];
    const folders = value.split(':').flatMap((folder) => {
      if (folder !== OPT && !folder.startsWith(`${OPT}/`)) return [folder];
      const mapped = optPaths(layers, folder.slice(OPT.length + 1));
      return mapped.length === 0 ? [folder] : mapped;
    });
    return [[name, folders.join(delimiter)]];
  });
  return Object.fromEntries(changed);
}
