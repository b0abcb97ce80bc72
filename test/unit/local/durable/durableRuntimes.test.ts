import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { parseLocalFunctions } from '../../../../src/core/functions/localFunctions.ts';
import type { DebuggedProcess, LocalFunctionsView } from '../../../../src/core/functions/localFunctionView.ts';
import { handlerEnvironment } from '../../../../src/local/process/handlerEnvironment.ts';
import { attachInspector } from '../../../support/inspectorClient.ts';
import { startDurableWorkspace, type DurableWorkspace } from '../../../support/durableWorkspace.ts';
import { LOCAL_RUNTIMES } from '../../../support/localRuntimes.ts';

const CODE = `const { durable } = require('./durable.js');
exports.pids = durable(async (event, ctx) => {
  const first = await ctx.step('first', () => { debugger; return process.pid; });
  await ctx.wait('pause', 1);
  return [first, await ctx.step('second', () => process.pid), process.pid];
});
exports.sleeps = durable((event, ctx) => ctx.wait('long', 3600));`;

const SETTINGS = { timeout: 1, durable: { executionTimeout: 2 }, runtime: 'nodejs24.x' };
const FUNCTIONS = {
  sleeps: { ...SETTINGS, handler: 'index.sleeps' },
  pids: { ...SETTINGS, handler: 'index.pids' },
};

let workspace: DurableWorkspace | undefined;

afterEach(async () => {
  await workspace?.close();
  workspace = undefined;
});

test('breakpoints work in the steps of a durable function, whose replays run in the same process', async () => {
  workspace = await startDurableWorkspace(CODE, FUNCTIONS);
  const { endpoint, invoke } = workspace;
  const { address, pid } = (await endpoint.control({ what: 'debug', name: 'pids' })) as DebuggedProcess;
  const inspector = await attachInspector(address);
  const paused = inspector.paused();
  const response = invoke('pids');
  await paused;
  // An execution with the same timeout that starts now ends, while the paused one doesn't.
  expect((await invoke('sleeps')).result).toMatchObject({ errorType: 'Execution.TimedOut' });
  await inspector.send('Debugger.resume');
  // The timeout of the execution applies again between the invocations.
  expect((await response).result).toMatchObject({ errorType: 'Execution.TimedOut' });
  const next = inspector.paused();
  const second = invoke('pids');
  await next;
  await inspector.send('Debugger.resume');
  expect((await second).result).toEqual([pid, pid, pid]);
});

describe('the Node.js of durable functions', () => {
  const notesOf = async ({ endpoint }: DurableWorkspace) => {
    const { functions } = (await endpoint.control({ what: 'functions' })) as LocalFunctionsView;
    return functions[0]?.notes ?? [];
  };

  test.skipIf(process.platform === 'win32')('a version before 22 is reported with what to do', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'li-node-'));
    const node = join(folder, 'node');
    await writeFile(node, '#!/bin/sh\necho v20.1.0\n', { mode: 0o755 });
    const runtimes = { ...LOCAL_RUNTIMES.runtimes, node };
    workspace = await startDurableWorkspace(CODE, FUNCTIONS, { runtimes });
    const note = { code: 'durableNodeVersion', args: ['Node.js v20.1.0'] };
    expect(await notesOf(workspace)).toContainEqual(note);
    await rm(folder, { recursive: true });
  });

  test.skipIf(process.platform === 'win32')('a later version is not', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'li-node-'));
    const node = join(folder, 'node');
    await writeFile(node, '#!/bin/sh\necho v24.1.0\n', { mode: 0o755 });
    workspace = await startDurableWorkspace(CODE, FUNCTIONS, { runtimes: { ...LOCAL_RUNTIMES.runtimes, node } });
    expect((await notesOf(workspace)).map(({ code }) => code)).not.toContain('durableNodeVersion');
    await rm(folder, { recursive: true });
  });
});

describe('the environment of durable functions', () => {
  const variables = (hasCredentials: boolean) => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
    const { fn } = { fn: parseLocalFunctions({ f: { handler: 'a.b', durable: true } })['f'] };
    if (fn === undefined) throw new Error('no function');
    const environment = { ...fn.environment, AWS_ENDPOINT_URL_LAMBDA: 'http://elsewhere' };
    const identity = {
      name: 'f',
      version: '1',
      fn: { ...fn, environment },
      taskRoot: '/',
      launchVariables: {},
      processId: '1',
    };
    const { AWS_ENDPOINT_URL_LAMBDA, AWS_ACCESS_KEY_ID } = handlerEnvironment({
      ...identity,
      hasCredentials,
      durableApi: 'http://127.0.0.1:1/durable-x',
    });
    vi.unstubAllEnvs();
    return [AWS_ENDPOINT_URL_LAMBDA, AWS_ACCESS_KEY_ID];
  };

  test('without credentials of the user, the keys only sign; with them, they stay', () => {
    expect(variables(false)).toEqual(['http://127.0.0.1:1/durable-x', 'LOCAL']);
    expect(variables(true)).toEqual(['http://127.0.0.1:1/durable-x', 'AKIDEXAMPLE']);
  });

  test('the settings of a durable function in a presets file are read, and invalid ones have no effect', () => {
    const durableOf = (durable: unknown) => {
      const { isDurable, durableConfig } = parseLocalFunctions({ f: { handler: 'a.b', durable } })['f'] ?? {};
      return [isDurable, durableConfig];
    };
    expect(durableOf(true)).toEqual([true, undefined]);
    expect(durableOf(false)).toEqual([false, undefined]);
    expect(durableOf({ executionTimeout: 5, retentionPeriodInDays: 2 })).toEqual([
      true,
      { executionTimeout: 5, retentionPeriodInDays: 2 },
    ]);
    expect(durableOf({ executionTimeout: 'long', retentionPeriodInDays: -1 })).toEqual([true, {}]);
  });
});
