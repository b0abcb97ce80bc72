import { unpackedArchive } from '../code/unpackedArchive.ts';
import { isFile } from '../code/pathKind.ts';
import type { LayerPart, WorkspaceLayer } from './workspaceLayers.ts';

async function unpackedPart({ folder, target }: LayerPart): Promise<LayerPart> {
  return { folder: isFile(folder) ? await unpackedArchive(folder) : folder, target };
}

/**
 * The layers with folders instead of ZIP files, which are unpacked again when they change. Rejects with LaunchError if one
 * can't be unpacked.
 */
export async function unpackedLayers(layers: readonly WorkspaceLayer[]): Promise<WorkspaceLayer[]> {
  return Promise.all(
    layers.map(async (layer) => ({ ...layer, parts: await Promise.all(layer.parts.map(unpackedPart)) })),
  );
}
