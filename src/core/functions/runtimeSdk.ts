/** Python modules that come with boto3 in Lambda's runtimes. */
const PYTHON_MODULES = new Set(['boto3', 'botocore', 's3transfer', 'jmespath', 'dateutil', 'six', 'urllib3']);

const FIRST_NODE_WITH_SDK = 18;

/** A language whose runtimes include an AWS SDK. */
export type SdkLanguage = 'node' | 'python';

/** An AWS SDK that Lambda's runtime includes, and how a package of it is named. */
export interface MissingSdkPackage {
  readonly language: SdkLanguage;
  readonly name: string;
}

/** Whether `name` is a valid name of a package of the AWS SDK for JavaScript (version 3). */
export function isNodeSdkPackage(name: string): boolean {
  return /^@(?:aws-sdk|smithy)\/[a-z\d][a-z\d._-]{0,99}$/.test(name);
}

/** Whether `name` is a module of the AWS SDK for Python, or of its dependencies. */
export function isPythonSdkModule(name: string): boolean {
  return PYTHON_MODULES.has(name);
}

/**
 * The language of the SDK that Lambda includes in a runtime: version 3 for JavaScript since nodejs18.x, boto3 in all
 * Python runtimes. Undefined for the others. Source: Lambda developer guide, "Building Lambda functions with Node.js" and
 * "Building Lambda functions with Python", runtime-included SDK versions.
 */
export function sdkLanguageOf(runtime: string): SdkLanguage | undefined {
  if (runtime.startsWith('python')) return 'python';
  return Number(/^nodejs(\d+)/.exec(runtime)?.[1]) >= FIRST_NODE_WITH_SDK ? 'node' : undefined;
}
