import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, test } from 'vitest';
import { killTrees, type ProcessTree } from '../../../../src/local/process/killTree.ts';
import { descendantsInTable, environment, processIds } from '../../../../src/local/process/processTree.ts';
import { isAlive } from '../../../support/isAlive.ts';
import { FAMILY_CODE, killable, STORM, type ProcessFamily } from '../../../support/processFamily.ts';

const isLinux = process.platform === 'linux';

let started: number[] = [];

afterEach(() => {
  for (const pid of started.filter(isAlive)) process.kill(pid, 'SIGKILL');
  started = [];
});

const newId = () => randomBytes(16).toString('hex');

/** Starts a process as the endpoint starts a handler: in its own group, and with an ID in its environment. */
function start(program: string, args: readonly string[], id: string): ChildProcess {
  const env = { ...process.env, AWS_LAMBDA_LOG_STREAM_NAME: `2026/01/31/[$LATEST]${id}` };
  const child = spawn(program, args, { detached: true, env, stdio: ['ignore', 'pipe', 'inherit'] });
  started.push(Number(child.pid));
  return child;
}

const treeOf = (child: ChildProcess, id: string): ProcessTree => ({ pid: Number(child.pid), envMarker: `${id}\0` });

/** Starts a Node.js process with a family, and then runs more code in it. */
async function startFamily(id: string, code: string) {
  const script = `${FAMILY_CODE} startFamily().then((family) => { console.log(JSON.stringify(family)); ${code} });`;
  const child = start(process.execPath, ['-e', script], id);
  const [line] = (await once(createInterface(child.stdout ?? process.stdin), 'line')) as [string];
  const family = JSON.parse(line) as ProcessFamily;
  started.push(...Object.values(family));
  return { child, family };
}

describe.skipIf(process.platform === 'win32')('killTrees kills', () => {
  test('children, however they were started', async () => {
    const id = newId();
    const { child, family } = await startFamily(id, '');
    const pids = killable(family);
    expect(pids.filter(isAlive)).toEqual(pids);
    killTrees([treeOf(child, id)]);
    await expect.poll(() => pids.filter(isAlive)).toEqual([]);
  });

  test('what is left of a process that has exited', async () => {
    const id = newId();
    const { child, family } = await startFamily(id, 'process.exit()');
    await once(child, 'exit');
    killTrees([treeOf(child, id)]);
    const { self, child: sameGroup, detached, orphan } = family;
    const pids = [self, sameGroup, ...(isLinux ? [detached, orphan] : [])];
    await expect.poll(() => pids.filter(isAlive)).toEqual([]);
  });

  test('no other processes', async () => {
    const [id, other] = [newId(), newId()];
    const child = start('sleep', ['600'], id);
    const others = [other, `${id}0`, id.slice(0, -1)].map((each) => start('sleep', ['600'], each));
    killTrees([treeOf(child, id)]);
    await once(child, 'exit');
    // What has the same ID is found even without a parent, and after an earlier search has ended.
    const orphan = start('sleep', ['600'], id);
    killTrees([treeOf(child, id)]);
    if (isLinux) await once(orphan, 'exit');
    expect(others.map(({ pid }) => isAlive(Number(pid)))).toEqual([true, true, true]);
  });
});

test.runIf(isLinux)('killTrees kills processes that start others meanwhile', async () => {
  const id = newId();
  const storm = start('/bin/sh', ['-c', STORM], id);
  const running = () => processIds().filter((pid) => environment(pid).includes(id));
  await once(storm.stdout ?? storm, 'data');
  expect(running().length).toBeGreaterThan(10);
  killTrees([treeOf(storm, id)]);
  await expect.poll(running).toEqual([]);
});

test('descendants in the output of ps are found at any depth', () => {
  const table = '    1     0\n   20     1\n  300    20\n 4000   300\n   21     1\n';
  expect(descendantsInTable([20], table)).toEqual([300, 4000]);
  expect(descendantsInTable([21, 300], table)).toEqual([4000]);
  expect(descendantsInTable([5], '')).toEqual([]);
});
