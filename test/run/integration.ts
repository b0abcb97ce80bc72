import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { findProgram } from '../host/command.ts';
import { HOSTS } from '../host/hostVersions.ts';
import { installDebugpy } from '../host/installDebugpy.ts';
import { failureOf, type TestCounts } from './testCounts.ts';

/** The results of a mocha run, as the entry point of the tests writes them. */
interface MochaResults {
  readonly stats: { readonly passes: number; readonly failures: number; readonly pending: number };
  readonly failures: readonly { readonly title: string; readonly error: string }[];
}

/**
 * Runs the integration tests in the extension host: of the installed VS Code with DESKTOP=1, of each test host on
 * Linux, and of a downloaded VS Code elsewhere.
 */
export async function integration(): Promise<TestCounts> {
  const desktop = process.env['DESKTOP'] === undefined ? undefined : findProgram('code');
  if (desktop !== undefined || process.platform !== 'linux') return runIn(desktop, {});
  const all: TestCounts[] = [];
  for (const { vscode } of HOSTS) {
    console.log(`\nVS Code ${vscode}`);
    const counts = await runIn(resolve('out/host/vscodeHost.mjs'), { HOST_VSCODE: vscode });
    const ranNone = counts.passed + counts.failed === 0;
    const failures = ranNone ? ['No test ran.'] : counts.failures;
    all.push({
      passed: counts.passed,
      failed: ranNone ? 1 : counts.failed,
      failures: failures.map((failure) => `VS Code ${vscode}: ${failure}`),
    });
  }
  return {
    passed: all.reduce((sum, { passed }) => sum + passed, 0),
    failed: all.reduce((sum, { failed }) => sum + failed, 0),
    failures: all.flatMap(({ failures }) => failures),
  };
}

async function runIn(
  vscodeExecutablePath: string | undefined,
  env: Readonly<Record<string, string>>,
): Promise<TestCounts> {
  const folder = await mkdtemp(join(tmpdir(), 'li-ws-'));
  const workspace = join(folder, 'workspace');
  const result = join(folder, 'result.json');
  await cp('test/workspace', workspace, { recursive: true });
  // VS Code finds the extension of a module by its path, so this extension can't be in this extension's folder.
  const pythonDebugger = join(folder, 'pythonDebugger');
  await cp('out/pythonDebugger', pythonDebugger, { recursive: true });
  await cp('test/pythonDebugger/package.json', join(pythonDebugger, 'package.json'));
  try {
    const code = await runTests({
      ...(vscodeExecutablePath !== undefined && { vscodeExecutablePath }),
      extensionDevelopmentPath: [resolve('.'), pythonDebugger],
      extensionTestsPath: resolve('out/integration/index.js'),
      launchArgs: [workspace],
      extensionTestsEnv: {
        ...env,
        TEST_RESULT: result,
        TEST_DEBUGPY: await installDebugpy(),
        // Never read real AWS files.
        AWS_CONFIG_FILE: join(folder, 'config'),
        AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
        AWS_EC2_METADATA_DISABLED: 'true',
      },
    }).catch((error: unknown) => String(error));
    if (code !== 0) console.error(code);
    const { stats, failures } = JSON.parse(await readFile(result, 'utf8')) as MochaResults;
    const failed = stats.failures + stats.pending;
    return {
      passed: stats.passes,
      failed: failed === 0 && code !== 0 ? 1 : failed,
      failures:
        failures.length === 0 && code !== 0
          ? [`The host ended with ${code}.`]
          : failures.map(({ title, error }) => failureOf(title, error)),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
