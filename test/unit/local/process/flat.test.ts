import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { collectGarbage } from '../../../support/collectGarbage.ts';
import { invokeOnce, invokeRepeatedly } from '../../../support/rawInvoke.ts';
import { signInvoke } from '../../../support/signedInvoke.ts';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../support/temporaryWorkspace.ts';

const PROCESSES = 4;
const WARM_CALLS = 10_000;
const CONCURRENT_CALLS = 3000;

/** The log of a thousand calls fills the buffer of the function's log. */
const HANDLER = `exports.handler = async ({ ms }) => {
  process.stdout.write('${'x'.repeat(2100)}\\n');
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
  return 'done';
};`;

let workspace: TemporaryWorkspace;

beforeAll(async () => {
  workspace = await startTemporaryWorkspace(
    { 'index.js': HANDLER },
    { f: { handler: 'index.handler', timeout: 60 } },
    { maxProcesses: PROCESSES },
  );
});

afterAll(() => workspace.close());

const invocation = (ms: number) => signInvoke({ url: workspace.url, name: 'f', event: { ms } });

async function callWarm(calls: number): Promise<void> {
  const request = await invocation(0);
  await Promise.all(Array.from({ length: PROCESSES }, () => invokeRepeatedly(request, calls / PROCESSES)));
}

/** The statuses of concurrent calls, each on its own connection. */
async function callConcurrently(calls: number): Promise<Set<number>> {
  const request = await invocation(50);
  return new Set(await Promise.all(Array.from({ length: calls }, () => invokeOnce(request))));
}

const countActive = (type: string) => process.getActiveResourcesInfo().filter((each) => each === type).length;

/** The handles of this process, as `type count`, and its open files. */
function handles(): string[] {
  const types = ['PipeWrap', 'ProcessWrap', 'TCPSocketWrap', 'TCPServerWrap', 'Immediate'];
  const files = process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0;
  return [...types.map((type) => `${type} ${countActive(type)}`), `files ${files}`];
}

/** The memory in use, in MB. */
function memory(): number {
  collectGarbage();
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
}

test('10,000 warm and 3,000 concurrent calls leave nothing behind', async () => {
  await callConcurrently(300);
  await callWarm(1000);
  const idle = handles();
  const timers = countActive('Timeout');
  const before = memory();

  await callWarm(WARM_CALLS);
  await expect.poll(handles).toEqual(idle);
  const afterWarm = memory();

  const statuses = await callConcurrently(CONCURRENT_CALLS);
  expect([...statuses].toSorted()).toEqual([200, 429]);
  await expect.poll(handles).toEqual(idle);
  expect(countActive('Timeout')).toBe(timers);

  // 0.2 kB per call would be more.
  expect(afterWarm - before).toBeLessThan(2);
  expect(memory() - before).toBeLessThan(2);
  expect((await workspace.invoke('f')).result).toBe('done');
}, 600_000);
