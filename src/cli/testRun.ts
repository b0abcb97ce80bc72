import { normalize } from 'node:path';
import { runTest, type TestDependencies, type TestResult } from '../app/testing/runTest.ts';
import { writeSnapshot } from '../app/testing/snapshots.ts';
import { errorText } from '../core/messages/errorText.ts';
import { message } from '../core/messages/messages.ts';
import { failureKind } from '../core/outcome/failureKind.ts';
import { isInvokeError } from '../core/outcome/invokeError.ts';
import { hasResponse } from '../core/outcome/outcome.ts';
import type { Interrupt } from './interrupt.ts';
import { endOf, isBad, type TestReport } from './reports/testReport.ts';
import type { SelectedTest } from './selectTests.ts';
import type { TestOptions } from './testArguments.ts';

/**
 * Writes the snapshot if everything else is as expected. Returns the result without its failure, and the path. `written`
 * has the snapshots of this run: two tests with different responses can't have the same one.
 */
async function updateSnapshot(
  result: TestResult,
  files: TestDependencies['files'],
  written: Set<string>,
): Promise<{ readonly result: TestResult; readonly snapshot?: string }> {
  if (result.kind !== 'checked') return { result };
  const { failures, expectation, ended } = result;
  const others = failures.filter(({ key }) => key !== 'snapshot');
  if (expectation.snapshot === undefined || others.length > 0 || failures.length === 0) return { result };
  const path = normalize(expectation.snapshot);
  if (written.has(path)) return { result: { kind: 'errored', reason: message('snapshotTwice', expectation.snapshot) } };
  written.add(path);
  try {
    const snapshot = await writeSnapshot(ended.result, expectation, files);
    return { result: { ...result, failures: others }, snapshot };
  } catch (error) {
    const reason = isInvokeError(error) ? error.reason : message('unexpected', errorText(error));
    return { result: { kind: 'errored', reason } };
  }
}

/** Whether a test's request may have reached the function. */
function hasRun(result: TestResult): boolean {
  const outcome = 'ended' in result ? result.ended?.result.outcome : undefined;
  if (outcome === undefined) return false;
  return hasResponse(outcome) || ['lost', 'unclear'].includes(failureKind(outcome.reason.code));
}

interface TestRunOptions {
  readonly options: Pick<TestOptions, 'concurrency' | 'bails' | 'updatesSnapshots'>;
  readonly dependencies: TestDependencies;
  readonly interrupt: Interrupt;
  /** Called for each test when it ends. The next one starts after it. */
  readonly onReport: (report: TestReport) => Promise<void>;
}

/** The reports in the order in which the tests ended, and whether a request may have reached a function. */
interface TestRun {
  readonly reports: readonly TestReport[];
  readonly hasInvoked: boolean;
}

/** Runs tests, each once. After a failed test with `--bail`, or an interrupt, the others are skipped. Never rejects. */
export async function runSelected(
  tests: readonly SelectedTest[],
  { options, dependencies, interrupt, onReport }: TestRunOptions,
): Promise<TestRun> {
  const reports: TestReport[] = [];
  const written = new Set<string>();
  let [hasInvoked, isStopped] = [false, false];

  async function run({ test, about, problem }: SelectedTest): Promise<TestReport> {
    if (isStopped || interrupt.signal.aborted) return { ...about, status: 'skipped', durationMs: 0, failures: [] };
    const start = performance.now();
    const done = interrupt.begin(about.name);
    const first: TestResult =
      problem === undefined
        ? await runTest(test, dependencies, interrupt.signal)
        : { kind: 'errored', reason: problem };
    done();
    hasInvoked ||= hasRun(first);
    const { result, snapshot } = options.updatesSnapshots
      ? await updateSnapshot(first, dependencies.files, written)
      : { result: first };
    const end = { durationMs: performance.now() - start, ...endOf(result) };
    return { ...about, ...end, ...(snapshot !== undefined && { snapshot }) };
  }

  const waiting = [...tests];
  async function work(): Promise<void> {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const report = await run(next);
      if (options.bails && isBad(report)) isStopped = true;
      reports.push(report);
      await onReport(report);
    }
  }

  await Promise.all(Array.from({ length: Math.min(options.concurrency, tests.length) }, work));
  return { reports, hasInvoked };
}
