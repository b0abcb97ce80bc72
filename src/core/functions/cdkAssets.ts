import { baseName } from './template/templatePath.ts';
import { hasTooManyValues } from '../json/jsonShape.ts';
import { isRecord } from '../json/isRecord.ts';
import { parseJsonc } from '../json/parseJsonc.ts';

/** The file name of a template's asset manifest in its folder, or undefined if the file isn't in a cloud assembly. */
export function cdkAssetsFile(templateFile: string): string | undefined {
  const name = baseName(templateFile);
  const suffix = '.template.json';
  return name.endsWith(suffix) ? `${name.slice(0, -suffix.length)}.assets.json` : undefined;
}

/** The source of the asset with an object key in the asset bucket, relative to the manifest's folder. */
function pathInManifest(manifestText: string, objectKey: string): string | undefined {
  if (hasTooManyValues(manifestText)) return undefined;
  const manifest: unknown = parseJsonc(manifestText);
  const files = isRecord(manifest) && isRecord(manifest['files']) ? manifest['files'] : {};
  for (const file of Object.values(files)) {
    if (!isRecord(file) || !isRecord(file['destinations']) || !isRecord(file['source'])) continue;
    const isDestination = (destination: unknown) => isRecord(destination) && destination['objectKey'] === objectKey;
    const { path } = file['source'];
    if (typeof path === 'string' && Object.values(file['destinations']).some(isDestination)) return path;
  }
  return undefined;
}

/**
 * The folder of an asset by its object key (`<hash>.zip`): from the asset manifest, or else `asset.<hash>`, the CDK's
 * default. Undefined if the key has no hash. Source: AWS CDK, cloud assembly schema, `*.assets.json`.
 */
export function cdkAssetPath(objectKey: string, manifestText: string | undefined): string | undefined {
  const hash = /(?:^|\/)([0-9a-f]{64})\.zip$/.exec(objectKey)?.[1];
  if (hash === undefined) return undefined;
  const path = manifestText === undefined ? undefined : pathInManifest(manifestText, objectKey);
  return path ?? `asset.${hash}`;
}

/** The folder of a CDK 1 asset by the name of its parameter, such as `AssetParameters<hash>S3VersionKey1234`. */
export function cdkParameterPath(parameter: string): string | undefined {
  const hash = /^AssetParameters([0-9a-f]{64})S3/.exec(parameter)?.[1];
  return hash === undefined ? undefined : `asset.${hash}`;
}
