import { baseName } from './templatePath.ts';
import { record, textOf, type Values } from './templateFunction.ts';

/** How a tool builds a function. */
export type FunctionBuild = SamBuild | ServerlessBuild;

export interface SamBuild {
  readonly tool: 'sam';
  readonly logicalId: string;
  /** `Metadata.BuildMethod`. */
  readonly method?: string;
  /** `Metadata.BuildProperties`. */
  readonly properties: Values;
}

export interface ServerlessBuild {
  readonly tool: 'serverless';
  /** Output folders and zip archives that may contain the function, relative to the template's folder. */
  readonly folders: readonly string[];
  readonly archives: readonly string[];
  /** Whether the framework or a plugin bundles JavaScript. */
  readonly isBundled: boolean;
}

/** Plugins that bundle JavaScript. Source: their READMEs. */
const BUNDLERS = new Set([
  'serverless-bundle',
  'serverless-esbuild',
  'serverless-plugin-browserifier',
  'serverless-plugin-optimize',
  'serverless-rspack',
  'serverless-webpack',
]);

/**
 * Whether a Serverless Framework configuration has a plugin that bundles JavaScript, or has `build.esbuild`. Without it,
 * the framework bundles only TypeScript. Source: Serverless Framework, "AWS Lambda Build Configuration".
 */
export function bundlesJavaScript(plugins: readonly string[], build: unknown): boolean {
  const esbuild = record(build)['esbuild'];
  const isConfigured = build === 'esbuild' || (esbuild !== undefined && esbuild !== false);
  return isConfigured || plugins.some((name) => BUNDLERS.has(name));
}

/** Whether JavaScript is bundled before a function is deployed, so that any file may be an ES module. */
export function isBundledBuild(build: FunctionBuild | undefined): boolean {
  return build?.tool === 'sam' ? build.method === 'esbuild' : build?.isBundled === true;
}

/** The build of a SAM function. Source: SAM developer guide, "Building with AWS SAM". */
export function samBuild(logicalId: string, metadata: Values): SamBuild {
  const method = textOf(metadata['BuildMethod']);
  return {
    tool: 'sam',
    logicalId,
    ...(method !== undefined && { method }),
    properties: record(metadata['BuildProperties']),
  };
}

interface Packaging {
  readonly key: string;
  readonly service: string | undefined;
  /** The `package` sections of the function and of the service. */
  readonly own: Values;
  readonly shared: Values;
  readonly isBundled: boolean;
}

/**
 * The packages of a Serverless Framework function: its artifact, and the output of the framework and of its plugins for
 * esbuild, webpack, and TypeScript. Source: Serverless Framework, "Packaging" and "Building"; serverless-esbuild,
 * serverless-webpack, and serverless-plugin-typescript.
 */
export function serverlessBuild({ key, service, own, shared, isBundled }: Packaging): ServerlessBuild {
  const isIndividual = own['individually'] === true || shared['individually'] === true;
  const artifact = textOf(own['artifact']) ?? (own['individually'] === true ? undefined : textOf(shared['artifact']));
  const isLocal = artifact !== undefined && !/^(s3|https?):/i.test(artifact);
  const name = isIndividual ? key : service;
  return {
    tool: 'serverless',
    folders: ['.serverless/build', '.esbuild/.build', `.webpack/${baseName(key)}`, '.webpack/service', '.build'],
    archives: [
      ...(isLocal ? [artifact] : []),
      ...(artifact === undefined && name !== undefined ? [`.serverless/${baseName(name)}.zip`] : []),
    ],
    isBundled,
  };
}
