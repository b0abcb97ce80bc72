import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { isAlive } from '../../../support/isAlive.ts';
import { NODE, startHostile } from '../../../support/hostileHandlers.ts';
import { LOCAL_RUNTIMES } from '../../../support/localRuntimes.ts';
import { LOCAL_KEYS } from '../../../support/localWorkspace.ts';
import { signedInvoke } from '../../../support/signedInvoke.ts';

const isLinux = process.platform === 'linux';

/** Starts a process that has left the process group, its parent and the environment, but writes to the same stdout. */
const DAEMON = `async () => {
  const shell = spawn('sh', ['-c', 'setsid sleep 600 & echo $!'], { stdio: ['ignore', 'pipe', 'inherit'], env: { PATH: process.env.PATH } });
  const [line] = await require('node:events').once(shell.stdout, 'data');
  const pid = Number(line);
  while (!fs.readFileSync('/proc/' + pid + '/cmdline', 'latin1').startsWith('sleep')) await sleep(5);
  setImmediate(() => process.exit(1));
  return pid;
}`;

test.runIf(isLinux)('a process that escapes leaves no pipe open in the local endpoint', async () => {
  const workspace = await startHostile(NODE, [{ code: DAEMON }]);
  await workspace.invoke('healthy');
  const pipes = () => process.getActiveResourcesInfo().filter((name) => name === 'PipeWrap').length;
  const before = pipes();
  const pid = Number((await workspace.invoke('f0')).result);
  try {
    await expect.poll(pipes).toBe(before);
    expect(isAlive(pid)).toBe(true);
  } finally {
    if (pid > 1) process.kill(pid, 'SIGKILL');
    await workspace.close();
  }
});

/** The standalone process of the local endpoint, which may open only a few files. */
async function startWithFewDescriptors(folder: string) {
  const command = 'ulimit -n 64; exec "$0" "$@"';
  const args = ['-c', command, process.execPath, resolve('dist/localEndpoint.js')];
  const child = spawn('/bin/sh', args, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  child.send({ type: 'start', options: { keys: LOCAL_KEYS, folders: [folder], ...LOCAL_RUNTIMES } });
  const [{ endpoint }] = (await once(child, 'message')) as [{ endpoint: string }];
  return { child, url: endpoint };
}

test.runIf(isLinux)('the local endpoint survives if it can’t open more files', async () => {
  const workspace = await startHostile(NODE, [{ code: 'async () => { await sleep(700); return "done"; }' }]);
  const { child, url } = await startWithFewDescriptors(workspace.folder);
  const textOf = async (name: string) => {
    const response = await signedInvoke({ url, name });
    return Buffer.concat(await response.toArray()).toString('utf8');
  };
  expect(await textOf('healthy')).toBe('"fine"');
  const results = await Promise.all(Array.from({ length: 15 }, () => textOf('f0').catch(String)));
  expect(results.filter((text) => text.includes('EMFILE'))).not.toEqual([]);
  expect(results).toContain('"done"');
  child.send({ type: 'control', id: 1, request: { what: 'restart', name: 'f0' } }); // closes the descriptors
  await expect.poll(() => textOf('healthy').catch(String)).toBe('"fine"');
  child.disconnect();
  await once(child, 'exit');
  await expect.poll(() => workspace.processesOf('f0')).toEqual([]);
  await workspace.close();
});
