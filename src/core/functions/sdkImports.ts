import { isNodeSdkPackage } from './runtimeSdk.ts';

/** What the code of functions imports from the SDKs of Lambda's runtimes, if it's missing locally. */
export interface SdkImports {
  /** Names of packages, such as `@aws-sdk/client-s3`. */
  readonly node: readonly string[];
  /** Whether boto3 or one of its modules is imported. */
  readonly python: boolean;
  /** The functions' runtimes that include neither SDK, such as `nodejs16.x`. */
  readonly withoutSdk: readonly string[];
}

const NODE_IMPORT = /\b(?:from|import|require)\s{0,20}\(?\s{0,20}["'`](@(?:aws-sdk|smithy)\/[a-z\d._-]{1,100})/g;
const PYTHON_IMPORT = /^[ \t]{0,100}(?:import|from)[ \t]{1,20}(?:boto3|botocore|s3transfer)\b/m;

/** The SDK packages that JavaScript or TypeScript code imports with `import`, `import()`, or `require`. */
export function nodeSdkImports(code: string): string[] {
  const names = [...code.matchAll(NODE_IMPORT)].map(([, name = '']) => name);
  return [...new Set(names.filter(isNodeSdkPackage))];
}

/** Whether Python code imports boto3 or one of its modules. */
export function importsBoto3(code: string): boolean {
  return PYTHON_IMPORT.test(code);
}
