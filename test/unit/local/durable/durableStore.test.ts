import { appendFile, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { LocalEndpoint } from '../../../../src/local/http/localEndpoint.ts';
import { LOCAL_RUNTIMES } from '../../../support/localRuntimes.ts';
import { LOCAL_KEYS } from '../../../support/localWorkspace.ts';
import { startDurableWorkspace, type DurableWorkspace } from '../../../support/durableWorkspace.ts';

const CODE = `const { durable, note } = require('./durable.js');
exports.notes = durable(async ({ file }, ctx) => {
  await ctx.step('first', () => note(file, 'first'));
  const answer = await ctx.callback('answer', { TimeoutSeconds: 60 });
  await ctx.step('second', () => note(file, 'second'));
  return answer;
});
exports.waits = durable(async (event, ctx) => { await ctx.wait('long', 3600); return 'over'; });
exports.naps = durable(async (event, ctx) => { await ctx.wait('nap', 1); return 'awake'; });
exports.quick = durable((event) => event);
exports.calls = durable((event, ctx) => ctx.invoke('call', 'waits:$LATEST', {}));
exports.variables = durable(async (event, ctx) => { await ctx.wait('long', 3600); return process.env.GIVEN ?? 'none'; });`;

const NAMES = ['naps', 'notes', 'waits', 'quick', 'calls', 'variables'];
const FUNCTIONS = {
  ...Object.fromEntries(NAMES.map((name) => [name, { handler: `index.${name}`, memorySize: 512 }])),
  brief: { handler: 'index.quick', durable: { retentionPeriodInDays: 1 } },
};
const DAY_MS = 86_400_000;

describe('stored durable executions', () => {
  let workspace: DurableWorkspace;

  afterEach(async () => {
    vi.useRealTimers();
    await workspace.close();
  });

  /** Sets the clock. Timers continue. */
  function passTime(ms: number): void {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms });
  }

  const start = async () => {
    workspace = await startDurableWorkspace(CODE, FUNCTIONS);
    return workspace;
  };
  const view = (arn: string) => workspace.execution(arn);
  async function waitingFor(arn: string): Promise<void> {
    await expect.poll(async () => (await view(arn))?.open).toHaveLength(1);
  }
  const pathOf = (arn: string) => join(workspace.durableFolder, `${arn.slice(arn.lastIndexOf('/') + 1)}.jsonl`);
  const statusOf = (arn: string) => async () => (await view(arn))?.status;

  test('an execution survives a restart suspended, and continues when it is resumed', async () => {
    const { folder } = await start();
    const file = join(folder, 'notes.txt');
    const arn = await workspace.begin('notes', { file });
    await waitingFor(arn);
    // Its callback would have timed out. The time when nothing ran doesn't count.
    passTime(3_600_000);
    await workspace.restart();
    expect(await view(arn)).toMatchObject({ status: 'RUNNING', isSuspended: true, functionName: 'notes' });
    await workspace.change(arn, { action: 'resume' });
    expect(await view(arn)).toMatchObject({ isSuspended: false, open: [{ kind: 'callback' }] });
    const { open = [] } = (await view(arn)) ?? {};
    await workspace.change(arn, { action: 'succeed', callbackId: open[0]?.callbackId ?? '', result: 'yes' });
    await expect.poll(statusOf(arn)).toBe('SUCCEEDED');
    expect(await readFile(file, 'utf8')).toBe('first\nsecond\n');
  });

  test('an ended execution keeps its result and its name after a restart', async () => {
    await start();
    const fields = { DurableExecutionName: 'kept' };
    const { arn } = await workspace.invoke('quick', { n: 1 }, fields);
    await workspace.restart();
    const again = await workspace.invoke('quick', { n: 1 }, fields);
    expect([again.arn, again.result]).toEqual([arn, { n: 1 }]);
    await expect(workspace.invoke('quick', { n: 2 }, fields)).rejects.toMatchObject({
      name: 'DurableExecutionAlreadyStartedException',
    });
  });

  test('invoking a suspended execution by its name and payload resumes it', async () => {
    await start();
    const arn = await workspace.begin('waits', {}, 'again');
    await waitingFor(arn);
    await workspace.restart();
    expect(await workspace.begin('waits', {}, 'again')).toBe(arn);
    expect(await view(arn)).toMatchObject({ isSuspended: false });
  });

  test('resuming an execution resumes the execution that it waits for', async () => {
    await start();
    const arn = await workspace.begin('calls');
    const childOf = async () => (await workspace.executions()).find(({ functionName }) => functionName === 'waits');
    await expect.poll(async () => (await childOf())?.open).toHaveLength(1);
    await workspace.restart();
    await workspace.change(arn, { action: 'resume' });
    await expect.poll(async () => (await childOf())?.isSuspended).toBe(false);
    await workspace.change((await childOf())?.arn ?? '', { action: 'skipWait', id: 'long' });
    await expect.poll(statusOf(arn)).toBe('SUCCEEDED');
  });

  test('the environment variables of an invocation are not stored, and the execution says so', async () => {
    await start();
    const header = Buffer.from(JSON.stringify({ GIVEN: 'a secret' })).toString('base64');
    workspace.client.middlewareStack.add(
      (next) => (args) => {
        (args.request as { headers: Record<string, string> }).headers['x-lambda-invoke-environment'] = header;
        return next(args);
      },
      { step: 'build' },
    );
    const arn = await workspace.begin('variables');
    await waitingFor(arn);
    expect(await readFile(pathOf(arn), 'utf8')).not.toContain('a secret');
    await workspace.restart();
    await workspace.change(arn, { action: 'resume' });
    expect((await view(arn))?.warnings).toMatchObject([{ code: 'durableVariablesGone' }]);
  });

  test.skipIf(process.platform === 'win32')('only the owner can read the files and their folder', async () => {
    await start();
    const { arn } = await workspace.invoke('quick');
    expect((await stat(pathOf(arn))).mode & 0o777).toBe(0o600);
    expect((await stat(workspace.durableFolder)).mode & 0o777).toBe(0o700);
  });

  test('a line that a crash has cut is ignored, and the execution continues', async () => {
    await start();
    const arn = await workspace.begin('waits');
    await waitingFor(arn);
    workspace.stop();
    await appendFile(pathOf(arn), `{"entry":"ended","status":"FAILED","result":"${'x'.repeat(10_000)}`);
    await workspace.start();
    await workspace.change(arn, { action: 'resume' });
    await workspace.change(arn, { action: 'skipWait', id: 'long' });
    await expect.poll(statusOf(arn)).toBe('SUCCEEDED');
    await workspace.restart();
    expect(await view(arn)).toMatchObject({ status: 'SUCCEEDED' });
    expect(workspace.problems).toEqual([]);
  });

  test('damaged files are reported and kept, and the others are read', async () => {
    await start();
    const { arn } = await workspace.invoke('quick', { n: 1 });
    const { arn: other } = await workspace.invoke('quick', { n: 2 });
    workspace.stop();
    const text = await readFile(pathOf(arn), 'utf8');
    await writeFile(pathOf(arn), text.replace('"entry":"invoked"', '"entry:"'));
    await writeFile(join(workspace.durableFolder, 'newer.jsonl'), '{"version":2}\n');
    await mkdir(join(workspace.durableFolder, 'folder.jsonl'));
    await workspace.start();
    expect((await workspace.executions()).map((each) => each.arn)).toEqual([other]);
    expect(workspace.problems).toHaveLength(3);
    expect(workspace.problems.join('\n')).toContain(`Can't read the durable execution in ${pathOf(arn)}`);
    expect(await readdir(workspace.durableFolder)).toContain('newer.jsonl');
  });

  test('entries and fields of a newer version are kept', async () => {
    await start();
    const arn = await workspace.begin('waits');
    await waitingFor(arn);
    workspace.stop();
    const line = JSON.stringify({ entry: 'paused', at: Date.now(), by: 'a newer version' });
    await appendFile(pathOf(arn), `${line}\n`);
    await workspace.start();
    await workspace.change(arn, { action: 'resume' });
    await workspace.change(arn, { action: 'skipWait', id: 'long' });
    await expect.poll(statusOf(arn)).toBe('SUCCEEDED');
    expect(await readFile(pathOf(arn), 'utf8')).toContain(line);
  });

  test('while another process uses the files, executions are in memory only', async () => {
    await start();
    const { arn } = await workspace.invoke('quick');
    const problems: string[] = [];
    const second = new LocalEndpoint({
      keys: LOCAL_KEYS,
      folders: [workspace.folder],
      ...LOCAL_RUNTIMES,
      durableFolder: workspace.durableFolder,
      onProblem: (problem) => problems.push(problem),
    });
    expect(await second.control({ what: 'durableExecutions' })).toMatchObject({ executions: [] });
    expect(problems).toEqual([expect.stringContaining('Another process uses the stored durable executions')]);
    second.close();
    expect(await view(arn)).toMatchObject({ status: 'SUCCEEDED' });
  });

  test.each([
    ['of a process that has ended', '999999999 gone', new Date()],
    ['that its owner does not renew', `${process.pid} old`, new Date(Date.now() - 60_000)],
    ['from before the clock was set back', `${process.pid} ahead`, new Date(Date.now() + 3_600_000)],
  ])('a lock %s is taken over', async (_, owner, time) => {
    await start();
    workspace.stop();
    await mkdir(workspace.durableFolder, { recursive: true });
    const lock = join(workspace.durableFolder, 'lock');
    await writeFile(lock, owner);
    await utimes(lock, time, time);
    await workspace.start();
    await workspace.invoke('quick');
    expect(workspace.problems).toEqual([]);
  });

  test('an execution whose file cannot be written is reported once and continues', async () => {
    await start();
    const arn = await workspace.begin('waits');
    await waitingFor(arn);
    await rm(pathOf(arn));
    await workspace.change(arn, { action: 'skipWait', id: 'long' });
    await expect.poll(statusOf(arn)).toBe('SUCCEEDED');
    expect(workspace.problems).toEqual([expect.stringContaining("Can't write the durable execution to")]);
  });

  test('a wait ends in its time although the clock is set back', async () => {
    await start();
    const arn = await workspace.begin('naps');
    await waitingFor(arn);
    passTime(-DAY_MS);
    await expect.poll(statusOf(arn)).toBe('SUCCEEDED');
  });

  test('after a restart, a wait takes at most its time although the clock was set back', async () => {
    await start();
    const arn = await workspace.begin('naps');
    await waitingFor(arn);
    workspace.stop();
    passTime(-DAY_MS);
    await workspace.start();
    await workspace.change(arn, { action: 'resume' });
    await expect.poll(statusOf(arn)).toBe('SUCCEEDED');
  });

  test('a wait that ended while nothing ran is over when the execution is resumed', async () => {
    await start();
    const arn = await workspace.begin('waits');
    await waitingFor(arn);
    workspace.stop();
    passTime(DAY_MS);
    await workspace.start();
    await workspace.change(arn, { action: 'resume' });
    await expect.poll(statusOf(arn)).toBe('SUCCEEDED');
  });

  test('ended executions are deleted after their retention period', async () => {
    await start();
    const { arn: kept } = await workspace.invoke('quick');
    const { arn: dropped } = await workspace.invoke('brief');
    passTime(2 * DAY_MS);
    await workspace.restart();
    expect((await workspace.executions()).map(({ arn }) => arn)).toEqual([kept]);
    expect(await readdir(workspace.durableFolder)).not.toContain(pathOf(dropped).split('/').at(-1));
    passTime(13 * DAY_MS);
    await workspace.restart();
    expect(await workspace.executions()).toEqual([]);
  });

  test('the oldest ended executions are deleted when they exceed 64 MB', async () => {
    await start();
    const event = { text: 'x'.repeat(5_000_000) };
    const arns: string[] = [];
    for (let count = 0; count < 7; count++) arns.push((await workspace.invoke('quick', event)).arn);
    const kept = (await workspace.executions()).map(({ arn }) => arn);
    expect(kept).toEqual(arns.slice(1).reverse());
    const { length } = (await readdir(workspace.durableFolder)).filter((name) => name.endsWith('.jsonl'));
    expect(length).toBe(6);
  });

  test('Clear Durable Executions stops and deletes all executions', async () => {
    await start();
    const arn = await workspace.begin('waits');
    await waitingFor(arn);
    await workspace.invoke('quick');
    await writeFile(join(workspace.durableFolder, 'damaged.jsonl'), 'x\n');
    await workspace.clear();
    expect(await workspace.executions()).toEqual([]);
    expect((await readdir(workspace.durableFolder)).filter((name) => name.endsWith('.jsonl'))).toEqual([]);
    expect((await workspace.invoke('quick', { after: true })).result).toEqual({ after: true });
  });
});
