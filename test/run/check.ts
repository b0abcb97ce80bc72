import { readFile } from 'node:fs/promises';
import { run } from '../host/command.ts';
import { PACKAGES } from './packages.ts';
import { failureOf, type TestCounts } from './testCounts.ts';

const NODE = process.execPath;

/** Prettier skips files that haven't changed since they passed. */
const PRETTIER_CACHE = ['--cache', '--cache-strategy=content'];

/** Programs that fail with an exit code. */
const CHECKS: readonly (readonly [name: string, ...args: string[]])[] = [
  ['types of src, without DOM', 'node_modules/typescript/bin/tsc', '-p', '.'],
  ['types of webview, core and protocol, without Node', 'node_modules/typescript/bin/tsc', '-p', 'webview'],
  ['types of test', 'node_modules/typescript/bin/tsc', '-p', 'test'],
  ['lint', 'node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings'],
  ['format', 'node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', ...PRETTIER_CACHE, '.'],
  ['dead code', 'node_modules/knip/bin/knip.js', '--no-progress'],
];

interface Result {
  readonly name: string;
  readonly isFine: boolean;
  readonly output: string;
}

/** Compares the packages, which were built in two time zones. */
async function reproducibility(): Promise<Result> {
  const isSame = async ({ path, first }: (typeof PACKAGES)[number]) =>
    (await readFile(path)).equals(await readFile(first));
  const same = await Promise.all(PACKAGES.map(isSame));
  return { name: 'reproducible packages', isFine: !same.includes(false), output: '' };
}

/** Runs all checks at once. */
export async function check(): Promise<TestCounts> {
  const results = await Promise.all([
    ...CHECKS.map(async ([name, ...args]): Promise<Result> => {
      const { code, output } = await run(NODE, args);
      return { name, isFine: code === 0, output };
    }),
    reproducibility(),
  ]);
  for (const { name, isFine, output } of results) {
    console.log(`${isFine ? '✓' : '✗'} ${name}`);
    if (!isFine) console.log(output);
  }
  const failures = results.filter(({ isFine }) => !isFine).map(({ name, output }) => failureOf(name, output));
  return { passed: results.length - failures.length, failed: failures.length, failures };
}
