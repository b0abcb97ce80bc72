/** A folder below `/opt` for which `sam build` builds a layer. */
export type BuiltFolder = 'python' | 'nodejs';

/** A layer of a function. Its folders are relative to the folder of the file that defines it. */
export interface FunctionLayer {
  /** Its ARN, or its name in the template, or its folder in a presets file. */
  readonly name: string;
  /** The folder with the content that Lambda extracts to `/opt`. Absent if the template doesn't point to it. */
  readonly contentUri?: string;
  /** Set if `contentUri` is a source folder: `sam build` copies it to this folder, and adds its dependencies. */
  readonly builtFolder?: BuiltFolder;
  /** The output folder of `sam build`. */
  readonly builtUri?: string;
}

/** Lambda allows five. Templates can have more because of conditions. */
export const MAX_LAYERS = 20;

function isLayerArn(text: string): boolean {
  return /^arn:[^:]*:lambda:[^:]*:[^:]*:layer:/.test(text);
}

/** The name in a layer's ARN. Text that isn't an ARN is returned unchanged. */
function layerName(text: string): string {
  return isLayerArn(text) ? (text.split(':')[6] ?? text) : text;
}

/** Parses the `layers` of a local function: ARNs, and folders that have the content of `/opt`. */
export function parseLayers(value: unknown): FunctionLayer[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  return items
    .filter((item): item is string => typeof item === 'string' && item !== '')
    .slice(0, MAX_LAYERS)
    .map((name) => (isLayerArn(name) ? { name } : { name, contentUri: name }));
}

/** Parts of the names of layers that are extensions. */
const EXTENSION_NAMES = ['extension', 'lambdaadapter', 'dynatrace_oneagent', 'lambda-adapter', 'aws-otel-collector'];

/** Whether a layer is an extension, judging by its name. Other layers can contain extensions, too. */
export function isExtensionLayer(name: string): boolean {
  const text = layerName(name).toLowerCase();
  return EXTENSION_NAMES.some((part) => text.includes(part));
}
