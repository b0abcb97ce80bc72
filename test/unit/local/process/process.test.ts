import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAws } from '../../../../src/aws/index.ts';
import type { InvokeRequest } from '../../../../src/core/invocation/invokeRequest.ts';
import { isAlive } from '../../../support/isAlive.ts';
import { LOCAL_RUNTIMES } from '../../../support/localRuntimes.ts';

const keys = { accessKeyId: 'LOCALTEST', secretAccessKey: 'secret' };
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'li-process-'));
  await mkdir(join(folder, '.vscode'));
  await writeFile(
    join(folder, '.vscode/lambda-invoke.json'),
    '{ "localFunctions": { "pid": { "handler": "pid.handler", "timeout": 60 } } }',
  );
  await writeFile(
    join(folder, 'pid.mjs'),
    `import { writeFileSync } from 'node:fs';
     export const handler = async ({ hangs }) => {
       if (hangs === undefined) return process.pid;
       writeFileSync(hangs, String(process.pid));
       for (;;);
     };`,
  );
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const options = () => ({ keys, folders: [folder], ...LOCAL_RUNTIMES });

/** Invokes the function that returns its process ID. */
async function handlerPid(endpoint: string): Promise<number> {
  const request: InvokeRequest = { FunctionName: 'pid', InvocationType: 'RequestResponse', Payload: new Uint8Array() };
  const target = { kind: 'local', address: { endpoint, ...keys } } as const;
  const { Payload } = await createAws({}).invoke(request, { target, signal: new AbortController().signal });
  return Number(new TextDecoder().decode(Payload));
}

test('the endpoint listens on 127.0.0.1, and exits with its handlers when the IPC channel closes', async () => {
  const child = fork(resolve('dist/localEndpoint.js'), [], { stdio: 'ignore', execArgv: [] });
  child.send({ type: 'start', options: options() });
  const [listening] = (await once(child, 'message')) as [{ endpoint: string }];
  expect(listening.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const handler = await handlerPid(listening.endpoint);
  expect(isAlive(handler)).toBe(true);
  child.disconnect();
  await once(child, 'exit');
  await expect.poll(() => isAlive(handler)).toBe(false);
});

/** Starts the endpoint from a process that represents the extension host and can be killed. */
async function startUnderHost() {
  const script = `
    const child = require('node:child_process').fork(${JSON.stringify(resolve('dist/localEndpoint.js'))}, [], { stdio: 'ignore' });
    child.send({ type: 'start', options: ${JSON.stringify(options())} });
    child.once('message', ({ endpoint }) => console.log(JSON.stringify({ endpoint, pid: child.pid })));`;
  const host = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(host.stdout, 'data')) as [Buffer];
  return { host, ...(JSON.parse(String(line)) as { endpoint: string; pid: number }) };
}

test('the endpoint and its handlers exit when their parent process is killed', async () => {
  const { host, endpoint, pid } = await startUnderHost();
  const handler = await handlerPid(endpoint);
  host.kill('SIGKILL');
  await expect.poll(() => [isAlive(pid), isAlive(handler)]).toEqual([false, false]);
});

test('a hanging handler is killed when the parent process of the endpoint is killed', async () => {
  const { host, endpoint } = await startUnderHost();
  const file = join(folder, 'hung.txt');
  const abort = new AbortController();
  const request: InvokeRequest = {
    FunctionName: 'pid',
    InvocationType: 'Event',
    Payload: new TextEncoder().encode(JSON.stringify({ hangs: file })),
  };
  const target = { kind: 'local', address: { endpoint, ...keys } } as const;
  await createAws({}).invoke(request, { target, signal: abort.signal });
  const pid = async () => Number(await readFile(file, 'utf8').catch(() => '0'));
  await expect.poll(pid).toBeGreaterThan(0);
  const hungPid = await pid();
  expect(isAlive(hungPid)).toBe(true);
  host.kill('SIGKILL');
  await expect.poll(() => isAlive(hungPid)).toBe(false);
});

describe('the standalone endpoint (npm run endpoint)', () => {
  const KEYS = ['AWS_ENDPOINT_URL_LAMBDA', 'AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];

  /** Reads the environment that the endpoint prints, and invokes the function that returns its process ID. */
  async function invokeWith(stdout: Readable): Promise<{ names: string[]; handler: number }> {
    let output = '';
    stdout.on('data', (part: Buffer) => (output += String(part)));
    await expect.poll(() => output.split('\n').length).toBe(5);
    const env = Object.fromEntries(
      output
        .trim()
        .split('\n')
        .map((line) => line.split(/=(.*)/, 2)),
    );
    const credentials = {
      accessKeyId: env['AWS_ACCESS_KEY_ID'] ?? '',
      secretAccessKey: env['AWS_SECRET_ACCESS_KEY'] ?? '',
    };
    const client = new LambdaClient({
      endpoint: env['AWS_ENDPOINT_URL_LAMBDA'] ?? '',
      region: env['AWS_REGION'] ?? '',
      credentials,
    });
    const { Payload } = await client.send(new InvokeCommand({ FunctionName: 'pid' }));
    client.destroy();
    return { names: Object.keys(env), handler: Number(Buffer.from(Payload ?? []).toString()) };
  }

  test('prints the environment for AWS clients, and exits with its handlers on SIGTERM', async () => {
    const child = spawn(process.execPath, ['out/endpoint.js', '--workspace', folder, '--print-env']);
    const { names, handler } = await invokeWith(child.stdout);
    expect(names).toEqual(KEYS);
    expect(isAlive(handler)).toBe(true);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    await expect.poll(() => isAlive(handler)).toBe(false);
  });

  test.skipIf(process.platform === 'win32')(
    'is killed with its handlers if it is blocked when its parent ends',
    async () => {
      const args = JSON.stringify(['out/endpoint.js', '--workspace', folder, '--print-env']);
      const script = `const { spawn } = require('node:child_process');
      console.error(spawn(process.execPath, ${args}, { stdio: ['ignore', 'inherit', 'ignore'] }).pid);`;
      const parent = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'pipe'] });
      const [line] = (await once(parent.stderr, 'data')) as [Buffer];
      const endpoint = Number(String(line));
      const { handler } = await invokeWith(parent.stdout);
      process.kill(endpoint, 'SIGSTOP');
      expect([endpoint, handler].filter(isAlive)).toEqual([endpoint, handler]);
      parent.kill('SIGKILL');
      await expect.poll(() => [endpoint, handler].filter(isAlive)).toEqual([]);
    },
  );

  test.each([
    [['--workspace', 'nowhere'], 'Folder not found: '],
    [['--port', 'x'], 'Invalid port x.'],
    [['--concurrency', '0'], 'Invalid concurrency 0.'],
    [['--prot', '1'], "Unknown option '--prot'"],
  ])('%j is rejected with the usage', async (args, sentence) => {
    const child = spawn(process.execPath, ['out/endpoint.js', ...args]);
    let output = '';
    child.stderr.on('data', (part: Buffer) => (output += String(part)));
    expect(await once(child, 'close')).toEqual([2, null]);
    expect(output).toContain(sentence);
    expect(output).toContain('npm run endpoint -- [--workspace DIR]');
  });
});
