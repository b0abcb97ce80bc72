import { mkdir, mkdtemp, readdir, readFile, realpath, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { esbuildArguments } from '../../../../src/core/functions/template/esbuildArguments.ts';
import { buildWithEsbuild, type Built, type EsbuildRequest } from '../../../../src/local/code/buildWithEsbuild.ts';
import { setCaches } from '../../../support/temporaryCaches.ts';

const ESBUILD = resolve('node_modules/esbuild');

let folder: string;
let time = 1_700_000_000;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'li-esbuild-')));
  setCaches(join(folder, 'cache'));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

/** Writes a file with an earlier modification time, so that builds don't treat it as changed meanwhile. */
async function write(name: string, text: string): Promise<void> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  time += 1;
  await utimes(path, time, time);
  await utimes(dirname(path), time, time);
}

async function install(): Promise<void> {
  await mkdir(join(folder, 'node_modules'));
  await symlink(ESBUILD, join(folder, 'node_modules', 'esbuild'), 'junction');
}

const request = (entryPoint = 'app.ts', properties: Record<string, unknown> = { Minify: false }): EsbuildRequest => ({
  folder: join(folder, 'code'),
  root: folder,
  entryPoints: [entryPoint],
  args: esbuildArguments(properties),
});

async function build(...options: Parameters<typeof request>): Promise<Built> {
  const result = await buildWithEsbuild(request(...options));
  if (result.kind !== 'built') throw new Error(JSON.stringify(result));
  return result;
}

describe('a build with esbuild', () => {
  test('contains the imports of the entry point, and source maps', async () => {
    await install();
    await write('shared/text.ts', 'export const text: string = "shared";');
    await write('code/app.ts', 'import { text } from "../shared/text"; export const handler = () => text;');
    const { folder: output, inputs } = await build();
    const code = await readFile(join(output, 'app.js'), 'utf8');
    expect(code).toContain('"shared"');
    expect(code).toContain('//# sourceMappingURL=app.js.map');
    expect(inputs.toSorted()).toEqual([join(folder, 'code/app.ts'), join(folder, 'shared/text.ts')]);
  });

  test.skipIf(process.platform === 'win32')('is in a folder that only this user can access', async () => {
    await install();
    await write('code/app.ts', 'export const handler = () => 1;');
    const { folder: output } = await build();
    expect((await stat(dirname(output))).mode & 0o777).toBe(0o700);
  });

  test('is reused while its files are unchanged', async () => {
    await install();
    await write('code/app.ts', 'export const handler = () => 1;');
    const first = await build();
    expect(await build()).toEqual(first);
  });

  test.each([
    ['an imported file changes', 'shared/text.ts', 'export const text = "changed";'],
    ['a file that takes precedence is added', 'shared/text.tsx', 'export const text = "added";'],
    ['tsconfig.json changes', 'tsconfig.json', '{"compilerOptions":{"paths":{"*":["./other/*"]}}}'],
  ])('is renewed when %s', async (_, file, text) => {
    await install();
    await write('tsconfig.json', '{}');
    await write('shared/text.ts', 'export const text = "first";');
    await write('code/app.ts', 'import { text } from "../shared/text"; export const handler = () => text;');
    const first = await build();
    await write(file, text);
    expect((await build()).folder).not.toBe(first.folder);
  });

  test('runs again if a file changed meanwhile', async () => {
    await install();
    await write('code/app.ts', 'export const handler = () => 1;');
    const future = new Date(Date.now() + 60_000);
    await utimes(join(folder, 'code/app.ts'), future, future);
    const first = await build();
    expect((await build()).folder).not.toBe(first.folder);
  });

  test('is shared by simultaneous calls', async () => {
    await install();
    await write('code/app.ts', 'export const handler = () => 1;');
    const [one, two] = await Promise.all([build(), build()]);
    expect(one).toEqual(two);
  });

  test('leaves at most three earlier ones of the same function', async () => {
    await install();
    for (const value of [1, 2, 3, 4, 5]) {
      await write('code/app.ts', `export const handler = () => ${value};`);
      await build();
    }
    const { folder: output } = await build();
    const [key = ''] = output.slice(dirname(output).length + 1).split('-');
    const names = (await readdir(dirname(output))).filter((name) => name.startsWith(`${key}-`));
    expect(names).toHaveLength(3);
  });

  test('fails with the messages of esbuild', async () => {
    await install();
    await write('code/app.ts', 'import { text } from "./missing"; export const handler = () => text;');
    const result = await buildWithEsbuild(request());
    expect(result).toMatchObject({ kind: 'failed', message: expect.stringContaining('Could not resolve "./missing"') });
  });

  test('is not possible without esbuild', async () => {
    await write('code/app.ts', 'export const handler = () => 1;');
    vi.stubEnv('PATH', folder); // npx adds this project's programs
    expect(await buildWithEsbuild(request())).toEqual({ kind: 'missing' });
  });
});
