import { randomUUID } from 'node:crypto';
import type { ResolvedTest, TestDependencies } from '../app/testing/runTest.ts';
import { message } from '../core/messages/messages.ts';
import { InvokeError } from '../core/outcome/invokeError.ts';
import { resolveExpect } from '../core/presets/resolvePreset.ts';
import { variableProblems } from '../core/presets/variables.ts';
import type { PresetTest } from '../core/testing/presetTest.ts';
import { checkAllowed } from './checkAllowed.ts';
import type { Interrupt } from './interrupt.ts';
import { presetOrder, valuesFor, type OrderContext } from './presetOrder.ts';
import { createOutput } from './output.ts';
import type { ProcessIo } from './processIo.ts';
import { jsonReporter } from './reports/jsonReporter.ts';
import { junitReport } from './reports/junitReport.ts';
import { checkReportFile, writeReportFile } from './reports/reportFile.ts';
import { tapReporter } from './reports/tapReporter.ts';
import { isBad, type Reporter, type TestReport } from './reports/testReport.ts';
import { textReporter } from './reports/textReporter.ts';
import { selectTests } from './selectTests.ts';
import { sentenceOf } from './sentenceOf.ts';
import { createSession, environmentPatterns, loadAws } from './session.ts';
import type { TestOptions } from './testArguments.ts';
import { nodeTestFiles } from './testFiles.ts';
import { runSelected } from './testRun.ts';
import { UsageError } from './usageError.ts';
import { wholeLog } from './wholeLog.ts';
import { readPresets, workspaceFolder } from './workspaceFiles.ts';

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

async function resolveTest({ preset, testCase }: PresetTest, context: OrderContext): Promise<ResolvedTest> {
  const valueOf = valuesFor(context, testCase);
  const [problem] = variableProblems(preset.expect);
  if (problem !== undefined) throw new InvokeError(message('variableIn', 'expect', sentenceOf(problem.message)));
  return { order: await presetOrder(preset, context, valueOf), expect: resolveExpect(preset.expect, valueOf) };
}

/**
 * Runs the tests of a workspace. Resolves to the exit code. Rejects with UsageError before anything is invoked, and if
 * a report can't be written.
 */
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
  const { junitFile } = options;
  try {
    if (junitFile !== undefined) await checkReportFile(junitFile);
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
    const output = createOutput(io.stdout, 'stdout');
    await output.write(reporter.start(tests.length));
    const onReport = (report: TestReport) => output.write(reporter.test(report));
    const { reports, hasInvoked } = await runSelected(tests, { options, dependencies, interrupt, onReport });
    const durationMs = performance.now() - start;
    const summary = { total: tests.length, durationMs, startedAt, isInterrupted: signal.aborted };
    await output.write(reporter.end(reports, summary));
    if (junitFile !== undefined) await writeReportFile(junitFile, junitReport(reports, summary));
    output.check();
    await session.finishEvents(interrupt);
    if (!hasInvoked) return 2;
    return reports.some(isBad) ? 1 : 0;
  } finally {
    await session.close();
  }
}
