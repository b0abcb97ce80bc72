import { writeFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { SignatureV4 } from '@smithy/signature-v4';
import { afterEach, describe, expect, test } from 'vitest';
import { inotifyWatches } from '../../../support/watchedFolder.ts';
import { LOCAL_KEYS } from '../../../support/localWorkspace.ts';
import { Sha256 } from '../../../support/sha256.ts';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../support/temporaryWorkspace.ts';

const PROCESS = `const { appendFileSync, writeFileSync, rmSync } = require('node:fs');
let calls = 0;
exports.handler = async () => {
  appendFileSync('app.log', 'x');
  writeFileSync('data.sqlite-journal', 'x');
  rmSync('data.sqlite-journal');
  return process.pid + ' ' + ++calls;
};`;

const FUNCTIONS = { f: { handler: 'index.handler' }, process: { handler: 'process.handler' } };
const returns = (value: number) => `exports.handler = async () => ${value};`;

let current: TemporaryWorkspace | undefined;

async function start(options: Parameters<typeof startTemporaryWorkspace>[2] = {}): Promise<TemporaryWorkspace> {
  current = await startTemporaryWorkspace({ 'index.js': returns(0), 'process.js': PROCESS }, FUNCTIONS, options);
  return current;
}

afterEach(async () => {
  await current?.close();
  current = undefined;
});

test('a process stays warm while its handler writes files that aren’t source files', async () => {
  const { invoke } = await start();
  const [pid] = String((await invoke('process')).result).split(' ');
  for (const calls of [2, 3, 4, 5]) expect((await invoke('process')).result).toBe(`${pid} ${calls}`);
});

test('saved files are used if the system can’t watch folders', async () => {
  const { write, invoke } = await start({ maxWatchedFolders: 0 });
  expect((await invoke('f')).result).toBe(0);
  await write('index.js', returns(1));
  await expect.poll(async () => (await invoke('f')).result).toBe(1);
  await write(
    '.vscode/lambda-invoke.json',
    JSON.stringify({ localFunctions: { added: { handler: 'index.handler' } } }),
  );
  expect((await invoke('added')).result).toBe(1);
  await expect.poll(async () => (await invoke('f')).StatusCode).toBe(404);
});

/** The head of a signed dry run, whose body is `{}`. */
async function dryRunHead(endpoint: string, name: string): Promise<string> {
  const { host, hostname } = new URL(endpoint);
  const path = `/2015-03-31/functions/${name}/invocations`;
  const signer = new SignatureV4({ credentials: LOCAL_KEYS, region: 'us-east-1', service: 'lambda', sha256: Sha256 });
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: 'http:',
    hostname,
    path,
    headers: { host, 'x-amz-invocation-type': 'DryRun', 'content-length': '2' },
    body: '{}',
  });
  const lines = Object.entries(headers).map(([header, value]) => `${header}: ${value}`);
  return [`POST ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n');
}

/** A connection of this process to itself. */
async function connectSelf() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const near = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [far] = (await once(server, 'connection')) as [Socket];
  server.close();
  return { near, far };
}

// Other systems report changes with a delay.
const onLinux = process.platform === 'linux' ? describe : () => undefined;

onLinux('the next invocation after saving', () => {
  test('runs the saved code, written or replaced', async () => {
    const { folder, write, invoke } = await start();
    for (let edit = 1; edit <= 20; edit++) {
      if (edit % 2 === 0) await write('index.js', returns(edit));
      else {
        await write('index.js.tmp', returns(edit));
        await rename(join(folder, 'index.js.tmp'), join(folder, 'index.js'));
      }
      expect((await invoke('f')).result).toBe(edit);
    }
  });

  test('has the saved definitions', async () => {
    const { write, invoke } = await start();
    const save = (functions: object) =>
      write('.vscode/lambda-invoke.json', JSON.stringify({ localFunctions: functions }));
    const status = async () => (await invoke('g', {}, { InvocationType: 'DryRun' })).StatusCode;
    for (let edit = 1; edit <= 50; edit++) {
      await save({ ...FUNCTIONS, g: { handler: 'index.handler' } });
      expect(await status()).toBe(204);
      await save(FUNCTIONS);
      expect(await status()).toBe(404);
    }
  });
});

onLinux('a request that is received before the change its client made earlier', () => {
  test('is handled after the change', async () => {
    const { folder, url, write, invoke } = await start();
    const file = '.vscode/lambda-invoke.json';
    const [head, socket, { near, far }] = [
      await dryRunHead(url, 'process'),
      connect(Number(new URL(url).port), '127.0.0.1'),
      await connectSelf(),
    ];
    // The system reports sockets in the order in which they were ready first: this one before the folder.
    const fewer = JSON.stringify({ localFunctions: { f: FUNCTIONS.f } });
    far.on('data', () => {
      writeFileSync(join(folder, file), fewer);
      socket.write('{}');
    });
    for (let call = 0; call < 20; call++) {
      await write(file, JSON.stringify({ localFunctions: FUNCTIONS }));
      expect((await invoke('process', {}, { InvocationType: 'DryRun' })).StatusCode).toBe(204);
      socket.write(head);
      near.write('x');
      expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1.1 404/);
    }
    for (const each of [socket, near, far]) each.destroy();
  });
});

test.skipIf(process.platform !== 'linux')('nothing is watched after the endpoint has closed', async () => {
  const before = inotifyWatches();
  const { invoke, endpoint } = await start();
  await invoke('f');
  expect(inotifyWatches()).toBeGreaterThan(before);
  endpoint.close();
  expect(inotifyWatches()).toBe(before);
});
