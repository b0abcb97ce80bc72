import { parse } from 'jsonc-parser';
import { isRecord } from './isRecord.ts';

/**
 * The stack that a template of a CDK assembly is deployed as: its own name, else the artifact's. Undefined where the
 * manifest does not name the template. Source: AWS CDK, cloud assembly schema, `manifest.json`.
 */
export function cdkStackName(manifestText: string, templateFile: string): string | undefined {
  const manifest: unknown = parse(manifestText);
  const artifacts = isRecord(manifest) && isRecord(manifest['artifacts']) ? manifest['artifacts'] : {};
  for (const [name, artifact] of Object.entries(artifacts)) {
    const properties = isRecord(artifact) && isRecord(artifact['properties']) ? artifact['properties'] : {};
    if (properties['templateFile'] !== templateFile) continue;
    const { stackName } = properties;
    return typeof stackName === 'string' ? stackName : name;
  }
  return undefined;
}
