import { rm } from 'node:fs/promises';
import { ensureChromium } from '../host/chromium.ts';
import { HOSTS } from '../host/hostVersions.ts';
import { installHost } from '../host/installHost.ts';
import type { TestCounts } from './testCounts.ts';
import { runVitest } from './vitest.ts';

/** Drives the packaged extension in the real window. */
export async function endToEnd(): Promise<TestCounts> {
  await rm('out/failed', { recursive: true, force: true });
  // Before the windows open side by side: each would install what is missing.
  for (const host of HOSTS) await installHost(host);
  await ensureChromium();
  return runVitest('test/e2e', [
    '--maxWorkers=2',
    '--expect.poll.interval=200',
    '--testTimeout=180000',
    '--hookTimeout=180000',
    '--expect.poll.timeout=30000',
  ]);
}
