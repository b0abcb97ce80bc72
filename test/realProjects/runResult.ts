import { isRecord } from '../../src/core/json/isRecord.ts';
import type { FunctionResponse } from '../../src/local/process/runFunction.ts';

/**
 * How far a function came: `listed` but not callable by its name, `excluded` because Lambda Invoke can't run its kind,
 * `reached` but not loaded, `loaded` but ended before its handler answered, `ran` with an error or `succeeded`.
 */
export type Stage = 'listed' | 'excluded' | 'reached' | 'loaded' | 'ran' | 'succeeded';

export interface RunResult {
  readonly stage: Stage;
  readonly reason: string;
  /** A package that isn't installed and that Lambda's runtime doesn't include either. */
  readonly missingPackage?: string;
}

/** The names that Node.js and Python give for a package they can't find. Not those of files. */
const MISSING_PACKAGE = [
  /Cannot find (?:module|package) '((?:@[\w.-]+\/)?[\w.-]+)/,
  /No module named '([\w.]+)'/,
  /Could not resolve "((?:@[\w.-]+\/)?[\w.-]+)/,
];

/** The packages that Lambda's runtimes include. */
const IN_RUNTIME = /^(?:@aws-sdk|@smithy)\/|^(?:boto3|botocore|s3transfer|jmespath|dateutil|urllib3)(?:\.|$)/;

function missingPackageIn(text: string): string | undefined {
  for (const pattern of MISSING_PACKAGE) {
    const name = pattern.exec(text)?.[1];
    if (name !== undefined && !IN_RUNTIME.test(name)) return name;
  }
  return undefined;
}

function parsed(payload: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(payload.toString('utf8'));
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

/** How far a function came, from its response. */
export function resultOf({ payload, FunctionError, log }: FunctionResponse): RunResult {
  if (FunctionError === undefined) return { stage: 'succeeded', reason: '' };
  const { errorType, errorMessage } = parsed(payload);
  const reason = `${String(errorType)}: ${String(errorMessage).replace(/^RequestId: \S+ (?:Error: )?/, '')}`;
  const text = Buffer.concat(log.chunks).toString('utf8');
  // Without a call of the handler, the report has no duration.
  const isCalled = !/\tDuration: 0\.00 ms\t/.test(text) && !/"durationMs":0,/.test(text);
  const missingPackage = missingPackageIn(reason);
  const common = { reason, ...(missingPackage !== undefined && { missingPackage }) };
  if (!isCalled) return { stage: 'reached', ...common };
  const hasEnded = errorType === 'Sandbox.Timedout' || errorType === 'Runtime.ExitError';
  return { stage: hasEnded ? 'loaded' : 'ran', ...common };
}
