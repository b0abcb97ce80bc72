import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { runTest, type ResolvedTest, type TestDependencies, type TestResult } from '../app/testing/runTest.ts';
import { writeSnapshot } from '../app/testing/snapshots.ts';
import { errorText } from '../core/messages/errorText.ts';
import { message, toSentence } from '../core/messages/messages.ts';
import { failureKind } from '../core/outcome/failureKind.ts';
import { InvokeError, isInvokeError } from '../core/outcome/invokeError.ts';
import { hasResponse } from '../core/outcome/outcome.ts';
import { resolveExpect } from '../core/presets/resolvePreset.ts';
import { variableProblems } from '../core/presets/variables.ts';
import type { PresetTest } from '../core/testing/presetTest.ts';
import type { TestOptions } from './testArguments.ts';
import type { Interrupt } from './interrupt.ts';
import { presetOrder, presetTarget, valuesFor, type OrderContext } from './presetOrder.ts';
import { print, type ProcessIo } from './processIo.ts';
import { jsonReporter } from './reports/jsonReporter.ts';
import { junitReport } from './reports/junitReport.ts';
import { tapReporter } from './reports/tapReporter.ts';
import { endOf, type Reporter, type TestReport } from './reports/testReport.ts';
import { textReporter } from './reports/textReporter.ts';
import { selectTests, type SelectedTest } from './selectTests.ts';
import { createSession, environmentPatterns, loadAws, type Session } from './session.ts';
import { nodeTestFiles } from './testFiles.ts';
import { UsageError } from './usageError.ts';
import { wholeLog } from './wholeLog.ts';
import { readPresets, workspaceFolder } from './workspaceFiles.ts';

/** The maximum number of refused tests in a message. */
const MAX_REFUSALS = 20;

function reporterOf({ format }: TestOptions, { stdout, environment }: ProcessIo): Reporter {
  switch (format) {
    case 'json':
      return jsonReporter;
    case 'tap':
      return tapReporter();
    case 'text':
      return textReporter({ hasColors: stdout.isTTY && (environment['NO_COLOR'] ?? '') === '' });
  }
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== 'false';
}

/** Throws UsageError if a test isn't allowed, before anything is invoked. */
async function checkAllowed(
  tests: readonly SelectedTest[],
  { context, session, signal }: { context: OrderContext; session: Session; signal: AbortSignal },
): Promise<void> {
  const refusals = new Set<string>();
  for (const { test, problem } of tests) {
    if (problem !== undefined) continue;
    try {
      const { invocation, connection } = presetTarget(test.preset, context.options, valuesFor(context, test.testCase));
      const refusal = await session.refusal(invocation, connection, signal);
      if (refusal !== undefined) refusals.add(toSentence(refusal));
    } catch (error) {
      // Anything else is reported when the test runs, which sends nothing either.
      if (isInvokeError(error) && error.reason.code === 'cliEndpoint') refusals.add(toSentence(error.reason));
    }
  }
  if (refusals.size === 0) return;
  const shown = [...refusals].slice(0, MAX_REFUSALS);
  const others = refusals.size - shown.length;
  const more = others === 0 ? [] : [`${others} more.`];
  throw new UsageError([...shown, ...more, 'Nothing was invoked.'].join('\n'), 'test');
}

async function resolveTest({ preset, testCase }: PresetTest, context: OrderContext): Promise<ResolvedTest> {
  const valueOf = valuesFor(context, testCase);
  const [problem] = variableProblems(preset.expect);
  if (problem !== undefined) throw new InvokeError(message('variableIn', 'expect', toSentence(problem.message)));
  return { order: await presetOrder(preset, context, valueOf), expect: resolveExpect(preset.expect, valueOf) };
}

/** Writes the snapshot if everything else is as expected. Returns the result without its failure, and the path. */
async function updateSnapshot(
  result: TestResult,
  files: TestDependencies['files'],
): Promise<{ readonly result: TestResult; readonly snapshot?: string }> {
  if (result.kind !== 'checked') return { result };
  const { failures, expectation, ended } = result;
  const others = failures.filter(({ key }) => key !== 'snapshot');
  if (expectation.snapshot === undefined || others.length > 0 || failures.length === 0) return { result };
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

async function writeJunit(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  } catch (error) {
    throw new UsageError(`Can't write ${path}: ${errorText(error)}.`, 'test');
  }
}

/** Runs the tests of a workspace. Resolves to the exit code. Rejects with UsageError before anything is invoked. */
export async function runTests(options: TestOptions, io: ProcessIo, interrupt: Interrupt): Promise<number> {
  if (options.updatesSnapshots && isSet(io.environment['CI']))
    throw new UsageError(
      "--update-snapshots isn't allowed if CI is set. Update the snapshots on your machine.",
      'test',
    );
  const folder = workspaceFolder(options.workspace);
  const aws = loadAws(io);
  const presets = await readPresets(folder);
  const files = nodeTestFiles(folder);
  const tests = await selectTests(options, presets, files);
  const patterns = [...presets.confirm, ...options.confirm, ...environmentPatterns(io.environment)];
  const session = createSession({ aws, options, folder, patterns, io });
  const context: OrderContext = { options, folder, io, newId: randomUUID };
  const { signal } = interrupt;
  try {
    await checkAllowed(tests, { context, session, signal });
    const dependencies: TestDependencies = {
      invocations: session.invocations,
      resolve: (test) => resolveTest(test, context),
      files,
      wholeLog: (ended) => wholeLog(session.local, ended),
      newId: randomUUID,
    };
    const reporter = reporterOf(options, io);
    const startedAt = new Date();
    const start = performance.now();
    await print(io.stdout, reporter.start(tests.length));
    const reports: TestReport[] = [];
    let [hasInvoked, isStopped] = [false, false];

    async function run({ test, about, problem }: SelectedTest): Promise<TestReport> {
      if (isStopped || signal.aborted) return { ...about, status: 'skipped', durationMs: 0, failures: [] };
      const testStart = performance.now();
      const done = interrupt.begin(about.name);
      const first: TestResult =
        problem === undefined ? await runTest(test, dependencies, signal) : { kind: 'errored', reason: problem };
      done();
      hasInvoked ||= hasRun(first);
      const { result, snapshot } = options.updatesSnapshots ? await updateSnapshot(first, files) : { result: first };
      const end = { durationMs: performance.now() - testStart, ...endOf(result) };
      return { ...about, ...end, ...(snapshot !== undefined && { snapshot }) };
    }

    const waiting = [...tests];
    async function work(): Promise<void> {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const report = await run(next);
        if (options.bails && (report.status === 'failed' || report.status === 'errored')) isStopped = true;
        reports.push(report);
        await print(io.stdout, reporter.test(report));
      }
    }

    await Promise.all(Array.from({ length: Math.min(options.concurrency, tests.length) }, work));
    const durationMs = performance.now() - start;
    const summary = { total: tests.length, durationMs, startedAt, isInterrupted: signal.aborted };
    await print(io.stdout, reporter.end(reports, summary));
    if (options.junitFile !== undefined) await writeJunit(options.junitFile, junitReport(reports, summary));
    if (!hasInvoked) return 2;
    return reports.some(({ status }) => status === 'failed' || status === 'errored') ? 1 : 0;
  } finally {
    await session.close();
  }
}
