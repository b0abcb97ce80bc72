import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { DebuggedProcess } from '../../../../src/core/functions/localFunctionView.ts';
import { attachInspector } from '../../../support/inspectorClient.ts';
import { isAlive } from '../../../support/isAlive.ts';
import { LOCAL_RUNTIMES } from '../../../support/localRuntimes.ts';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../support/temporaryWorkspace.ts';

const CODE = `console.log('loading');
exports.pid = async () => process.pid;
exports.pauses = async () => { debugger; return 'resumed'; };
exports.endless = async () => new Promise((resolve) => setTimeout(resolve, 600_000));
exports.environment = async () => Object.keys(process.env);`;

const FUNCTIONS = {
  pid: { handler: 'index.pid', timeout: 1 },
  pauses: { handler: 'index.pauses', timeout: 1 },
  endless: { handler: 'index.endless', timeout: 1 },
  environment: { handler: 'index.environment' },
  throws: { handler: 'throws.handler' },
  nul: { handler: 'index.pid', environment: { TEXT: 'secret\0' } },
};

/** Starts, but reports neither a version nor a debugger. Its process ID is in a file. */
const SILENT = '#!/bin/sh\n[ "$1" = --version ] && exit 1\necho $$ > pid\nexec sleep 600\n';

let current: TemporaryWorkspace | undefined;

async function start(options: Parameters<typeof startTemporaryWorkspace>[2] = {}) {
  const files = { 'index.js': CODE, 'throws.js': "throw new TypeError('at load');" };
  const workspace = await startTemporaryWorkspace(files, FUNCTIONS, options);
  current = workspace;
  const control = (what: 'restart' | 'debug', name: string) => workspace.endpoint.control({ what, name });
  return {
    ...workspace,
    control,
    debug: async (name: string) => ((await control('debug', name)) as DebuggedProcess).address,
    stopDebugging: (name: string, address: string) =>
      workspace.endpoint.control({ what: 'stopDebugging', name, address }),
  };
}

/** The process at an inspector's URL, once it has the variable `process`. */
async function pidAt(inspector: Awaited<ReturnType<typeof attachInspector>>): Promise<number> {
  const evaluate = () => inspector.send('Runtime.evaluate', { expression: 'process.pid' });
  let value: number | undefined;
  await expect
    .poll(async () => {
      ({ value } = ((await evaluate()) as { result: { value?: number } }).result);
      return value;
    })
    .toBeTypeOf('number');
  return value ?? 0;
}

afterEach(async () => {
  await current?.close();
  current = undefined;
});

test('a debugged function runs its events in one process, longer than its timeout', async () => {
  const { debug, invoke } = await start();
  const inspector = await attachInspector(await debug('pauses'));
  const paused = inspector.paused();
  const response = invoke('pauses');
  await paused;
  // A function with the same timeout that starts now times out, while the paused one doesn't.
  expect((await invoke('endless')).result).toMatchObject({ errorType: 'Sandbox.Timedout' });
  await inspector.send('Debugger.resume');
  const { result, log } = await response;
  expect(result).toBe('resumed');
  expect(log).not.toContain('Debugger');
});

test('a debugged function pauses at its own statements only, if Node.js can wait', async () => {
  const { debug, invoke } = await start();
  const inspector = await attachInspector(await debug('pauses'));
  const paused = inspector.paused();
  const response = invoke('pauses');
  await paused;
  const atStart = process.allowedNodeEnvironmentFlags.has('--inspect-wait') ? [] : ['Break on start'];
  expect(inspector.pauses).toEqual([...atStart, 'other']);
  await inspector.send('Debugger.resume');
  expect((await response).result).toBe('resumed');
});

test('the output of a debugged function’s init phase is in the log of its first event', async () => {
  const { debug, invoke } = await start();
  const inspector = await attachInspector(await debug('pid'));
  await expect.poll(() => inspector.send('Runtime.evaluate', { expression: 'process.uptime()' })).toBeDefined();
  const pid = await pidAt(inspector);
  const first = await invoke('pid');
  expect(first.result).toBe(pid);
  expect(first.log).toMatch(/INFO\tloading\n/);
  expect((await invoke('pid')).log).not.toContain('loading');
});

test('the error of a debugged function’s init phase is the result of its event', async () => {
  const { debug, invoke } = await start();
  const address = await debug('throws');
  const response = invoke('throws');
  await attachInspector(address);
  expect(await response).toMatchObject({
    FunctionError: 'Unhandled',
    result: { errorType: 'TypeError', errorMessage: 'at load' },
  });
});

test('a process that fails in its init phase ends with its debugger attached, and gets no event', async () => {
  const { debug, invoke } = await start();
  const address = await debug('throws');
  await attachInspector(address);
  await expect.poll(() => attachInspector(address).then(String, String)).toContain('ECONNREFUSED');
  expect((await invoke('throws')).result).toMatchObject({ errorType: 'TypeError', errorMessage: 'at load' });
});

test('debugging again ends the previous process, whose session doesn’t end the new one', async () => {
  const { debug, stopDebugging, invoke } = await start();
  const first = await debug('pid');
  const firstPid = await pidAt(await attachInspector(first));
  const second = await debug('pid');
  await expect.poll(() => isAlive(firstPid)).toBe(false);
  await stopDebugging('pid', first);
  const pid = await pidAt(await attachInspector(second));
  expect((await invoke('pid')).result).toBe(pid);
  await stopDebugging('pid', second);
  await expect.poll(() => isAlive(pid)).toBe(false);
  expect((await invoke('pid')).result).not.toBe(pid);
});

test('of two simultaneous requests to debug, the later one succeeds', async () => {
  const { debug, invoke } = await start();
  const [first, second] = await Promise.allSettled([debug('pid'), debug('pid')]);
  expect(first).toMatchObject({ reason: { message: 'The function was restarted.' } });
  const inspector = await attachInspector((second as PromiseFulfilledResult<string>).value);
  expect((await invoke('pid')).result).toBe(await pidAt(inspector));
});

test.each(['restart', 'stopDebugging'] as const)('%s ends an event that waits at a breakpoint', async (how) => {
  const { debug, control, stopDebugging, invoke } = await start();
  const address = await debug('pauses');
  const inspector = await attachInspector(address);
  const pid = await pidAt(inspector);
  const paused = inspector.paused();
  const response = invoke('pauses');
  await paused;
  await (how === 'restart' ? control('restart', 'pauses') : stopDebugging('pauses', address));
  expect(await response).toMatchObject({ FunctionError: 'Unhandled', result: { errorType: 'Runtime.ExitError' } });
  await expect.poll(() => isAlive(pid)).toBe(false);
  expect((await invoke('pid')).StatusCode).toBe(200);
});

test('a process that waits for its debugger ends with a restart', async () => {
  const { debug, control, invoke } = await start();
  const address = await debug('pid');
  await control('restart', 'pid');
  await expect.poll(() => attachInspector(address).then(String, String)).toContain('ECONNREFUSED');
  expect((await invoke('pid')).StatusCode).toBe(200);
});

test('a debugged process can be attached to again', async () => {
  const { debug, invoke } = await start();
  const address = await debug('pid');
  const first = await attachInspector(address);
  const pid = await pidAt(first);
  // Node.js 20 sometimes crashes if its debugger disconnects while it starts.
  expect((await invoke('pid')).result).toBe(pid);
  first.close();
  expect((await invoke('pid')).result).toBe(pid);
});

test('the environment of a debugged function is the same as without a debugger', async () => {
  const { debug, invoke } = await start();
  const { result: names } = await invoke('environment');
  await attachInspector(await debug('environment'));
  expect((await invoke('environment')).result).toEqual(names);
});

test.each([
  ['nul', `The process couldn't be started: The environment variable "TEXT" has a null character.`],
  ['unknown', 'Local function not found: unknown.'],
])('a function that can’t be debugged is reported: %s', async (name, message) => {
  const { debug, invoke } = await start();
  await expect(debug(name)).rejects.toThrow(message);
  expect((await invoke('pid')).StatusCode).toBe(200);
});

test.each([
  ['/nowhere/node', "The process couldn't be started: spawn /nowhere/node ENOENT"],
  ['/bin/sh', 'The process exited with code 2 before the debugger could attach.'],
])('a program that isn’t Node.js is reported: %s', async (node, message) => {
  const { debug } = await start({ runtimes: { ...LOCAL_RUNTIMES.runtimes, node } });
  await expect(debug('pid')).rejects.toThrow(message);
});

test('a program that doesn’t report its debugger is ended', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'li-silent-'));
  const node = join(folder, 'node');
  await writeFile(node, SILENT, { mode: 0o755 });
  const { debug, folder: taskRoot } = await start({
    runtimes: { ...LOCAL_RUNTIMES.runtimes, node },
    debuggerTimeoutMs: 2000,
  });
  await expect(debug('pid')).rejects.toThrow("The process didn't wait for a debugger within 2 s.");
  const pid = Number(await readFile(join(taskRoot, 'pid'), 'utf8'));
  await expect.poll(() => isAlive(pid)).toBe(false);
  await rm(folder, { recursive: true });
});
