import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { DEBUGPY_TOKEN, parseDebugpyAddress } from '../../../../src/core/functions/debugpyAddress.ts';
import type { DebuggedProcess } from '../../../../src/core/functions/localFunctionView.ts';
import { createPythonDebugger } from '../../../../src/local/process/pythonDebugger.ts';
import { installDebugpy } from '../../../host/installDebugpy.ts';
import { attachDebugpy, connectDap } from '../../../support/dapClient.ts';
import { isAlive } from '../../../support/isAlive.ts';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../support/temporaryWorkspace.ts';

const CODE = `import os
import time
print('loading')

def handler(event, context):
    text = event['name']
    return text.upper()

def writes(event, context):
    path = event['path']
    open(path, 'w').close()

def endless(event, context):
    time.sleep(600)

def environment(event, context):
    return [*sorted(os.environ), os.environ['PYDEVD_DISABLE_FILE_VALIDATION']]

def pid(event, context):
    return os.getpid()

def listening(event, context):
    if not os.path.exists('/proc/net/tcp'):
        return []
    names = [f'/proc/self/fd/{fd}' for fd in os.listdir('/proc/self/fd')]
    own = [os.readlink(name) for name in names if os.path.lexists(name)]
    rows = [line.split() for line in open('/proc/net/tcp').read().splitlines()[1:]]
    return [row[1] for row in rows if row[3] == '0A' and f'socket:[{row[9]}]' in own]
`;

const python = (handler: string, more: object = {}) => ({
  runtime: 'python3.12',
  handler: `index.${handler}`,
  ...more,
});

const FUNCTIONS = {
  stops: python('handler', { timeout: 1 }),
  endless: python('endless', { timeout: 1 }),
  environment: python('environment', { environment: { PYDEVD_DISABLE_FILE_VALIDATION: '0' } }),
  writes: python('writes'),
  pid: python('pid', { timeout: 1 }),
  listening: python('listening'),
  throws: { runtime: 'python3.12', handler: 'throws.handler' },
};

let debugpy = '';
let current: TemporaryWorkspace | undefined;

async function start() {
  const files = { 'index.py': CODE, 'throws.py': "raise TypeError('at load')\n" };
  const workspace = await startTemporaryWorkspace(files, FUNCTIONS);
  current = workspace;
  return {
    ...workspace,
    source: join(workspace.folder, 'index.py'),
    debug: async (name: string) => {
      const response = await workspace.endpoint.control({ what: 'debug', name, debugpy });
      return (response as DebuggedProcess).address;
    },
    stopDebugging: (name: string, address: string) =>
      workspace.endpoint.control({ what: 'stopDebugging', name, address }),
  };
}

const HANDLER_LINE = 6;

beforeAll(async () => {
  debugpy = await installDebugpy();
}, 300_000);

afterEach(async () => {
  await current?.close();
  current = undefined;
});

test('a debugged Python function can stay at a breakpoint longer than its timeout', async () => {
  const { debug, invoke, source } = await start();
  const client = await attachDebugpy(await debug('stops'), source, [HANDLER_LINE]);
  const response = invoke('stops', { name: 'Ada' });
  const { threadId, frameId, line } = await client.stopped();
  expect(line).toBe(HANDLER_LINE);
  // A function with the same timeout that starts now times out, while the stopped one doesn't.
  expect((await invoke('endless')).result).toMatchObject({ errorType: 'Sandbox.Timedout' });
  const { body } = await client.send('evaluate', { expression: "event['name']", frameId });
  expect(body?.['result']).toBe("'Ada'");
  await client.send('continue', { threadId });
  const { result, log } = await response;
  expect(result).toBe('ADA');
  expect(log).toMatch(/^START .*\n/);
  expect(log).toContain('loading\n');
  expect(log).not.toMatch(/debugger|pydevd|frozen/i);
});

test('a debugged Python function handles further events in the same process, until debugging stops', async () => {
  const { debug, invoke, source, stopDebugging } = await start();
  const address = await debug('pid');
  const client = await attachDebugpy(address, source, []);
  const { result: pid } = await invoke('pid');
  expect((await invoke('pid')).result).toBe(pid);
  const terminated = client.event('terminated');
  await stopDebugging('pid', address);
  await terminated;
  // VS Code then disconnects, and expects a response.
  expect(await client.send('disconnect')).toMatchObject({ success: true });
  await client.closed;
  await expect.poll(() => isAlive(Number(pid))).toBe(false);
  expect((await invoke('pid')).result).not.toBe(pid);
});

test('stopping the debugger at a breakpoint ends the event', async () => {
  const { debug, invoke, source, stopDebugging } = await start();
  const address = await debug('stops');
  const client = await attachDebugpy(address, source, [HANDLER_LINE]);
  const response = invoke('stops', { name: 'Ada' });
  await client.stopped();
  await stopDebugging('stops', address);
  expect(await response).toMatchObject({ FunctionError: 'Unhandled', result: { errorType: 'Runtime.ExitError' } });
});

test.each(['disconnect', 'terminate'])('a function at a breakpoint doesn’t continue after %s', async (command) => {
  const { debug, invoke, source, folder } = await start();
  const client = await attachDebugpy(await debug('writes'), source, [HANDLER_LINE + 4]);
  const path = join(folder, 'written');
  const response = invoke('writes', { path });
  expect((await client.stopped()).line).toBe(HANDLER_LINE + 4);
  expect(await client.send(command)).toMatchObject({ success: true });
  expect((await response).result).toMatchObject({ errorType: 'Runtime.ExitError' });
  expect(existsSync(path)).toBe(false);
});

test('a function at a breakpoint doesn’t continue when the connection of its debugger is lost', async () => {
  const { debug, invoke, source, folder } = await start();
  const client = await attachDebugpy(await debug('writes'), source, [HANDLER_LINE + 4]);
  const path = join(folder, 'written');
  const response = invoke('writes', { path });
  await client.stopped();
  client.close();
  expect((await response).result).toMatchObject({ errorType: 'Runtime.ExitError' });
  expect(existsSync(path)).toBe(false);
});

test('the error of a debugged Python function’s init phase is the result of its event', async () => {
  const { debug, invoke, source } = await start();
  const address = await debug('throws');
  const response = invoke('throws');
  await attachDebugpy(address, source, []);
  expect(await response).toMatchObject({
    FunctionError: 'Unhandled',
    result: { errorType: 'TypeError', errorMessage: 'at load' },
  });
});

test('the environment of a debugged Python function is the same as without a debugger', async () => {
  const { debug, invoke, source } = await start();
  const { result: names } = await invoke('environment');
  await attachDebugpy(await debug('environment'), source, []);
  expect((await invoke('environment')).result).toEqual(names);
});

test('a debugged Python function opens no port, and its debugger accepts one client with the token only', async () => {
  const { debug, invoke, source } = await start();
  const address = await debug('listening');
  const { port = 0 } = parseDebugpyAddress(address) ?? {};
  for (const [command, args] of [
    ['evaluate', { expression: '1' }],
    ['attach', {}],
    ['attach', { [DEBUGPY_TOKEN]: 'a'.repeat(64) }],
  ] as const) {
    const stranger = await connectDap(port);
    await stranger.send('initialize');
    await expect(stranger.send(command, args)).rejects.toThrow('aborted');
    expect(stranger.all.map((message) => message.command)).toEqual(['initialize']);
  }
  const client = await attachDebugpy(address, source, []);
  const socket = connect(port, '127.0.0.1');
  await expect(once(socket, 'connect')).rejects.toThrow('ECONNREFUSED');
  expect((await invoke('listening')).result).toEqual([]);
  client.close();
});

test('a Python function can’t be debugged without debugpy', async () => {
  const { endpoint, invoke } = await start();
  const debug = endpoint.control({ what: 'debug', name: 'pid' });
  await expect(debug).rejects.toThrow('The Python Debugger extension is missing.');
  const broken = endpoint.control({ what: 'debug', name: 'pid', debugpy: '/nowhere/debugpy' });
  await expect(broken).rejects.toThrow(
    /before the debugger could attach\. ModuleNotFoundError: No module named 'debugpy'$/,
  );
  expect((await invoke('pid')).StatusCode).toBe(200);
});

test('a Python function that is debugged twice at the same time is debugged once', async () => {
  const { debug, invoke, source } = await start();
  const [first, second] = await Promise.allSettled([debug('pid'), debug('pid')]);
  expect(first).toMatchObject({ status: 'rejected', reason: new Error('The function was restarted.') });
  const client = await attachDebugpy(second.status === 'fulfilled' ? second.value : '', source, []);
  expect((await invoke('pid')).StatusCode).toBe(200);
  client.close();
});

test('Python receives its own options before those of the debugger', async () => {
  const attached = await createPythonDebugger({ script: 'debugger.py', debugpy });
  attached.end('The test has ended.');
  const args = attached.argumentsFrom(['-X', 'utf8', 'bootstrap.py']);
  expect(args).toEqual(['-X', 'utf8', '-Xfrozen_modules=off', 'debugger.py', 'bootstrap.py']);
});
