import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { parseReport } from '../../../../src/core/outcome/logTail.ts';
import { isAlive } from '../../../support/isAlive.ts';
import { FILES, FUNCTIONS } from '../../../support/lifecycleHandlers.ts';
import { LOCAL_RUNTIMES } from '../../../support/localRuntimes.ts';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../support/temporaryWorkspace.ts';

let current: TemporaryWorkspace | undefined;

async function start(options: Parameters<typeof startTemporaryWorkspace>[2] = {}): Promise<TemporaryWorkspace> {
  current = await startTemporaryWorkspace(FILES, FUNCTIONS, options);
  return current;
}

afterEach(async () => {
  await current?.close();
  current = undefined;
});

const lines = async (file: string) => (await readFile(file, 'utf8').catch(() => '')).split('\n').filter(Boolean);

let gates = 0;

/** Starts invocations that run until `release`, unless they are throttled. */
function startBlocked({ folder, invoke }: TemporaryWorkspace, name: string, count: number) {
  const gate = join(folder, `gate-${++gates}`);
  const started = `${gate}-started`;
  return {
    responses: Array.from({ length: count }, () => invoke(name, { gate, started })),
    started: async () => (await lines(started)).length,
    release: () => writeFile(gate, ''),
  };
}

describe('processes', () => {
  test('handle one event each, and are reused by later concurrent invocations', async () => {
    const workspace = await start();
    const pids = async () => {
      const { responses, started, release } = startBlocked(workspace, 'waits', 3);
      await expect.poll(started, { timeout: 10_000 }).toBe(3);
      await release();
      return new Set((await Promise.all(responses)).map(({ result }) => result));
    };
    const first = await pids();
    expect(first.size).toBe(3);
    expect(await pids()).toEqual(first);
  });

  test('an invocation above the limit is throttled with a Reason', async () => {
    const workspace = await start({ maxProcesses: 2 });
    const { responses, release } = startBlocked(workspace, 'waits', 3);
    expect((await Promise.race(responses)).exception).toMatchObject({
      name: 'TooManyRequestsException',
      sentence: expect.stringContaining("the account's concurrency limit"),
    });
    await release();
    const statuses = (await Promise.all(responses)).map(({ StatusCode }) => StatusCode);
    expect(statuses.toSorted()).toEqual([200, 200, 429]);
    expect((await workspace.invoke('pid')).StatusCode).toBe(200);
  });

  test('reports the error that a process posted before it exited, whatever it still had to write', async () => {
    const workspace = await start();
    const responses = await Promise.all(Array.from({ length: 12 }, () => workspace.invoke('rejects')));
    const errors = responses.map(({ result }) => (result as { errorType?: string }).errorType);
    expect(new Set(errors)).toEqual(new Set(['Runtime.UnhandledPromiseRejection']));
  });

  test('reserved concurrency limits only its function', async () => {
    const workspace = await start();
    const { responses, release } = startBlocked(workspace, 'reserved', 2);
    expect((await Promise.race(responses)).exception?.sentence).toContain("the function's reserved concurrency");
    expect((await workspace.invoke('pid')).StatusCode).toBe(200);
    await release();
    const statuses = (await Promise.all(responses)).map(({ StatusCode }) => StatusCode);
    expect(statuses.toSorted()).toEqual([200, 429]);
  });

  test('are not shared between tenants', async () => {
    const { invoke } = await start();
    const pid = async (TenantId: string) => String((await invoke('tenant', {}, { TenantId })).result).split(' ');
    const [a, b, again] = [await pid('a'), await pid('b'), await pid('a')];
    expect([a[0], b[0]]).toEqual(['a', 'b']);
    expect(a[1]).not.toBe(b[1]);
    expect(again).toEqual(a);
  });

  test('are killed after the idle time', async () => {
    const { invoke } = await start({ idleMs: 100 });
    const { result: pid } = await invoke('pid');
    await expect.poll(() => isAlive(Number(pid))).toBe(false);
    expect((await invoke('pid')).StatusCode).toBe(200);
  });

  test('1,000 concurrent invocations all get a response, and so does the next one', async () => {
    const { invoke } = await start({ maxProcesses: 4 });
    const responses = await Promise.all(Array.from({ length: 1000 }, () => invoke('pid', {}, { LogType: 'None' })));
    const counts = new Set(responses.map(({ StatusCode }) => StatusCode));
    expect([...counts].toSorted()).toEqual([200, 429]);
    expect((await invoke('pid')).StatusCode).toBe(200);
  }, 600_000);

  test('are killed with their children, inside and outside their process group', async () => {
    const { invoke, endpoint } = await start();
    const inside = Number((await invoke('forks', { detached: false })).result);
    const outside = Number((await invoke('forks', { detached: true })).result);
    expect([isAlive(inside), isAlive(outside)]).toEqual([true, true]);
    endpoint.close();
    // Descendants outside the process group can be found only on Linux.
    const all = process.platform === 'linux' ? [inside, outside] : [inside];
    await expect.poll(() => all.filter(isAlive)).toEqual([]);
  });

  test('time out even if a child keeps the output streams open', async () => {
    const { invoke } = await start();
    expect(await invoke('forksAndHangs')).toMatchObject({ result: { errorType: 'Sandbox.Timedout' } });
  });

  test('can write large amounts of output, whose end is the log tail', async () => {
    const { invoke } = await start();
    const { result, log } = await invoke('floods');
    expect(result).toBe('done');
    expect(log).toMatch(/x{100}\nEND RequestId: .*\nREPORT /);
  });

  test('continue when the client disconnects', async () => {
    const { invoke, folder } = await start();
    const file = join(folder, 'notes.txt');
    const abort = new AbortController();
    const aborted = invoke('pid', { ms: 300 }, {}, abort.signal).catch(() => 'gone');
    setTimeout(() => abort.abort(), 100);
    expect(await aborted).toBe('gone');
    await invoke('notes', { file });
    expect((await readFile(file, 'utf8')).trim().split('\n')).toHaveLength(1);
  });
});

describe('the init phase', () => {
  test('is repeated within the function’s timeout after it timed out', async () => {
    const { invoke } = await start({ initTimeoutMs: 150 });
    const { result, log } = await invoke('slow');
    expect(result).toBe('loaded');
    expect(log).toMatch(/INIT_REPORT Init Duration: 150\.00 ms\tPhase: init\tStatus: timeout\n/);
    expect(parseReport(log)?.status).toBeUndefined();
  });

  test('is aborted by the function’s timeout', async () => {
    const { invoke } = await start({ initTimeoutMs: 150 });
    expect(await invoke('tooSlow')).toMatchObject({
      FunctionError: 'Unhandled',
      result: { errorType: 'Sandbox.Timedout', errorMessage: expect.stringContaining('0.20 seconds') },
    });
  });

  test('loads TypeScript', async () => {
    const { invoke } = await start();
    expect(await invoke('typed', { name: 'Ada' })).toMatchObject({ result: 'typed Ada' });
  });

  test('without the bundle that compiles, loads TypeScript if Node.js supports it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'li-bootstrap-'));
    const nodeBootstrap = join(folder, 'nodeBootstrap.js');
    await cp(LOCAL_RUNTIMES.runtimes.nodeBootstrap, nodeBootstrap);
    const { invoke } = await start({ runtimes: { ...LOCAL_RUNTIMES.runtimes, nodeBootstrap } });
    const { result } = await invoke('typed', { name: 'Ada' });
    await rm(folder, { recursive: true });
    const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
    const canStripTypes = major > 22 || (major === 22 && minor >= 6);
    const refusal: unknown = expect.objectContaining({
      errorMessage: expect.stringContaining('TypeScript requires Node.js 22.6'),
    });
    expect(result).toEqual(canStripTypes ? 'typed Ada' : refusal);
  });

  test('reports the path of a missing interpreter', async () => {
    const { invoke } = await start({ runtimes: { nodeBootstrap: 'x', pythonBootstrap: 'x', node: '/nowhere/node' } });
    expect(await invoke('pid')).toMatchObject({
      result: { errorType: 'Runtime.InvalidEntrypoint', errorMessage: expect.stringContaining('/nowhere/node') },
    });
  });
});

test('a function is killed at its timeout', async () => {
  const { invoke } = await start();
  expect(await invoke('short', { ms: 600 })).toMatchObject({
    result: { errorType: 'Sandbox.Timedout', errorMessage: expect.stringContaining('0.30 seconds') },
  });
});

test('the process of a function that timed out is killed', async () => {
  const { invoke, folder } = await start();
  const [gate, started] = [join(folder, 'never'), join(folder, 'started')];
  expect(await invoke('waitsTooLong', { gate, started })).toMatchObject({ result: { errorType: 'Sandbox.Timedout' } });
  const [pid] = await lines(started);
  await expect.poll(() => isAlive(Number(pid))).toBe(false);
});

test('an SDK in a handler can’t find the user’s credentials', async () => {
  const { invoke } = await start();
  expect((await invoke('environment')).result).toMatchObject({
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
  });
});

test('a dry run doesn’t run the function', async () => {
  const { invoke, folder } = await start({ maxProcesses: 1 });
  const file = join(folder, 'notes.txt');
  expect((await invoke('notes', { file }, { InvocationType: 'DryRun' })).StatusCode).toBe(204);
  // It would have used the only process or written a line.
  const { StatusCode, requestId } = await invoke('notes', { file });
  expect(StatusCode).toBe(200);
  expect(await lines(file)).toEqual([requestId]);
});

describe('Events', () => {
  test('are retried twice with the same request ID', async () => {
    const { invoke, folder } = await start({ retryDelaysMs: [20, 40] });
    const file = join(folder, 'notes.txt');
    const { StatusCode, requestId } = await invoke('notes', { file, fails: true }, { InvocationType: 'Event' });
    expect(StatusCode).toBe(202);
    await expect.poll(() => lines(file), { timeout: 10_000 }).toEqual([requestId, requestId, requestId]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await lines(file)).toHaveLength(3);
  });

  test('are retried as often as configured', async () => {
    const { invoke, folder } = await start({ retryDelaysMs: [20, 40] });
    const file = join(folder, 'notes.txt');
    await invoke('notesOnce', { file, fails: true }, { InvocationType: 'Event' });
    await expect.poll(() => lines(file), { timeout: 10_000 }).toHaveLength(1);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await lines(file)).toHaveLength(1);
  });

  test('wait while all processes are busy', async () => {
    const workspace = await start({ maxProcesses: 1 });
    const file = join(workspace.folder, 'notes.txt');
    const { responses, started, release } = startBlocked(workspace, 'waits', 1);
    await expect.poll(started, { timeout: 10_000 }).toBe(1);
    expect((await workspace.invoke('notes', { file }, { InvocationType: 'Event' })).StatusCode).toBe(202);
    expect(await lines(file)).toEqual([]);
    await release();
    await Promise.all(responses);
    await expect.poll(() => lines(file), { timeout: 10_000 }).toHaveLength(1);
  });
});
