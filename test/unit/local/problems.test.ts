import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LOCAL_RUNTIMES } from '../../support/localRuntimes.ts';
import { LOCAL_KEYS } from '../../support/localWorkspace.ts';
import { connectTo, invokePath, requestHead } from '../../support/rawRequests.ts';

/** Errors that nothing handles, in the process of the endpoint. */
const FAULTS = `const fault = (kind) => {
  if (kind === 'reject') void Promise.reject(new Error('nobody\\n  waits'));
  if (kind === 'throw') setImmediate(() => { throw new TypeError('late'); });
  if (kind === 'text') void Promise.reject('a text');
};
process.on('message', ({ fault: kind }) => fault(kind));
if (process.send === undefined) process.stdin.on('data', (bytes) => fault(String(bytes)));`;

let folder: string;
let faults: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'li-problems-'));
  faults = join(folder, 'faults.js');
  await writeFile(faults, FAULTS);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function isServing(url: string): Promise<boolean> {
  const client = await connectTo(url);
  client.send(requestHead(`POST ${invokePath('x')}`, { host: new URL(url).host }));
  const response = await client.response('"Message":');
  client.destroy();
  return response.startsWith('HTTP/1.1 403 ');
}

const EXPECTED = {
  reject: /^nobody waits at fault \(.*faults\.js:2:\d+\)$/,
  throw: /^late at .*faults\.js:3:\d+\)?$/,
  text: /^a text$/,
};
const KINDS = Object.keys(EXPECTED) as (keyof typeof EXPECTED)[];

describe('an error that nothing handles is reported in one line, and the endpoint continues', () => {
  test('to the extension host', async () => {
    const child = fork(resolve('dist/localEndpoint.js'), [], { stdio: 'ignore', execArgv: ['--require', faults] });
    child.send({ type: 'start', options: { keys: LOCAL_KEYS, folders: [folder], ...LOCAL_RUNTIMES } });
    const [{ endpoint }] = (await once(child, 'message')) as [{ endpoint: string }];
    for (const kind of KINDS) {
      child.send({ fault: kind });
      const [problem] = (await once(child, 'message')) as [unknown];
      expect(problem).toEqual({ type: 'problem', message: expect.stringMatching(EXPECTED[kind]) });
    }
    expect(await isServing(endpoint)).toBe(true);
    child.disconnect();
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  test('on the command line', async () => {
    const child = spawn(process.execPath, ['--require', faults, 'out/endpoint.js', '--workspace', folder]);
    let output = '';
    let errors = '';
    child.stdout.on('data', (bytes: Buffer) => (output += String(bytes)));
    child.stderr.on('data', (bytes: Buffer) => (errors += String(bytes)));
    await expect.poll(() => errors).toContain('Press Ctrl+C to stop.\n');
    for (const kind of KINDS) {
      errors = '';
      child.stdin.write(kind);
      await expect.poll(() => errors).toContain('\n');
      expect(errors).toMatch(/^Unexpected error: .*\n$/);
      expect(errors.slice('Unexpected error: '.length).trimEnd()).toMatch(EXPECTED[kind]);
    }
    expect(await isServing(/AWS_ENDPOINT_URL_LAMBDA=(.*)/.exec(output)?.[1] ?? '')).toBe(true);
    child.kill('SIGTERM');
    await once(child, 'exit');
  });
});

test('an error that repeats is reported once', async () => {
  const child = fork(resolve('dist/localEndpoint.js'), [], { stdio: 'ignore', execArgv: ['--require', faults] });
  const received: unknown[] = [];
  child.on('message', (message) => received.push(message));
  for (const kind of ['text', 'text', 'throw']) child.send({ fault: kind });
  await expect.poll(() => received.length).toBe(2);
  expect(received.at(-1)).toMatchObject({ message: expect.stringMatching(EXPECTED.throw) });
  child.disconnect();
  await once(child, 'exit');
});

test('the standalone endpoint continues when nobody reads its output', async () => {
  const child = spawn(process.execPath, ['out/endpoint.js', '--workspace', folder]);
  child.stdout.destroy();
  let errors = '';
  child.stderr.on('data', (bytes: Buffer) => (errors += String(bytes)));
  await expect.poll(() => errors).toContain('Press Ctrl+C to stop.\n');
  expect(child.exitCode).toBeNull();
  child.kill('SIGTERM');
  await once(child, 'close');
  expect(errors).toMatch(/^Serving the functions of .*\n$/);
});
