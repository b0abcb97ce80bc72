import { rm } from 'node:fs/promises';
import { ensureChromium } from '../host/chromium.ts';
import { mustRun } from '../host/command.ts';
import { HOSTS } from '../host/hostVersions.ts';
import { installHost } from '../host/installHost.ts';
import type { Sums } from './sums.ts';
import { runVitest } from './vitest.ts';

/** Packages the extension and drives what was packaged in the real window. */
export async function endToEnd(): Promise<Sums> {
  await rm('out/failed', { recursive: true, force: true });
  await mustRun('npm', ['run', '--silent', 'package']);
  // Before the windows open side by side: each would install what is missing.
  for (const host of HOSTS) await installHost(host);
  await ensureChromium();
  return runVitest('test/e2e', [
    '--maxWorkers=2',
    '--testTimeout=180000',
    '--hookTimeout=180000',
    '--expect.poll.timeout=30000',
  ]);
}
