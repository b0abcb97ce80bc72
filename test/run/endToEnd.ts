import { rm } from 'node:fs/promises';
import { ensureChromium } from '../host/chromium.ts';
import { HOSTS } from '../host/hostVersions.ts';
import { installHost } from '../host/installHost.ts';
import type { TestCounts } from './testCounts.ts';
import { runVitest } from './vitest.ts';

/** Tests the packaged extension in a VS Code window. */
export async function endToEnd(): Promise<TestCounts> {
  await rm('out/failed', { recursive: true, force: true });
  // Parallel tests would install the hosts at the same time.
  for (const host of HOSTS) await installHost(host);
  await ensureChromium();
  return runVitest('test/e2e', [
    // Another window beside this one and that of the integration tests makes all of them slow.
    '--maxWorkers=1',
    '--expect.poll.interval=200',
    '--testTimeout=300000',
    '--hookTimeout=300000',
    '--expect.poll.timeout=60000',
  ]);
}
