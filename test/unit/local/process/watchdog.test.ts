import { spawn } from 'node:child_process';
import { readdirSync, readlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { descendants, environment, processIds } from '../../../../src/local/process/processTree.ts';
import { Watchdog } from '../../../../src/local/process/watchdog.ts';
import { WATCHDOG_SCRIPT } from '../../../../src/local/process/watchdogScript.ts';
import { isAlive } from '../../../support/isAlive.ts';
import { startLocalHost, type LocalHost } from '../../../support/localHost.ts';
import { FAMILY_CODE, killable, STORM, type ProcessFamily } from '../../../support/processFamily.ts';

const CODE = `${FAMILY_CODE}
const { renameSync, writeFileSync } = require('node:fs');
exports.warm = startFamily;
exports.storms = () => new Promise((resolve) => {
  spawn('/bin/sh', ['-c', ${JSON.stringify(STORM)}], { stdio: ['ignore', 'pipe', 'ignore'] }).stdout.once('data', resolve);
});
exports.busy = async ({ file }) => {
  writeFileSync(file + '.part', JSON.stringify(await startFamily()));
  renameSync(file + '.part', file);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
};`;

let local: LocalHost | undefined;
let known: number[] = [];

/** Starts an endpoint with an idle handler and a busy one. `all` contains the processes that must end. */
async function start() {
  const started = await startLocalHost(CODE, ['warm', 'busy', 'storms']);
  local = started;
  const file = join(started.folder, 'busy.json');
  await started.invoke('busy', { file }, { InvocationType: 'Event' });
  const warm = (await started.invoke('warm')) as ProcessFamily;
  const read = async () => readFile(file, 'utf8').catch(() => undefined);
  await expect.poll(read).toBeDefined();
  const busy = JSON.parse((await read()) ?? '') as ProcessFamily;
  known = [...Object.values(warm), ...Object.values(busy)];
  const all = [...new Set([...started.processes(), ...killable(warm), ...killable(busy)])];
  expect(all.filter(isAlive)).toEqual(all);
  /** The watchdog is the only child of the endpoint that isn't a handler. */
  const watchdogs = () => descendants([started.pid]).filter((pid) => !known.includes(pid));
  return { ...started, all, watchdogs };
}

afterEach(async () => {
  for (const pid of known.filter(isAlive)) process.kill(pid, 'SIGKILL');
  known = [];
  await local?.close();
  local = undefined;
});

describe.skipIf(process.platform === 'win32')('all processes end after', () => {
  test('the extension host was killed', async () => {
    const { host, all } = await start();
    host.kill('SIGKILL');
    await expect.poll(() => all.filter(isAlive)).toEqual([]);
  });

  test('the extension host was killed while the endpoint was blocked', async () => {
    const { host, pid, all } = await start();
    process.kill(pid, 'SIGSTOP'); // to the watchdog, the same as a blocked event loop
    host.kill('SIGKILL');
    await expect.poll(() => all.filter(isAlive)).toEqual([]);
  });

  test('a blocked endpoint was stopped', async () => {
    const { host, pid, all, stop } = await start();
    process.kill(pid, 'SIGSTOP');
    stop();
    await expect.poll(() => all.filter(isAlive)).toEqual([]);
    expect(isAlive(Number(host.pid))).toBe(true);
  });

  test('the endpoint was killed', async () => {
    const { pid, all } = await start();
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => all.filter(isAlive)).toEqual([]);
  });

  test('the watchdog was killed, and then the endpoint', async () => {
    const { pid, all, watchdogs } = await start();
    const before = watchdogs();
    process.kill(Number(before[0]), 'SIGKILL');
    const restarted = () => watchdogs().filter((each) => !before.includes(each));
    await expect.poll(() => restarted().length).toBe(before.length);
    const after = restarted();
    await expect.poll(() => before.filter(isAlive)).toEqual([]);
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => [...all, ...after].filter(isAlive)).toEqual([]);
  });

  test('the endpoint was stopped', async () => {
    const { all, stop } = await start();
    stop();
    await expect.poll(() => all.filter(isAlive)).toEqual([]);
  });
});

/** What the descriptors of a process refer to. Linux only. */
function descriptors(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`));
  } catch {
    return []; // the process has ended
  }
}

test.runIf(process.platform === 'linux')('handlers have no copy of the pipe to the extension host', async () => {
  const { pid, all, watchdogs } = await start();
  const pipe = readlinkSync(`/proc/${pid}/fd/4`);
  expect(pipe).toMatch(/^socket:/);
  const hasPipe = (each: number) => descriptors(each).includes(pipe);
  expect(all.filter(hasPipe).toSorted()).toEqual([pid, ...watchdogs()].toSorted());
});

test.runIf(process.platform === 'linux')('the watchdog kills processes that start others meanwhile', async () => {
  const started = await start();
  const running = () => processIds().filter((pid) => environment(pid).includes(started.folder));
  await started.invoke('storms');
  expect(running().length).toBeGreaterThan(10);
  process.kill(started.pid, 'SIGKILL');
  await expect.poll(running).toEqual([]);
});

function startSleep(env: Record<string, string> = {}): number {
  const child = spawn('sleep', ['600'], { detached: true, stdio: 'ignore', env: { ...process.env, ...env } });
  known.push(Number(child.pid));
  return Number(child.pid);
}

test.skipIf(process.platform === 'win32')('the watchdog kills only what belongs to handlers', async () => {
  const watchdog = new Watchdog();
  const { mark } = watchdog;
  const [added, removed] = [startSleep(), startSleep()];
  const marked = startSleep({ AWS_LAMBDA_LOG_STREAM_NAME: `2026/01/31/[$LATEST]${mark}0123456789abcdef` });
  const others = [
    startSleep({ AWS_LAMBDA_LOG_STREAM_NAME: `2026/01/31/[$LATEST]0123456789abcdef${mark}` }),
    startSleep({ OTHER: `${mark} ==> /proc/${removed}/environ <==` }),
  ];
  const before = descendants([process.pid]);
  watchdog.add(added);
  const [shell = NaN] = descendants([process.pid]).filter((pid) => !before.includes(pid));
  expect(isAlive(shell)).toBe(true);
  watchdog.add(removed);
  watchdog.remove(removed);
  watchdog.close();
  await expect.poll(() => isAlive(shell)).toBe(false);
  expect([added, ...(process.platform === 'linux' ? [marked] : [])].filter(isAlive)).toEqual([]);
  expect([removed, ...others].filter(isAlive)).toEqual([removed, ...others]);
});

test('the watchdog passes process groups to kill only in the form that every program reads as a group', () => {
  const commands = WATCHDOG_SCRIPT.match(/^[^#\n]*\bkill .*$/gm) ?? [];
  expect(commands.length).toBeGreaterThan(2);
  for (const command of commands) expect(command).not.toMatch(/\bkill (?!-s \S+ (?:"\$|-- "-))/);
});
