import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { findHandler } from '../../../../src/local/code/handlerFiles.ts';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../support/temporaryWorkspace.ts';

let close: (() => Promise<void>) | undefined;

afterEach(async () => {
  await close?.();
  close = undefined;
});

async function start(files: Readonly<Record<string, string>>, fn: object): Promise<TemporaryWorkspace> {
  const workspace = await startTemporaryWorkspace(files, { orders: fn });
  close = () => workspace.close();
  return workspace;
}

const PYTHON = 'def handler(event, context):\n    return __name__\n';
const NODE = 'exports.handler = async () => "works";';

describe('Python handlers that Lambda accepts', () => {
  test.each([
    ['a module in a package, with dots', 'shop.orders.handler', { 'shop/__init__.py': '', 'shop/orders.py': PYTHON }],
    [
      'a module in a package, with a slash',
      'shop/orders.handler',
      { 'shop/__init__.py': '', 'shop/orders.py': PYTHON },
    ],
    ['a module in a namespace package', 'shop.orders.handler', { 'shop/orders.py': PYTHON }],
    ['a package', 'shop.orders.handler', { 'shop/orders/__init__.py': PYTHON }],
  ])('%s', async (_, handler, files) => {
    const { invoke } = await start({ ...files }, { handler, runtime: 'python3.12', codeUri: '' });
    expect((await invoke('orders')).result).toBe('shop.orders');
  });

  test('compiled code', async () => {
    const { invoke, folder } = await start(
      { 'orders.py': PYTHON },
      { handler: 'orders.handler', runtime: 'python3.12', codeUri: '' },
    );
    execFileSync('python3', ['-m', 'compileall', '-b', '-q', 'orders.py'], { cwd: folder });
    await unlink(join(folder, 'orders.py'));
    expect((await invoke('orders')).result).toBe('orders');
  });
});

describe('Node.js handlers that Lambda accepts', () => {
  test.each([
    ['an .mjs file', { 'src/app.mjs': 'export const handler = async () => "works";' }],
    ['a folder with index.js', { 'src/app/index.js': NODE }],
    ['a folder with package.json', { 'src/app/package.json': '{ "main": "lib/x.js" }', 'src/app/lib/x.js': NODE }],
  ])('%s', async (_, files) => {
    const { invoke } = await start({ ...files }, { handler: 'src/app.handler', runtime: 'nodejs20.x', codeUri: '' });
    expect((await invoke('orders')).result).toBe('works');
  });
});

describe('the file of a handler is', () => {
  test.each([
    ['src/app.handler', 'nodejs20.x', ['src/app.js', 'src/app.ts'], 'src/app.js'],
    ['src/app.handler', 'nodejs20.x', ['src/app/index.js', 'src/app.ts'], 'src/app/index.js'],
    ['src/app.handler', 'nodejs22.x', ['src/app.mts'], 'src/app.mts'],
    ['shop.orders.handler', 'python3.12', ['shop/orders.cpython-312-x86_64-linux-gnu.so'], undefined],
    ['shop.orders.handler', 'python3.12', ['shop/other.so', 'shop/orders.py'], 'shop/orders.py'],
    ['handler', 'python3.12', ['orders.py'], null],
    ['any', 'provided.al2023', ['bootstrap'], 'bootstrap'],
  ])('%s on %s with %j', async (handler, runtime, files, expected) => {
    const folder = await mkdtemp(join(tmpdir(), 'li-handler-'));
    close = () => rm(folder, { recursive: true, force: true });
    for (const file of files) {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), '');
    }
    const file = expected === undefined ? files[0] : expected;
    expect(findHandler(folder, { handler, runtime }) ?? null).toBe(file === null ? null : join(folder, file ?? ''));
  });
});
