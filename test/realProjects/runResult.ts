import { isRecord } from '../../src/core/json/isRecord.ts';
import type { FunctionResponse } from '../../src/local/process/runFunction.ts';

/**
 * How far a function got: `listed` but not found by its name, `excluded` because its type isn't supported locally,
 * `reached` but not loaded, `loaded` but ended before its handler responded, `ran` with an error, or `succeeded`.
 */
export type Stage = 'listed' | 'excluded' | 'reached' | 'loaded' | 'ran' | 'succeeded';

export interface RunResult {
  readonly stage: Stage;
  readonly reason: string;
  /** A package that isn't installed and that Lambda's runtime doesn't include either. */
  readonly missingPackage?: string;
}

/** The errors of Node.js and Python for a missing package. They don't match missing files. */
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

/** Determines from the response how far a function got. */
export function resultOf({ payload, FunctionError, log }: FunctionResponse): RunResult {
  if (FunctionError === undefined) return { stage: 'succeeded', reason: '' };
  const { errorType, errorMessage } = parsed(payload);
  const reason = `${String(errorType)}: ${String(errorMessage).replace(/^RequestId: \S+ (?:Error: )?/, '')}`;
  const text = Buffer.concat(log.chunks).toString('utf8');
  // If the handler wasn't called, the duration in the report is 0.
  const isCalled = !/\tDuration: 0\.00 ms\t/.test(text) && !/"durationMs":0,/.test(text);
  const missingPackage = missingPackageIn(reason);
  const common = { reason, ...(missingPackage !== undefined && { missingPackage }) };
  if (!isCalled) return { stage: 'reached', ...common };
  const hasEnded = errorType === 'Sandbox.Timedout' || errorType === 'Runtime.ExitError';
  return { stage: hasEnded ? 'loaded' : 'ran', ...common };
}
