import { isRecord } from '../../src/core/json/isRecord.ts';
import { isSdkPackage, sdkLanguageOf } from '../../src/core/functions/runtimeSdk.ts';
import { parseNotFound } from '../../src/local/advice/notFoundError.ts';
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
  /** The advice of the local endpoint and of the extension for an error. */
  readonly advice?: string;
}

/** A package that an error names, unless Lambda includes it in the function's runtime. */
function missingPackageIn(payload: Buffer, runtime: string): string | undefined {
  const missing = parseNotFound(payload);
  if (missing?.kind !== 'package') return undefined;
  return sdkLanguageOf(runtime) !== undefined && isSdkPackage(missing.name) ? undefined : missing.name;
}

function parsed(payload: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(payload.toString('utf8'));
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

/** Determines from the response how far a function of a runtime got. */
export function resultOf({ payload, FunctionError, log }: FunctionResponse, runtime: string): RunResult {
  if (FunctionError === undefined) return { stage: 'succeeded', reason: '' };
  const { errorType, errorMessage } = parsed(payload);
  const reason = `${String(errorType)}: ${String(errorMessage).replace(/^RequestId: \S+ (?:Error: )?/, '')}`;
  const text = Buffer.concat(log.chunks).toString('utf8');
  // If the handler wasn't called, the duration in the report is 0.
  const isCalled = !/\tDuration: 0\.00 ms\t/.test(text) && !/"durationMs":0,/.test(text);
  const missingPackage = missingPackageIn(payload, runtime);
  const common = { reason, ...(missingPackage !== undefined && { missingPackage }) };
  if (!isCalled) return { stage: 'reached', ...common };
  const hasEnded = errorType === 'Sandbox.Timedout' || errorType === 'Runtime.ExitError';
  return { stage: hasEnded ? 'loaded' : 'ran', ...common };
}
