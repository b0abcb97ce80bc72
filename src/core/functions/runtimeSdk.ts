const NODE_PACKAGE = /^@(?:aws-sdk|smithy)\/[a-z\d][a-z\d._-]{0,99}$/;
/** boto3 and its dependencies. */
const PYTHON_MODULE = /^(?:boto3|botocore|s3transfer|jmespath|dateutil|six|urllib3)$/;

const FIRST_NODE_WITH_SDK = 18;

/** A language whose runtimes include an AWS SDK. */
export type SdkLanguage = 'node' | 'python';

/** A missing package of an AWS SDK that Lambda's runtime includes. */
export interface MissingSdkPackage {
  readonly language: SdkLanguage;
  readonly name: string;
}

/** Whether `name` is the name of a package in the AWS SDK for JavaScript (version 3). */
export function isNodeSdkPackage(name: string): boolean {
  return NODE_PACKAGE.test(name);
}

/** Whether a package or Python module is part of an SDK that Lambda includes, or of its dependencies. */
export function isSdkPackage(name: string): boolean {
  return NODE_PACKAGE.test(name) || PYTHON_MODULE.test(name);
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
