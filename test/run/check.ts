import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { run } from '../host/command.ts';
import type { Sums } from './sums.ts';

const NODE = process.execPath;

/** Each check is a program that fails by its exit code. */
const CHECKS: readonly (readonly [name: string, ...args: string[]])[] = [
  ['types of src, without DOM', 'node_modules/typescript/bin/tsc', '-p', '.'],
  ['types of webview, core and protocol, without Node', 'node_modules/typescript/bin/tsc', '-p', 'webview'],
  ['types of test', 'node_modules/typescript/bin/tsc', '-p', 'test'],
  ['lint', 'node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings'],
  ['format', 'node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'],
  ['dead code', 'node_modules/knip/bin/knip.js', '--no-progress'],
];

async function packageHash(timeZone: string): Promise<string> {
  const { code, output } = await run(NODE, ['esbuild.mjs', '--package'], { env: { ...process.env, TZ: timeZone } });
  if (code !== 0) throw new Error(output);
  return createHash('sha256')
    .update(await readFile('lambda-invoke.vsix'))
    .digest('hex');
}

/** Packages twice, at two times in two time zones. */
async function isReproducible(): Promise<boolean> {
  return (await packageHash('UTC')) === (await packageHash('Pacific/Auckland'));
}

export async function check(): Promise<Sums> {
  let passed = 0;
  for (const [name, ...args] of CHECKS) {
    const { code, output } = await run(NODE, args);
    console.log(`${code === 0 ? '✓' : '✗'} ${name}`);
    if (code === 0) passed++;
    else console.log(output);
  }
  const isSame = await isReproducible();
  console.log(`${isSame ? '✓' : '✗'} two packages of the same sources have the same bytes`);
  if (isSame) passed++;
  return { passed, failed: CHECKS.length + 1 - passed };
}
