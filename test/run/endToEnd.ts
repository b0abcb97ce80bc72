import { mustRun } from '../host/command.ts';
import type { Sums } from './sums.ts';
import { runVitest } from './vitest.ts';

/** Packages the extension and drives what was packaged in the real window. */
export async function endToEnd(): Promise<Sums> {
  await mustRun('npm', ['run', '--silent', 'package']);
  return runVitest('test/e2e', ['--no-file-parallelism', '--testTimeout=60000', '--hookTimeout=180000']);
}
