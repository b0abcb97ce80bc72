import { message, type Message } from '../../core/messages/messages.ts';
import { InvokeError, isInvokeError } from '../../core/outcome/invokeError.ts';
import { checkResult, type TestFailure } from '../../core/testing/checkResult.ts';
import { parseExpectation, type Expectation } from '../../core/testing/expectation.ts';
import type { PresetTest } from '../../core/testing/presetTest.ts';
import type { EndedInvocation, Invocations } from '../invocations.ts';
import type { InvocationOrder } from '../runInvocation.ts';
import { readSnapshot } from './snapshots.ts';
import type { TestFiles } from './testFiles.ts';

/** A test with the values of its variables. */
export interface ResolvedTest {
  readonly order: InvocationOrder;
  /** `expect` in JSON. */
  readonly expect: string;
}

export interface TestDependencies {
  readonly invocations: Pick<Invocations, 'start'>;
  /** Replaces the variables. Undefined if the user cancels a prompt. Rejects with InvokeError. */
  resolve(test: PresetTest): Promise<ResolvedTest | undefined>;
  /** The folder of cases and snapshots. Undefined if there is none. */
  readonly files: TestFiles | undefined;
  /** The whole log, if more is available than the log tail. */
  wholeLog?(ended: EndedInvocation): Promise<string | undefined>;
  /** Creates an invocation ID. */
  newId(): string;
}

/** How a test ended. */
export type TestResult =
  | {
      readonly kind: 'checked';
      readonly failures: readonly TestFailure[];
      readonly expectation: Expectation;
      readonly ended: EndedInvocation;
    }
  /** It couldn't run. Nothing was invoked. */
  | { readonly kind: 'errored'; readonly reason: Message }
  /** Stopped, or a prompt was canceled. */
  | { readonly kind: 'skipped'; readonly ended?: EndedInvocation };

/** Parses `expect` after its variables were replaced. Throws InvokeError. */
export function expectationOf(expect: string): Expectation {
  const parsed = parseExpectation(expect);
  if ('problem' in parsed) throw new InvokeError(parsed.problem);
  return parsed;
}

/** Whether a test checks the log, or figures that the log tail doesn't have. */
function needsLog({ result: { outcome } }: EndedInvocation, expectation: Expectation): boolean {
  const { log, maxDurationMs, maxMemoryMB } = expectation;
  const hasFigures = maxDurationMs !== undefined || maxMemoryMB !== undefined;
  return log.contains.length + log.excludes.length > 0 || (hasFigures && !('report' in outcome));
}

/** Checks the result of an invocation. Rejects with InvokeError if the snapshot can't be read. */
export async function checkEnded(
  ended: EndedInvocation,
  expectation: Expectation,
  { files, wholeLog }: Pick<TestDependencies, 'files' | 'wholeLog'>,
): Promise<readonly TestFailure[]> {
  const snapshot = await readSnapshot(expectation, files);
  const log = needsLog(ended, expectation) ? await wholeLog?.(ended) : undefined;
  return checkResult({ ...ended.result, ...(log !== undefined && { log }) }, expectation, snapshot);
}

/** Runs a test: invokes its preset once, and checks the result. Never rejects. */
export async function runTest(
  test: PresetTest,
  dependencies: TestDependencies,
  signal: AbortSignal,
): Promise<TestResult> {
  let ended: EndedInvocation | undefined;
  try {
    const resolved = await dependencies.resolve(test);
    if (resolved === undefined) return { kind: 'skipped' };
    // Before anything is invoked, so that an invalid test has no effect.
    const expectation = expectationOf(resolved.expect);
    await readSnapshot(expectation, dependencies.files);
    if (signal.aborted) return { kind: 'skipped' };
    const invocationId = dependencies.newId();
    const { order } = resolved;
    const running = dependencies.invocations.start(invocationId, order);
    if (running === undefined) return { kind: 'skipped' };
    const stop = () => running.stopWaiting();
    signal.addEventListener('abort', stop, { once: true });
    const result = await running.result.finally(() => signal.removeEventListener('abort', stop));
    ended = { invocationId, order, result };
    if (result.outcome.state === 'cancelled') return { kind: 'skipped', ended };
    const failures = await checkEnded(ended, expectation, dependencies);
    return { kind: 'checked', failures, expectation, ended };
  } catch (error) {
    if (isInvokeError(error)) return { kind: 'errored', reason: error.reason };
    return { kind: 'errored', reason: message('unexpected', String(error)) };
  }
}
