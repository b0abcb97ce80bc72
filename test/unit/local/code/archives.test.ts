import { readdirSync } from 'node:fs';
import { stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LOCAL_RUNTIMES } from '../../../support/localRuntimes.ts';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../support/temporaryWorkspace.ts';
import { zipFile } from '../../../support/zipFile.ts';
import { setCaches } from '../../../support/temporaryCaches.ts';

let workspace: TemporaryWorkspace;

beforeEach(() => {
  setCaches(resolve('out/cache'));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await workspace.close();
});

const code = (text: string) => `exports.handler = async () => [${JSON.stringify(text)}, process.env.LAMBDA_TASK_ROOT];`;

async function writeZip(name: string, files: Readonly<Record<string, string>>): Promise<void> {
  const entries = Object.entries(files).map(([path, text]) => ({ name: path, text }));
  await writeFile(join(workspace.folder, name), zipFile(entries));
}

async function start(files: Readonly<Record<string, string>>): Promise<void> {
  workspace = await startTemporaryWorkspace(files, {});
}

const sam = (CodeUri: string, Handler = 'app.handler') =>
  JSON.stringify({
    Resources: {
      Orders: { Type: 'AWS::Serverless::Function', Properties: { Runtime: 'nodejs20.x', Handler, CodeUri } },
    },
  });

const invoke = (name = 'Orders') => workspace.invoke(name);

describe('code in a ZIP file', () => {
  test('runs in a folder outside of the workspace that only this user can access', async () => {
    await start({ 'template.yaml': sam('code.zip') });
    await writeZip('code.zip', { 'app.js': code('zip') });
    const [text, root = ''] = (await invoke()).result as string[];
    expect(text).toBe('zip');
    expect(root).not.toContain(workspace.folder);
    const mode = (await stat(root)).mode & 0o777;
    expect(process.platform === 'win32' ? 0o700 : mode).toBe(0o700);
  });

  test('is unpacked once, and again when the file is replaced', async () => {
    await start({ 'template.yaml': sam('code.zip') });
    await writeZip('code.zip', { 'app.js': code('first') });
    const [, root = ''] = (await invoke()).result as string[];
    const count = readdirSync(dirname(root)).length;
    workspace.endpoint.configure({ folders: [workspace.folder], ...LOCAL_RUNTIMES });
    expect((await invoke()).result).toEqual(['first', root]);
    expect(readdirSync(dirname(root))).toHaveLength(count);
    await writeZip('code.zip', { 'app.js': code('the second') });
    await expect.poll(async () => (await invoke()).result).toEqual(['the second', expect.not.stringContaining(root)]);
  });

  test('that isn’t valid is the error of the invocation', async () => {
    await start({ 'template.yaml': sam('code.zip') });
    await writeFile(join(workspace.folder, 'code.zip'), zipFile([{ name: '../app.js', text: code('zip') }]));
    expect((await invoke()).result).toEqual({
      errorType: 'Runtime.InvalidEntrypoint',
      errorMessage: expect.stringMatching(/Can't unpack .*code\.zip: an entry is outside the folder/),
    });
  });

  const serverless = (more: string, own = '') =>
    `service: shop\nprovider: { name: aws, runtime: nodejs20.x }\n${more}\nfunctions: { orders: { handler: app.handler${own} } }\n`;

  test.each([
    ['that the Serverless Framework has created', serverless(''), '.serverless/shop.zip'],
    ['of one function', serverless('package: { individually: true }'), '.serverless/orders.zip'],
    ['that is the artifact of the service', serverless('package: { artifact: made.zip }'), 'made.zip'],
    ['that is the artifact of the function', serverless('', ', package: { artifact: made.zip }'), 'made.zip'],
  ])('%s runs', async (_, yaml, name) => {
    await start({ 'serverless.yml': yaml, 'app.js': code('source'), '.serverless/x': '' });
    const time = Date.now() / 1000 - 3600;
    await utimes(join(workspace.folder, 'app.js'), time, time);
    await utimes(join(workspace.folder, 'serverless.yml'), time, time);
    await writeZip(name, { 'app.js': code('zip') });
    expect((await invoke('orders')).result).toEqual(['zip', expect.anything()]);
  });
});

describe('code that is a single file', () => {
  test('runs in its folder', async () => {
    await start({ 'template.yaml': sam('src/app.js'), 'src/app.js': code('file') });
    const { result, log } = await invoke();
    expect(result).toEqual(['file', join(workspace.folder, 'src')]);
    expect(log).not.toContain('[Lambda Invoke] Only');
  });

  test('has other files next to it only locally', async () => {
    await start({ 'template.yaml': sam('src/app.js'), 'src/app.js': code('file'), 'src/other.js': '' });
    expect((await invoke()).log).toContain('[Lambda Invoke] Only app.js is deployed.');
  });
});
