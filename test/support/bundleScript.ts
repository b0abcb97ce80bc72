import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

/** Bundles a test script so that a plain Node process can run it. Returns the path of the bundle. */
export async function bundleScript(script: string): Promise<string> {
  const outfile = join(await mkdtemp(join(tmpdir(), 'li-script-')), 'script.mjs');
  const entryPoints = [resolve('test/support/processes', script)];
  await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'warning' });
  return outfile;
}
