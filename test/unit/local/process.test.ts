import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAws } from '../../../src/aws/index.ts';
import type { InvokeRequest } from '../../../src/core/invokeRequest.ts';
import { LOCAL_RUNTIMES } from '../../support/localRuntimes.ts';

const keys = { accessKeyId: 'LOCALTEST', secretAccessKey: 'secret' };
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'li-process-'));
  await mkdir(join(folder, '.vscode'));
  await writeFile(
    join(folder, '.vscode/lambda-invoke.json'),
    '{ "localFunctions": { "pid": { "handler": "pid.handler" } } }',
  );
  await writeFile(join(folder, 'pid.mjs'), 'export const handler = async () => process.pid;');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // One that has ended, and whose parent has not looked yet, is not alive.
    return process.platform !== 'linux' || !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

const options = () => ({ keys, folders: [folder], ...LOCAL_RUNTIMES });

/** Invokes the function that answers with its process's id. */
async function handlerPid(endpoint: string): Promise<number> {
  const request: InvokeRequest = { FunctionName: 'pid', InvocationType: 'RequestResponse', Payload: new Uint8Array() };
  const target = { kind: 'local', address: { endpoint, ...keys } } as const;
  const { Payload } = await createAws({}).invoke(request, { target, signal: new AbortController().signal });
  return Number(new TextDecoder().decode(Payload));
}

test('the endpoint listens on 127.0.0.1, and ends with its handlers when it is let go', async () => {
  const child = fork(resolve('dist/localEndpoint.js'), [], { stdio: 'ignore', execArgv: [] });
  child.send({ type: 'start', options: options() });
  const [listening] = (await once(child, 'message')) as [{ endpoint: string }];
  expect(listening.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const handler = await handlerPid(listening.endpoint);
  expect(isAlive(handler)).toBe(true);
  child.disconnect();
  await once(child, 'exit');
  await expect.poll(() => isAlive(handler), { timeout: 5000 }).toBe(false);
});

test('the death of the process that started it takes everything down', async () => {
  // Stands in for the extension host, so that it can be killed.
  const script = `
    const child = require('node:child_process').fork(${JSON.stringify(resolve('dist/localEndpoint.js'))}, [], { stdio: 'ignore' });
    child.send({ type: 'start', options: ${JSON.stringify(options())} });
    child.once('message', ({ endpoint }) => console.log(JSON.stringify({ endpoint, pid: child.pid })));`;
  const host = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(host.stdout, 'data')) as [Buffer];
  const { endpoint, pid } = JSON.parse(String(line)) as { endpoint: string; pid: number };
  const handler = await handlerPid(endpoint);
  host.kill('SIGKILL');
  await expect.poll(() => [isAlive(pid), isAlive(handler)], { timeout: 5000 }).toEqual([false, false]);
});
