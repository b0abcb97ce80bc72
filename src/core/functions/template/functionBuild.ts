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
}

/**
 * The packages of a Serverless Framework function: its artifact, and the output of the framework and of its plugins for
 * esbuild, webpack, and TypeScript. Source: Serverless Framework, "Packaging" and "Building"; serverless-esbuild,
 * serverless-webpack, and serverless-plugin-typescript.
 */
export function serverlessBuild({ key, service, own, shared }: Packaging): ServerlessBuild {
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
  };
}
