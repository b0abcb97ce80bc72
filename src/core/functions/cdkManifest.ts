import { hasTooManyValues } from '../json/jsonShape.ts';
import { parseJsonc } from '../json/parseJsonc.ts';
import { isRecord } from '../json/isRecord.ts';

/**
 * The stack name of a template in a CDK cloud assembly: `stackName`, or else the artifact's ID. Undefined if the
 * manifest doesn't contain the template or is too large. Source: AWS CDK, cloud assembly schema, `manifest.json`.
 */
export function cdkStackName(manifestText: string, templateFile: string): string | undefined {
  if (hasTooManyValues(manifestText)) return undefined;
  const manifest: unknown = parseJsonc(manifestText);
  const artifacts = isRecord(manifest) && isRecord(manifest['artifacts']) ? manifest['artifacts'] : {};
  for (const [name, artifact] of Object.entries(artifacts)) {
    const properties = isRecord(artifact) && isRecord(artifact['properties']) ? artifact['properties'] : {};
    if (properties['templateFile'] !== templateFile) continue;
    const { stackName } = properties;
    return typeof stackName === 'string' ? stackName : name;
  }
  return undefined;
}
