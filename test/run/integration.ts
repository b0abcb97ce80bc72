import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { findProgram } from '../host/command.ts';
import { HOSTS } from '../host/hostVersions.ts';
import type { TestCounts } from './testCounts.ts';

/** Counts of a mocha run. */
interface Stats {
  readonly passes: number;
  readonly failures: number;
  readonly pending: number;
}

/**
 * Runs the integration tests in the extension host: of the installed VS Code with DESKTOP=1, of each test host on
 * Linux, and of a downloaded VS Code elsewhere.
 */
export async function integration(): Promise<TestCounts> {
  const desktop = process.env['DESKTOP'] === undefined ? undefined : findProgram('code');
  if (desktop !== undefined || process.platform !== 'linux') return runIn(desktop, {});
  let passed = 0;
  let failed = 0;
  for (const { vscode } of HOSTS) {
    console.log(`\nVS Code ${vscode}`);
    const counts = await runIn(resolve('out/host/vscodeHost.mjs'), { HOST_VSCODE: vscode });
    // A host that ran no test has failed.
    failed += counts.passed + counts.failed === 0 ? 1 : counts.failed;
    passed += counts.passed;
  }
  return { passed, failed };
}

async function runIn(
  vscodeExecutablePath: string | undefined,
  env: Readonly<Record<string, string>>,
): Promise<TestCounts> {
  const folder = await mkdtemp(join(tmpdir(), 'li-ws-'));
  const workspace = join(folder, 'workspace');
  const result = join(folder, 'result.json');
  await cp('test/workspace', workspace, { recursive: true });
  try {
    const code = await runTests({
      ...(vscodeExecutablePath !== undefined && { vscodeExecutablePath }),
      extensionDevelopmentPath: resolve('.'),
      extensionTestsPath: resolve('out/integration/index.js'),
      launchArgs: [workspace],
      extensionTestsEnv: {
        ...env,
        TEST_RESULT: result,
        // Never read real AWS files.
        AWS_CONFIG_FILE: join(folder, 'config'),
        AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
        AWS_EC2_METADATA_DISABLED: 'true',
      },
    }).catch((error: unknown) => String(error));
    if (code !== 0) console.error(code);
    const { passes, failures, pending } = JSON.parse(await readFile(result, 'utf8')) as Stats;
    const failed = failures + pending;
    return { passed: passes, failed: failed === 0 && code !== 0 ? 1 : failed };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
