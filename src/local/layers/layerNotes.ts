import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isExtensionLayer } from '../../core/functions/functionLayers.ts';
import { message, type Message } from '../../core/messages/messages.ts';
import { optPaths } from './optFolders.ts';
import type { WorkspaceLayer } from './workspaceLayers.ts';

function isOnMachine({ parts }: WorkspaceLayer): boolean {
  return parts.some(({ folder }) => existsSync(folder));
}

/** Why a layer whose content should be in the workspace isn't loaded. */
function notLoaded(layer: WorkspaceLayer): Message | undefined {
  const [part] = layer.parts;
  return part === undefined || isOnMachine(layer) ? undefined : message('layerFolderMissing', part.folder, layer.name);
}

/** The layers that can't be loaded, because only their ARN or name is known. */
export function layersElsewhere(layers: readonly WorkspaceLayer[]): string[] {
  return layers.filter(({ name, parts }) => parts.length === 0 && !isExtensionLayer(name)).map(({ name }) => name);
}

/** Whether a layer's dependencies are missing, because `sam build` has to install them. */
export function needsBuild({ build }: WorkspaceLayer): boolean {
  if (build === undefined || existsSync(build.output)) return false;
  return ['requirements.txt', 'package.json', 'Makefile'].some((name) => existsSync(join(build.source, name)));
}

/** The names of the extensions that Lambda would start: programs in `/opt/extensions`, or else the layer's name. */
function extensionNames(layers: readonly WorkspaceLayer[]): string[] {
  const programs = optPaths(layers, 'extensions').flatMap((folder) => {
    try {
      return readdirSync(folder);
    } catch {
      return [];
    }
  });
  const elsewhere = layers.filter((layer) => !isOnMachine(layer) && isExtensionLayer(layer.name));
  return [...programs, ...elsewhere.map(({ name }) => name)];
}

/**
 * Notes about layers: those that aren't loaded or have to be built, files below `/opt`, and extensions. Source: Lambda
 * developer guide, "Packaging your layer content" and "Lambda extensions".
 */
export function layerNotes(layers: readonly WorkspaceLayer[]): Message[] {
  if (layers.length === 0) return [];
  const elsewhere = layersElsewhere(layers);
  const extensions = extensionNames(layers);
  return [
    ...(elsewhere.length === 0 ? [] : [message('layersNotHere', elsewhere.join(', '))]),
    ...layers.map(notLoaded).filter((note) => note !== undefined),
    ...layers.filter(needsBuild).map(({ name }) => message('layerNotBuilt', name)),
    ...(layers.some(isOnMachine) ? [message('layerFilesNotHere')] : []),
    ...(extensions.length === 0 ? [] : [message('extensionsNotRun', extensions.join(', '))]),
  ];
}
