import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LOCAL_RUNTIMES } from '../../../support/localRuntimes.ts';
import { NODE_PROGRAMS } from '../../../support/nodePrograms.ts';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../support/temporaryWorkspace.ts';

interface Case {
  readonly title: string;
  /** The handler returns the value of the file, and how many events its process has handled. */
  readonly code: Readonly<Record<string, string>>;
  /** The file outside the code folder, relative to the folder of the case, and its content for a value. */
  readonly file: string;
  readonly content: (value: string) => string;
  /** A package in `node_modules` that is a link to `packages/lib`. */
  readonly isLinked?: boolean;
  readonly handler?: string;
  readonly runtime?: string;
}

const COMMON = (value: string) => `exports.value = '${value}';`;
const MODERN = (value: string) => `export const value = '${value}';`;
const commonHandler = (expression: string) => `let count = 0; exports.handler = async () => [${expression}, ++count];`;
const modernHandler = (specifier: string) =>
  `import { value } from '${specifier}'; let count = 0; export const handler = async () => [value, ++count];`;

const CASES: readonly Case[] = [
  {
    title: 'a module outside the code folder',
    code: { 'index.js': commonHandler('require("../shared/a").value') },
    file: 'shared/a.js',
    content: COMMON,
  },
  {
    title: 'JSON outside the code folder',
    code: { 'index.js': commonHandler('require("../shared/a.json").value') },
    file: 'shared/a.json',
    content: (value) => JSON.stringify({ value }),
  },
  {
    title: 'a linked package',
    code: { 'index.js': commonHandler('require("lib").value') },
    file: 'packages/lib/index.js',
    content: COMMON,
    isLinked: true,
  },
  {
    title: 'an ES module',
    code: { 'index.mjs': modernHandler('./own.mjs'), 'own.mjs': 'export * from "../shared/a.mjs";' },
    file: 'shared/a.mjs',
    content: MODERN,
  },
  {
    title: 'a linked package of ES modules',
    code: { 'index.mjs': modernHandler('lib/index.mjs') },
    file: 'packages/lib/index.mjs',
    content: MODERN,
    isLinked: true,
  },
  {
    title: 'a file in the code folder that isn’t known as source',
    code: { 'index.js': commonHandler('require("./a.data").value') },
    file: 'code/a.data',
    content: COMMON,
  },
  {
    title: 'TypeScript',
    code: { 'index.ts': modernHandler('../shared/a') },
    file: 'shared/a.ts',
    content: (value) => `export const value: string = '${value}';`,
  },
  {
    title: 'the options of TypeScript',
    code: { 'index.ts': modernHandler('@a'), 'one.ts': MODERN('one'), 'two2.ts': MODERN('two2') },
    file: 'tsconfig.json',
    content: (value) => JSON.stringify({ compilerOptions: { paths: { '@a': [`./code/${value}.ts`] } } }),
  },
  {
    title: 'a Python module',
    code: {
      'index.py':
        'import os, sys\nsys.path.append(os.path.join(os.path.dirname(__file__), "..", "shared"))\ncount = 0\ndef handler(event, context):\n    global count\n    count += 1\n    import a\n    return [a.value, count]',
    },
    file: 'shared/a.py',
    content: (value) => `value = '${value}'\n`,
    runtime: 'python3.13',
  },
];

describe.each(NODE_PROGRAMS)('%s', (node) => {
  let workspace: TemporaryWorkspace;

  beforeAll(async () => {
    const files = CASES.flatMap(({ code, file, content }, index) => [
      ...Object.entries(code).map(([path, text]) => [`f${index}/code/${path}`, text] as const),
      [`f${index}/${file}`, content('one')] as const,
    ]);
    const functions = CASES.map(({ runtime = 'nodejs20.x' }, index) => {
      return [`f${index}`, { handler: 'index.handler', runtime, codeUri: `f${index}/code`, timeout: 30 }] as const;
    });
    const options = { runtimes: { ...LOCAL_RUNTIMES.runtimes, node } };
    workspace = await startTemporaryWorkspace(Object.fromEntries(files), Object.fromEntries(functions), options);
    for (const [index, { isLinked = false }] of CASES.entries()) {
      if (!isLinked) continue;
      const path = join(workspace.folder, `f${index}/code/node_modules/lib`);
      await mkdir(dirname(path), { recursive: true });
      const target = join(workspace.folder, `f${index}/packages/lib`);
      await symlink(target, path, process.platform === 'win32' ? 'junction' : 'dir');
    }
  });

  afterAll(() => workspace.close());

  test.each(CASES.map(({ title, file, content }, index) => [title, `f${index}`, file, content] as const))(
    'the next invocation uses the changed file: %s',
    async (_, name, file, content) => {
      const results = async (count: number) => {
        const all: unknown[] = [];
        while (all.length < count) all.push((await workspace.invoke(name)).result);
        return all;
      };
      expect(await results(2)).toEqual([
        ['one', 1],
        ['one', 2],
      ]);
      await writeFile(join(workspace.folder, name, file), content('two2'));
      expect(await results(2)).toEqual([
        ['two2', 1],
        ['two2', 2],
      ]);
    },
  );

  test('a change of an installed package has no effect on a warm process', async () => {
    await workspace.write('f0/code/node_modules/installed/index.js', COMMON('one'));
    await workspace.write('f0/code/index.js', commonHandler('require("installed").value'));
    expect((await workspace.invoke('f0')).result).toEqual(['one', 1]);
    await workspace.write('f0/code/node_modules/installed/index.js', COMMON('two'));
    expect((await workspace.invoke('f0')).result).toEqual(['one', 2]);
  });
});
