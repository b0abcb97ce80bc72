import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { relative } from 'node:path';
import { ensureProgram } from '../host/ensureProgram.ts';
import { failureOf, type TestCounts } from './testCounts.ts';

interface VitestReport {
  readonly numTotalTests: number;
  readonly numPassedTests: number;
  readonly numFailedTestSuites: number;
  readonly success: boolean;
  readonly testResults: readonly {
    /** The file, and why it can't be loaded. */
    readonly name: string;
    readonly message: string;
    readonly status: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[] | null;
    }[];
  }[];
}

/** The failed tests, and the files that can't be loaded. */
function failuresOf({ testResults }: VitestReport): string[] {
  return testResults.flatMap(({ name, message, status, assertionResults }) => {
    const file = relative('.', name);
    const failed = assertionResults.filter((test) => test.status !== 'passed');
    if (failed.length === 0) return status === 'passed' ? [] : [failureOf(file, message)];
    return failed.map((test) =>
      failureOf(`${file}: ${test.fullName}`, test.failureMessages?.join('\n') || test.status),
    );
  });
}

/** Runs the tests of a folder with vitest. */
export async function runVitest(folder: string, flags: readonly string[] = []): Promise<TestCounts> {
  const report = `out/${folder.replaceAll('/', '-')}.json`;
  await rm(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const args = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--dir',
    folder,
    '--allowOnly=false',
    '--no-isolate',
    ...reporters,
    ...flags,
  ];
  // Hide the AWS settings of the user from the tests.
  const variables = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
  const env = Object.fromEntries(variables);
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'inherit', 'inherit'] });
  await new Promise((resolve) => child.once('close', resolve));
  const results = JSON.parse(await readFile(report, 'utf8')) as VitestReport;
  const { numTotalTests, numPassedTests, numFailedTestSuites, success } = results;
  const failed = numTotalTests - numPassedTests;
  // A file that can't be loaded has no tests to count.
  return {
    passed: numPassedTests,
    failed: failed === 0 && !success ? Math.max(1, numFailedTestSuites) : failed,
    failures: failuresOf(results),
  };
}

/** Needs Python for local functions. The timeouts are long enough for a busy machine and only stop tests that hang. */
export async function unit(): Promise<TestCounts> {
  await ensureProgram({ title: 'Python 3', names: ['python3'], packages: ['python3'] });
  return runVitest('test/unit', [
    '--maxWorkers=3',
    '--testTimeout=300000',
    '--hookTimeout=300000',
    '--expect.poll.timeout=60000',
  ]);
}
