import { cp, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { mustRun, run } from '../host/command.ts';
import type { Sums } from './sums.ts';

const NODE = process.execPath;

/** Prettier looks only at files whose content has changed since they were last found right. */
const PRETTIER_CACHE = ['--cache', '--cache-strategy=content'];

/** Each check is a program that fails by its exit code. */
const CHECKS: readonly (readonly [name: string, ...args: string[]])[] = [
  ['types of src, without DOM', 'node_modules/typescript/bin/tsc', '-p', '.'],
  ['types of webview, core and protocol, without Node', 'node_modules/typescript/bin/tsc', '-p', 'webview'],
  ['types of test', 'node_modules/typescript/bin/tsc', '-p', 'test'],
  ['lint', 'node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings'],
  ['format', 'node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', ...PRETTIER_CACHE, '.'],
  ['dead code', 'node_modules/knip/bin/knip.js', '--no-progress'],
];

/** What a copy of the project is built without. */
const NOT_COPIED = new Set(['.git', '.vscode-test', '.conformance', 'node_modules', 'dist', 'out', 'test']);

/** Packages the sources again: later, in another folder and in another time zone. Other layers go on reading dist/. */
async function isReproducible(): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'li-package-'));
  try {
    for (const path of await readdir('.'))
      if (!NOT_COPIED.has(path)) await cp(path, join(folder, path), { recursive: true });
    await symlink(resolve('node_modules'), join(folder, 'node_modules'));
    const env = { ...process.env, TZ: 'Pacific/Auckland' };
    await mustRun(NODE, ['esbuild.mjs', '--package'], { cwd: folder, env });
    const [first, second] = await Promise.all(
      ['.', folder].map((place) => readFile(join(place, 'lambda-invoke.vsix'))),
    );
    return first?.equals(second ?? Buffer.alloc(0)) === true;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Result {
  readonly name: string;
  readonly isFine: boolean;
  readonly output: string;
}

async function reproducibility(): Promise<Result> {
  const name = 'two packages of the same sources have the same bytes';
  try {
    return { name, isFine: await isReproducible(), output: '' };
  } catch (error) {
    return { name, isFine: false, output: String(error) };
  }
}

/** Runs all checks at once. */
export async function check(): Promise<Sums> {
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
  const passed = results.filter(({ isFine }) => isFine).length;
  return { passed, failed: results.length - passed };
}
