import { readFile, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DebuggedProcess } from '../../../../src/core/functions/localFunctionView.ts';
import { PROGRAM_VARIABLE, type Program } from '../../../../src/local/code/typeScript/program.ts';
import { prepareProgram } from '../../../../src/local/code/typeScript/prepareProgram.ts';
import { attachInspector } from '../../../support/inspectorClient.ts';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../support/temporaryWorkspace.ts';
import { installCompiler } from '../../../support/typeScriptProject.ts';

const FILES = {
  'tsconfig.json': '{}',
  'index.ts':
    'import { text } from "./text";\nexport const handler = async (): Promise<string> => {\n  debugger;\n  return text;\n};',
  'text.ts': 'export const text: string = "first";',
};

let workspace: TemporaryWorkspace;

beforeEach(async () => {
  workspace = await startTemporaryWorkspace(FILES, { f: { handler: 'index.handler', timeout: 30 } });
});

afterEach(() => workspace.close());

/** Prepares the program of `index.ts`: its file, its content, and when it was compiled. */
async function prepare() {
  const prepared = await prepareProgram(join(workspace.folder, 'index.ts'), resolve('dist'));
  const file = prepared?.environment[PROGRAM_VARIABLE] ?? '';
  const program = JSON.parse(await readFile(file, 'utf8')) as Program;
  return { file, program, inode: (await stat(file)).ino };
}

const codeOf = (program: Program, name: string) => program.files[join(workspace.folder, name)]?.code ?? '';

test('a program is compiled once, and again after a change of what it depends on', async () => {
  const first = await prepare();
  expect((await prepare()).inode).toBe(first.inode);
  await workspace.write('text.ts', 'export const text: string = "second";');
  const second = await prepare();
  expect(codeOf(second.program, 'text.ts')).toContain('second');
  expect(codeOf(second.program, 'index.ts')).toBe(codeOf(first.program, 'index.ts'));
  await workspace.write('tsconfig.json', '{ "compilerOptions": {} }');
  expect((await prepare()).inode).not.toBe(second.inode);
});

test('a program is compiled again when a file appears that takes precedence', async () => {
  await workspace.write('text.ts', '');
  await rm(join(workspace.folder, 'text.ts'));
  await workspace.write('text/index.ts', 'export const text: string = "folder";');
  expect((await workspace.invoke('f')).result).toBe('folder');
  await workspace.write('text.ts', 'export const text: string = "file";');
  expect((await workspace.invoke('f')).result).toBe('file');
});

test('a program is compiled again when the project installs a compiler', async () => {
  const first = await prepare();
  await installCompiler(workspace.folder, 'esbuild');
  const second = await prepare();
  expect(first.program.files[join(workspace.folder, 'index.ts')]?.map).toBeUndefined();
  expect(second.program.files[join(workspace.folder, 'index.ts')]?.map).toContain('index.ts');
});

test('only the user can read programs', async () => {
  const { file } = await prepare();
  const others = process.platform === 'win32' ? 0 : 0o077; // Windows uses the permissions of the user's folder
  expect((await stat(file)).mode & others).toBe(0);
  expect((await stat(join(file, '..'))).mode & others).toBe(0);
});

test('invocations at the same time share a program', async () => {
  const results = await Promise.all(Array.from({ length: 4 }, () => workspace.invoke('f')));
  expect(results.map(({ result }) => result)).toEqual(['first', 'first', 'first', 'first']);
});

test.each(['the compiler of the extension', 'esbuild', 'TypeScript'])(
  'a debugger finds the source of code from %s',
  async (compiler) => {
    await installCompiler(workspace.folder, compiler);
    const path = join(workspace.folder, 'index.ts');
    const { address } = (await workspace.endpoint.control({ what: 'debug', name: 'f' })) as DebuggedProcess;
    const inspector = await attachInspector(address);
    const paused = inspector.paused();
    const response = workspace.invoke('f');
    await paused;
    const url = inspector.scripts.find((script) => script.url.endsWith('index.ts'))?.url;
    expect(url === path || url === pathToFileURL(path).href).toBe(true);
    const { sourceMapURL = '' } = inspector.scripts.find((script) => script.url === url) ?? {};
    const map = Buffer.from(sourceMapURL.slice(sourceMapURL.indexOf(',') + 1), 'base64').toString();
    const isSameLines = compiler === 'the compiler of the extension';
    expect(map === '' ? [] : (JSON.parse(map) as { sources: string[] }).sources).toEqual(
      isSameLines ? [] : [pathToFileURL(path).href],
    );
    await inspector.send('Debugger.resume');
    expect((await response).result).toBe('first');
  },
);
