import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { LOCAL_DEFAULTS } from '../../../../src/core/functions/localFunctions.ts';
import { FunctionPool, type PoolOptions } from '../../../../src/local/process/functionPool.ts';
import type { WorkspaceFunction } from '../../../../src/local/workspace/workspaceFunctions.ts';
import { isAlive } from '../../../support/isAlive.ts';
import { LOCAL_RUNTIMES } from '../../../support/localRuntimes.ts';

/** Returns its process and whether it has no credentials. With a gate, waits until that file exists. */
const HANDLER = `const { existsSync, writeFileSync } = require('node:fs');
exports.handler = async ({ gate }) => {
  if (gate !== undefined) writeFileSync(gate + '-started', '');
  while (gate !== undefined && !existsSync(gate)) await new Promise((resolve) => setTimeout(resolve, 5));
  return { pid: process.pid, isLimited: process.env.AWS_CONFIG_FILE === require('node:os').devNull };
};`;

let folder: string;
let pool: FunctionPool | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'li-pool-'));
  await writeFile(join(folder, 'index.js'), HANDLER);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

afterEach(() => {
  vi.restoreAllMocks(); // before the clock's own methods are restored
  vi.useRealTimers();
  pool?.close();
});

function createPool(options: Partial<PoolOptions> = {}): FunctionPool {
  pool = new FunctionPool(() => 'stamp', { ...LOCAL_RUNTIMES, ...options });
  return pool;
}

const definitions = new Map<string, WorkspaceFunction>();

/** Each function keeps its definition, as in a workspace without changes. */
function definitionOf(name: string): WorkspaceFunction {
  const fn = { ...LOCAL_DEFAULTS, handler: 'index.handler', timeout: 60 };
  const definition = definitions.get(name) ?? {
    name,
    plainName: name,
    otherNames: [],
    fn,
    taskRoot: folder,
    folder,
    file: '',
    notes: [],
  };
  definitions.set(name, definition);
  return definition;
}

interface Result {
  readonly pid: number;
  readonly isLimited: boolean;
}

async function run(on: FunctionPool, name = 'f', event: object = {}): Promise<Result> {
  const { payload } = await on.run({
    definition: definitionOf(name),
    version: '$LATEST',
    event: { requestId: randomUUID(), body: Buffer.from(JSON.stringify(event)), headers: {} },
  });
  return JSON.parse(payload.toString('utf8')) as Result;
}

/** Starts an event that runs until `finish`. */
async function startBlocked(on: FunctionPool, name = 'f') {
  const gate = join(folder, randomUUID());
  const result = run(on, name, { gate });
  await expect.poll(() => existsSync(`${gate}-started`)).toBe(true);
  return {
    async finish(): Promise<Result> {
      await writeFile(gate, '');
      return result;
    },
  };
}

describe.each([
  ['a restart', (on: FunctionPool) => on.restart('f')],
  ['other settings', (on: FunctionPool) => on.configure({ ...LOCAL_RUNTIMES, hasCredentials: true })],
])('%s', (title, change) => {
  const isLimited = title === 'a restart';

  test('applies to later events, and a running event finishes in its process', async () => {
    const on = createPool();
    const blocked = await startBlocked(on);
    change(on);
    const later = await run(on);
    const earlier = await blocked.finish();
    expect(earlier).toEqual({ pid: expect.any(Number) as unknown, isLimited: true });
    expect(later).toEqual({ pid: expect.any(Number) as unknown, isLimited });
    expect(later.pid).not.toBe(earlier.pid);
    await expect.poll(() => isAlive(earlier.pid)).toBe(false);
    expect(await run(on)).toEqual(later);
  });

  test('kills idle processes immediately', async () => {
    const on = createPool();
    const before = await run(on);
    change(on);
    await expect.poll(() => isAlive(before.pid)).toBe(false);
    const after = await run(on);
    expect(after.pid).not.toBe(before.pid);
    expect(after.isLimited).toBe(isLimited);
  });

  test('applies to an event whose process is being started: it finishes, and its process isn’t used again', async () => {
    const on = createPool();
    const starting = run(on);
    change(on);
    const { pid } = await starting;
    await expect.poll(() => isAlive(pid)).toBe(false);
    expect((await run(on)).pid).not.toBe(pid);
  });
});

test('a restart affects only its function', async () => {
  const on = createPool();
  const other = await run(on, 'other');
  on.restart('f');
  expect(await run(on, 'other')).toEqual(other);
});

test('another concurrency limit applies to the next event', async () => {
  const on = createPool({ maxProcesses: 2 });
  const blocked = await startBlocked(on);
  on.configure({ ...LOCAL_RUNTIMES, maxProcesses: 1 });
  await expect(run(on)).rejects.toMatchObject({ Reason: 'ConcurrentInvocationLimitExceeded' });
  on.configure({ ...LOCAL_RUNTIMES, maxProcesses: 2 });
  expect((await run(on)).pid).toBeGreaterThan(0);
  await blocked.finish();
});

test('the process that has been idle for the longest time is killed for a new one at the limit', async () => {
  const on = createPool({ maxProcesses: 2 });
  const a = await run(on, 'a');
  const b = await run(on, 'b');
  expect(await run(on, 'a')).toEqual(a);
  const c = await run(on, 'c');
  await expect.poll(() => [a, b, c].map(({ pid }) => isAlive(pid))).toEqual([true, false, true]);
});

function isKnown(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('a process that has exited while idle takes no place of another one', async () => {
  const on = createPool({ maxProcesses: 2 });
  const first = await run(on, 'a');
  const second = await run(on, 'b');
  process.kill(second.pid, 'SIGKILL');
  // A zombie is known until Node reports its exit.
  await expect.poll(() => isKnown(second.pid)).toBe(false);
  await run(on, 'c');
  expect(isAlive(first.pid)).toBe(true);
  expect((await run(on, 'a')).pid).toBe(first.pid);
});

describe('idle processes', () => {
  const IDLE_MS = 100_000;

  /** Time stands still, except for the file system and other processes. */
  const stopClock = () => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });

  test('are killed after the idle time since their last event', async () => {
    const on = createPool({ idleMs: IDLE_MS });
    // Start both before the clock stops, which polling needs.
    const blocked = await startBlocked(on);
    stopClock();
    const first = await run(on);
    const second = await blocked.finish();
    vi.advanceTimersByTime(IDLE_MS * 0.6);
    expect(await run(on)).toEqual(second);
    vi.advanceTimersByTime(IDLE_MS * 0.6);
    vi.useRealTimers();
    await expect.poll(() => isAlive(first.pid)).toBe(false);
    expect(isAlive(second.pid)).toBe(true);
  });

  test('have one timer', async () => {
    stopClock();
    const schedule = vi.spyOn(globalThis, 'setTimeout');
    const on = createPool({ idleMs: IDLE_MS });
    for (let count = 0; count < 3; count++) await Promise.all(['a', 'b', 'c'].map((name) => run(on, name)));
    expect(schedule.mock.calls.filter(([, ms]) => ms === IDLE_MS)).toHaveLength(1);
    vi.advanceTimersByTime(IDLE_MS * 2);
    const timers = vi.getTimerCount();
    on.close();
    expect(vi.getTimerCount()).toBe(timers); // none was left for processes that have been killed
  });
});
