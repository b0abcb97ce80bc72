import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NODE, startHostile, type HostileWorkspace } from '../../../support/hostileHandlers.ts';

/** Writes more than the 4 KB of a log tail. */
const LOGS = `for (let line = 1; line <= 200; line++) console.log('line ' + line + ' of ' + event.name);`;

let workspace: HostileWorkspace;

beforeAll(async () => {
  workspace = await startHostile(NODE, [
    {
      code: `async (event) => {
        if (event.gate !== undefined) while (!fs.existsSync(event.gate)) await sleep(5);
        ${LOGS}
        if (event.fails) throw new Error('after the log');
        return event.name;
      }`,
    },
    { code: 'async () => 1', settings: { runtime: 'nodejs16.x' } },
    { code: 'async () => 1', settings: { runtime: 'nodejs16.x', logFormat: 'JSON' } },
    { code: `async () => { for (let n = 0; n < 40; n++) console.log('x'.repeat(50000)); }` },
    {
      code: `async ({ gate, written }) => {
        if (gate === undefined) return;
        const timer = setInterval(() => {
          if (!fs.existsSync(gate)) return;
          clearInterval(timer);
          console.log('late line');
          for (let n = 0; n < 20_000; n++) console.log('more '.repeat(20));
          process.stdout.write('', () => fs.writeFileSync(written, ''));
        }, 5);
      }`,
    },
  ]);
});

afterAll(() => workspace.close());

async function logOf(requestId: string | undefined): Promise<string | undefined> {
  const log = await workspace.endpoint.control({ what: 'invocationLog', requestId: requestId ?? '' });
  return typeof log === 'string' ? log : undefined;
}

function expectWhole(log: string | undefined, requestId: string | undefined, name: string): void {
  const lines = (log ?? '').trimEnd().split('\n');
  expect(lines[0]).toContain(`START RequestId: ${requestId}`);
  expect(lines.at(-1)).toContain(`REPORT RequestId: ${requestId}`);
  const output = lines.filter((line) => line.includes('line '));
  expect(output).toHaveLength(200);
  expect(output.filter((line) => !line.endsWith(` of ${name}`))).toEqual([]);
}

test('the whole log of an invocation has everything from START to REPORT, in a new and in a warm process', async () => {
  for (const name of ['cold', 'warm']) {
    const { requestId, log } = await workspace.invoke('f0', { name });
    expect(log).not.toContain('START RequestId');
    expectWhole(await logOf(requestId), requestId, name);
  }
});

test('the logs of concurrent invocations of a function don’t mix', async () => {
  const gate = join(workspace.folder, 'open');
  const names = ['a', 'b', 'c'];
  const running = names.map((name) => workspace.invoke('f0', { name, gate }));
  await writeFile(gate, '');
  const ended = await Promise.all(running);
  for (const [at, { requestId }] of ended.entries()) expectWhole(await logOf(requestId), requestId, names[at] ?? '');
});

test('the log of an invocation starts with what the function wrote after the one before, up to 64 KB', async () => {
  const [gate, written] = [join(workspace.folder, 'ended'), join(workspace.folder, 'written')];
  const { requestId: first } = await workspace.invoke('f4', { gate, written });
  await writeFile(gate, '');
  await expect.poll(() => existsSync(written)).toBe(true);
  const { requestId: second } = await workspace.invoke('f4', {});
  expect(await logOf(first)).not.toContain('late line');
  const log = await logOf(second);
  expect(log?.split('\n')[1]).toContain('late line');
  // What the pipe still had belongs to the second invocation. Without the limit, it would be 1 MB.
  expect(log?.length).toBeLessThan(500_000);
  expect(await logOf((await workspace.invoke('f4', {})).requestId)).not.toContain('more');
});

test('the log of a failed invocation is kept', async () => {
  const { requestId, FunctionError } = await workspace.invoke('f0', { name: 'failed', fails: true });
  expect(FunctionError).toBe('Unhandled');
  const log = await logOf(requestId);
  expectWhole(log, requestId, 'failed');
  expect(log).toContain('after the log');
});

test('the log of an invocation is limited to 1 MB, and logs that were dropped are undefined', async () => {
  const { requestId: first } = await workspace.invoke('f3', {});
  const log = await logOf(first);
  expect(log?.length).toBeGreaterThan(900_000);
  expect(log?.length).toBeLessThanOrEqual(1_100_000);
  await workspace.invoke('f3', {});
  await workspace.invoke('f3', {});
  expect(await logOf(first)).toBeUndefined();
  expect(await logOf('unknown')).toBeUndefined();
});

test('the log of a cold start contains how the function differs from its deployed version', async () => {
  const note = `nodejs16.x runs on Node.js ${process.version} locally.`;
  expect((await workspace.invoke('f1')).log).toContain(`\n[Lambda Invoke] ${note}\n`);
  expect((await workspace.invoke('f1')).log).not.toContain('[Lambda Invoke]');
  expect((await workspace.invoke('f2')).log).toContain(`"type":"local.note","record":{"message":"${note}"}}\n`);
});
