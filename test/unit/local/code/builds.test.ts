import { readdir, rm, symlink, utimes } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DebuggedProcess } from '../../../../src/core/functions/localFunctionView.ts';
import { attachInspector } from '../../../support/inspectorClient.ts';
import { returns, SAM, SOURCE_TIMES, template } from '../../../support/samProject.ts';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../support/temporaryWorkspace.ts';
import { setCaches } from '../../../support/temporaryCaches.ts';

let workspace: TemporaryWorkspace;

beforeEach(() => {
  setCaches(resolve('out/cache'));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await workspace.close();
});

const HOUR = 3600;

/** Sets the modification times of files, as their ages in hours. */
async function age(hours: Readonly<Record<string, number>>): Promise<void> {
  for (const [path, count] of Object.entries(hours)) {
    const time = Date.now() / 1000 - count * HOUR;
    await utimes(join(workspace.folder, path), time, time);
  }
}

async function start(files: Readonly<Record<string, string>>): Promise<void> {
  workspace = await startTemporaryWorkspace(files, {});
}

const invoke = (name = 'Orders') => workspace.invoke(name);

describe('the output of sam build', () => {
  test('runs if it’s newer than the source', async () => {
    await start(SAM);
    await age({ ...SOURCE_TIMES, '.aws-sam/build/template.yaml': 1, '.aws-sam/build/Orders/app.js': 2 });
    const { result, log } = await invoke();
    expect(result).toBe('build');
    expect(log).toContain(`[Lambda Invoke] The build in ${join('.aws-sam/build/Orders')} runs, not the source.`);
  });

  test('runs in a fresh clone, where all files have about the same time', async () => {
    await start(SAM);
    await age({ '.aws-sam/build/template.yaml': 1, '.aws-sam/build/Orders/app.js': 1, 'src/app.js': 0.9997 });
    expect((await invoke()).result).toBe('build');
  });

  test('doesn’t run if the source is newer', async () => {
    await start(SAM);
    await age({ ...SOURCE_TIMES, '.aws-sam/build/template.yaml': 3, '.aws-sam/build/Orders/app.js': 3 });
    const { result, log } = await invoke();
    expect(result).toBe('source');
    expect(log).toContain('is older than the source, so the source runs. To update the build, run sam build.');
  });

  test('of a custom runtime runs even if the source is newer, and the log says what to run', async () => {
    const properties = { Runtime: 'provided.al2023', Handler: 'bootstrap' };
    await start({
      'template.yaml': template({ Orders: { ...properties, CodeUri: 'src' } }),
      'src/main.go': '',
      '.aws-sam/build/template.yaml': template({ Orders: { ...properties, CodeUri: 'Orders' } }),
      '.aws-sam/build/Orders/bootstrap': '#!/bin/sh\nexit 7\n',
    });
    await age({ 'src/main.go': 2, '.aws-sam/build/template.yaml': 3, '.aws-sam/build/Orders/bootstrap': 3 });
    const { result, log } = await invoke();
    expect(JSON.stringify(result)).toContain('exit status 7');
    expect(log).toContain("runs, although it's older than the source. To update it, run sam build.");
  });

  test('doesn’t run in the debugger, because breakpoints are in the source', async () => {
    await start(SAM);
    await age({ ...SOURCE_TIMES, '.aws-sam/build/template.yaml': 1, '.aws-sam/build/Orders/app.js': 2 });
    const { address } = (await workspace.endpoint.control({ what: 'debug', name: 'Orders' })) as DebuggedProcess;
    await attachInspector(address);
    expect((await invoke()).result).toBe('source');
  });

  test('still provides the packages if the source is newer', async () => {
    await start({
      ...SAM,
      'src/app.js': 'exports.handler = async () => require("orders");',
      '.aws-sam/build/Orders/node_modules/orders/index.js': 'module.exports = "package";',
    });
    await age({ ...SOURCE_TIMES, '.aws-sam/build/template.yaml': 3, '.aws-sam/build/Orders/app.js': 3 });
    expect((await invoke()).result).toBe('package');
  });

  test('runs until the source is saved, and again after the next build', async () => {
    await start(SAM);
    await age({ ...SOURCE_TIMES, '.aws-sam/build/template.yaml': 1, '.aws-sam/build/Orders/app.js': 2 });
    expect((await invoke()).result).toBe('build');
    await workspace.write('src/app.js', returns('edited'));
    await expect.poll(async () => (await invoke()).result).toBe('edited');
    await age({ 'src/app.js': 0.5 });
    await workspace.write('.aws-sam/build/template.yaml', template({ Orders: { CodeUri: 'Orders' } }));
    await expect.poll(async () => (await invoke()).result).toBe('build');
  });

  test('is noticed when it appears', async () => {
    const { 'template.yaml': yaml, 'src/app.js': source, ...build } = SAM;
    await start({ 'template.yaml': yaml, 'src/app.js': source });
    await age(SOURCE_TIMES);
    expect((await invoke()).result).toBe('source');
    for (const [path, text] of Object.entries(build).toReversed()) await workspace.write(path, text);
    await expect.poll(async () => (await invoke()).result).toBe('build');
  });

  test('can be shared by functions with the same code', async () => {
    const functions = { Orders: { CodeUri: 'src' }, Items: { CodeUri: 'src' } };
    const built = { Orders: { CodeUri: 'Orders' }, Items: { CodeUri: 'Orders' } };
    await start({
      ...SAM,
      'template.yaml': template(functions),
      '.aws-sam/build/template.yaml': template(built),
    });
    await age(SOURCE_TIMES);
    expect((await invoke('Items')).result).toBe('build');
  });

  test('can have another handler', async () => {
    await start({
      'template.yaml': template({ Orders: { CodeUri: '.', Handler: 'src/app.handler' } }),
      'src/app.ts': 'export const handler = async () => "source";',
      '.aws-sam/build/template.yaml': template({ Orders: { CodeUri: 'Orders' } }),
      '.aws-sam/build/Orders/app.js': 'exports.handler = async () => process.env._HANDLER;',
    });
    await age({ 'src/app.ts': 2 });
    expect((await invoke()).result).toBe('app.handler');
  });

  test('can be that of a nested stack', async () => {
    const application = { Type: 'AWS::Serverless::Application', Properties: { Location: 'nested/template.yaml' } };
    const built = { ...application, Properties: { Location: 'Stack/template.yaml' } };
    await start({
      'template.yaml': JSON.stringify({ Resources: { Stack: application } }),
      'nested/template.yaml': template({ Orders: { CodeUri: 'src' } }),
      'nested/src/app.js': returns('source'),
      '.aws-sam/build/template.yaml': JSON.stringify({ Resources: { Stack: built } }),
      '.aws-sam/build/Stack/template.yaml': template({ Orders: { CodeUri: 'Orders' } }),
      '.aws-sam/build/Stack/Orders/app.js': returns('nested build'),
    });
    await age({ 'nested/src/app.js': 2 });
    expect((await invoke()).result).toBe('nested build');
  });

  test('doesn’t run without the handler', async () => {
    await start({ ...SAM, '.aws-sam/build/Orders/app.js': '' });
    await rm(join(workspace.folder, '.aws-sam/build/Orders/app.js'));
    await age({ 'src/app.js': 2 });
    const { result, log } = await invoke();
    expect(result).toBe('source');
    expect(log).not.toContain('build');
  });
});

describe('the output of other tools', () => {
  const serverless = (handler: string, more = '') =>
    `service: shop\nprovider: { name: aws, runtime: nodejs20.x }\nfunctions: { orders: { handler: ${handler} } }\n${more}`;

  test.each(['.serverless/build', '.esbuild/.build', '.webpack/orders', '.webpack/service', '.build'])(
    'of the Serverless Framework in %s runs',
    async (folder) => {
      await start({
        'serverless.yml': serverless('src/app.handler'),
        'src/app.ts': 'export const handler = async () => "source";',
        [`${folder}/src/app.js`]: returns('build'),
      });
      await age({ 'src/app.ts': 2, 'serverless.yml': 2 });
      expect((await invoke('orders')).result).toBe('build');
    },
  );

  test.each([
    ['in outDir', '{ "compilerOptions": { "outDir": "compiled", /* comment */ } }', 'compiled/src/app.js'],
    ['below rootDir', '{ "compilerOptions": { "outDir": "compiled", "rootDir": "src" } }', 'compiled/app.js'],
    ['without the common folder', '{ "compilerOptions": { "outDir": "compiled" } }', 'compiled/app.js'],
    ['in a usual folder', '{}', 'dist/src/app.js'],
  ])('of TypeScript %s runs', async (_, tsconfig, file) => {
    await start({
      'serverless.yml': serverless('src/app.handler'),
      'tsconfig.json': tsconfig,
      'src/app.ts': 'export const handler = async () => "source";',
      [file]: 'exports.handler = async () => ["build", require("fs").readFileSync("data.txt", "utf8")];',
      'data.txt': 'data',
    });
    await age({ 'src/app.ts': 2, 'tsconfig.json': 2, 'serverless.yml': 2 });
    expect((await invoke('orders')).result).toEqual(['build', 'data']);
  });

  test('of another source file with the same name doesn’t run', async () => {
    await start({
      'serverless.yml': serverless('src/orders/index.handler'),
      'tsconfig.json': '{ "compilerOptions": { "outDir": "compiled" } }',
      'src/orders/index.ts': 'export const handler = async () => "source";',
      'src/index.ts': '',
      'compiled/index.js': returns('build of src/index.ts'),
    });
    expect((await invoke('orders')).result).not.toBe('build of src/index.ts');
  });
});

describe('a function that the SAM CLI builds with esbuild', () => {
  const BUNDLED = {
    'template.yaml': template(
      { Orders: { CodeUri: 'src', Handler: 'handlers/app.handler' } },
      { BuildMethod: 'esbuild', BuildProperties: { EntryPoints: ['handlers/app.ts'], External: ['orders'] } },
    ),
    'src/handlers/app.ts':
      'import { text } from "../text"; import orders from "orders"; export const handler = async () => [text, orders];',
    'src/text.ts': 'export const text: string = "new";',
    'node_modules/orders/index.js': 'module.exports = "package";',
    '.aws-sam/build/template.yaml': template({ Orders: { CodeUri: 'Orders' } }),
    '.aws-sam/build/Orders/app.js': returns('old build'),
  };
  const OUTDATED = { '.aws-sam/build/template.yaml': 3, '.aws-sam/build/Orders/app.js': 3 };

  async function startBundled(files: Readonly<Record<string, string>> = BUNDLED): Promise<void> {
    await start(files);
    await symlink(resolve('node_modules/esbuild'), join(workspace.folder, 'node_modules/esbuild'), 'junction');
  }

  test('is built if the last build is outdated', async () => {
    await startBundled();
    await age({ ...OUTDATED, 'src/handlers/app.ts': 2, 'src/text.ts': 2 });
    const { result, log } = await invoke();
    expect(result).toEqual(['new', 'package']);
    expect(log).not.toContain('[Lambda Invoke] The build');
  });

  test('runs from source if the build fails, also with a handler that is the name of the output', async () => {
    const handler = { Orders: { CodeUri: 'src', Handler: 'app.handler' } };
    const metadata = {
      BuildMethod: 'esbuild',
      BuildProperties: { EntryPoints: ['./handlers/app.ts'], Target: 'none' },
    };
    await start({
      'template.yaml': template(handler, metadata),
      'src/handlers/app.ts': 'import { text } from "../text"; export const handler = async () => text;',
      'src/text.ts': 'export const text: string = "source";',
    });
    expect((await invoke()).result).toBe('source');
  });

  test('is built again when a file is saved', async () => {
    await startBundled();
    await age({ ...OUTDATED, 'src/handlers/app.ts': 2, 'src/text.ts': 2 });
    await invoke();
    await workspace.write('src/text.ts', 'export const text: string = "newer";');
    await expect.poll(async () => (await invoke()).result).toEqual(['newer', 'package']);
  });

  test('is built again when a file outside of its code folder is saved', async () => {
    await startBundled({
      ...BUNDLED,
      'src/handlers/app.ts': 'import { text } from "../../shared/text"; export const handler = async () => text;',
      'shared/text.ts': 'export const text: string = "shared";',
    });
    await age({ ...OUTDATED, 'src/handlers/app.ts': 2, 'src/text.ts': 2, 'shared/text.ts': 2 });
    expect((await invoke()).result).toBe('shared');
    await workspace.write('shared/text.ts', 'export const text: string = "newer";');
    await expect.poll(async () => (await invoke()).result).toBe('newer');
  });

  test('shows the lines of the source in stack traces', async () => {
    await startBundled({
      ...BUNDLED,
      'src/handlers/app.ts': '\n\nexport const handler = async () => { throw new Error("failed"); };',
    });
    await age({ ...OUTDATED, 'src/handlers/app.ts': 2, 'src/text.ts': 2 });
    const { result } = await invoke();
    expect(JSON.stringify(result)).toContain('app.ts:3:');
  });

  test('doesn’t change the workspace', async () => {
    await startBundled();
    await age({ ...OUTDATED, 'src/handlers/app.ts': 2, 'src/text.ts': 2 });
    const before = await readdir(workspace.folder, { recursive: true });
    await invoke();
    expect(await readdir(workspace.folder, { recursive: true })).toEqual(before);
  });

  test('runs from source if esbuild fails, and the log says why', async () => {
    await startBundled({
      ...BUNDLED,
      'template.yaml': template(
        { Orders: { CodeUri: 'src', Handler: 'app.handler' } },
        { BuildMethod: 'esbuild', BuildProperties: { EntryPoints: ['app.js'] } },
      ),
      'src/app.js': `exports.handler = async () => "source"; exports.other = () => require("./nowhere");`,
    });
    await age({ ...OUTDATED, 'src/app.js': 2, 'src/text.ts': 2 });
    const { result, log } = await invoke();
    expect(result).toBe('source');
    expect(log).toContain('Could not resolve "./nowhere"');
  });
});
