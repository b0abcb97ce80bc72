import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../support/temporaryWorkspace.ts';
import { installCompiler } from '../../../support/typeScriptProject.ts';

let workspace: TemporaryWorkspace | undefined;

afterEach(async () => {
  await workspace?.close();
  workspace = undefined;
});

const HANDLER = 'export const handler = async (): Promise<string> => "works";';
const DECORATED = `function log(target: object, name: string): void {}\nexport class A {\n  @log\n  run(): void {}\n}\n${HANDLER}`;

/** Invokes `index.handler`, in a folder with a compiler. */
async function invoke(files: Readonly<Record<string, string>>, compiler = '') {
  const functions = { f: { handler: 'index.handler', timeout: 30 } };
  workspace = await startTemporaryWorkspace(files, functions);
  await installCompiler(workspace.folder, compiler);
  return workspace.invoke('f');
}

test.each([
  ['on a separate line', DECORATED],
  [
    'in the line of a class',
    `function log(target: object, name: string): void {}\nclass A { @log run(): void {} }\n${HANDLER}`,
  ],
])('without a compiler, decorators %s are an error that says what to install', async (_, code) => {
  const { result } = await invoke({ 'index.ts': code });
  const errorMessage = expect.stringMatching(
    /index\.ts:\d+:\d+: Decorators require esbuild or TypeScript in the project\./,
  ) as unknown;
  expect(result).toMatchObject({ errorType: 'Runtime.UserCodeSyntaxError', errorMessage });
});

test('without a compiler, JSX is an error that says what to install', async () => {
  const { result } = await invoke({ 'index.tsx': `export const a = <p/>;\n${HANDLER}` });
  const errorMessage = expect.stringContaining('JSX requires esbuild or TypeScript in the project.') as unknown;
  expect(result).toMatchObject({ errorType: 'Runtime.UserCodeSyntaxError', errorMessage });
});

test('without a compiler, the log names a file with a namespace that isn’t only types', async () => {
  const code = `namespace A {\n  export const b: string = "b";\n}\nexport const handler = async (): Promise<string> => A.b;`;
  const { result, log } = await invoke({ 'index.ts': code });
  expect(result).toMatchObject({ errorType: 'ReferenceError', errorMessage: 'A is not defined' });
  expect(log).toMatch(/\[Lambda Invoke\] .*index\.ts uses a namespace, which requires esbuild or TypeScript/);
});

test('without TypeScript, the log names a file whose decorators have no metadata', async () => {
  const tsconfig = '{ "compilerOptions": { "experimentalDecorators": true, "emitDecoratorMetadata": true } }';
  const { result, log } = await invoke({ 'index.ts': DECORATED, 'tsconfig.json': tsconfig }, 'esbuild');
  expect(result).toBe('works');
  expect(log).toMatch(/\[Lambda Invoke\] .*index\.ts uses emitDecoratorMetadata, which requires TypeScript/);
});

test('a compiler that doesn’t work is ignored', async () => {
  const broken = {
    'node_modules/esbuild/package.json': '{ "version": "0.20.0" }',
    'node_modules/esbuild/index.js': 'throw new Error("another system");',
    'node_modules/typescript/package.json': '{ "version": "7.0.2" }',
  };
  const { result } = await invoke({ ...broken, 'index.ts': HANDLER });
  expect(result).toBe('works');
});

test('compiling doesn’t add files to the workspace', async () => {
  const { result } = await invoke({ 'index.ts': HANDLER });
  expect(result).toBe('works');
  expect((await readdir(workspace?.folder ?? '')).toSorted()).toEqual(['.vscode', 'index.ts']);
  expect(await readdir(join(workspace?.folder ?? '', '.vscode'))).toEqual(['lambda-invoke.json']);
});
