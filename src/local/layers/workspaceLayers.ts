import { resolve } from 'node:path';
import { matchesWildcard } from '../../core/connection/matchesWildcard.ts';
import type { BuiltFolder, FunctionLayer } from '../../core/functions/functionLayers.ts';

/** A folder of this machine with content of `/opt`. */
export interface LayerPart {
  readonly folder: string;
  /** The folder in `/opt` that has this content. Empty for `/opt` itself. */
  readonly target: BuiltFolder | '';
}

/** A layer of a function, with the paths of its folders. Some may not exist. */
export interface WorkspaceLayer {
  readonly name: string;
  /** In order of precedence. Empty if the layer isn't on this machine. */
  readonly parts: readonly LayerPart[];
  /** The folder that `sam build` builds the layer from, and the folder with its output. */
  readonly build?: { readonly source: string; readonly output: string };
}

/**
 * The setting for layers that aren't in the workspace: ARN, in which `*` matches any text, to folder. Settings aren't
 * validated, so a value might not be a string.
 */
export type LayerFolders = Readonly<Record<string, unknown>>;

interface LayerContext {
  /** The folder that the paths of the layers are relative to. */
  readonly base: string;
  /** The workspace folder, which the folders of the setting are relative to. */
  readonly root: string;
  readonly folders: LayerFolders;
}

function mappedFolder(name: string, { root, folders }: LayerContext): string | undefined {
  for (const [pattern, folder] of Object.entries(folders))
    if (typeof folder === 'string' && matchesWildcard(pattern, name)) return resolve(root, folder);
  return undefined;
}

/**
 * The parts of a layer: the folder from the setting, or else its content. A folder that `sam build` builds from precedes
 * the output, which adds its dependencies, so that an outdated build isn't used.
 */
function toWorkspaceLayer(layer: FunctionLayer, context: LayerContext): WorkspaceLayer {
  const { name, contentUri, builtUri, builtFolder = '' } = layer;
  const mapped = mappedFolder(name, context);
  if (mapped !== undefined) return { name, parts: [{ folder: mapped, target: '' }] };
  const source = contentUri === undefined ? undefined : resolve(context.base, contentUri);
  const output = builtUri === undefined ? undefined : resolve(context.base, builtUri);
  const content: LayerPart[] = source === undefined ? [] : [{ folder: source, target: builtFolder }];
  const built: LayerPart[] = output === undefined ? [] : [{ folder: output, target: '' }];
  return {
    name,
    parts: builtFolder === '' ? [...built, ...content] : [...content, ...built],
    ...(source !== undefined && output !== undefined && { build: { source, output } }),
  };
}

/** Finds the folders of a function's layers, in the order in which Lambda merges the layers. */
export function workspaceLayers(layers: readonly FunctionLayer[], context: LayerContext): WorkspaceLayer[] {
  return layers.map((layer) => toWorkspaceLayer(layer, context));
}
