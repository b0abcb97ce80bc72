/**
 * JavaScript that defines `startFamily()`: it starts a process in each way in which one can be separated from its parent,
 * and resolves with the process IDs.
 */
export const FAMILY_CODE = `
const { spawn, execFileSync } = require('node:child_process');
const { Worker } = require('node:worker_threads');
const sleeper = (options) => spawn('sleep', ['600'], { stdio: 'ignore', ...options }).pid;
const noVariables = { PATH: process.env.PATH };
const DETACH = "const options = { stdio: 'ignore', detached: true };" +
  "const { pid } = require('node:child_process').spawn('sleep', ['600'], options);";
// In another session, and its parent exits.
const orphan = () => Number(execFileSync(process.execPath, ['-e', DETACH + 'console.log(pid); process.exit()']));
const fromThread = () => new Promise((resolve) => {
  const code = DETACH + "require('node:worker_threads').parentPort.postMessage(pid); setInterval(() => {}, 1000)";
  new Worker(code, { eval: true, env: noVariables }).once('message', resolve);
});
const stopped = () => {
  const pid = sleeper({ detached: true, env: noVariables });
  process.kill(pid, 'SIGSTOP');
  return pid;
};
const startFamily = async () => ({
  self: process.pid,
  child: sleeper(),
  detached: sleeper({ detached: true }),
  noVariables: sleeper({ detached: true, env: noVariables }),
  fromThread: await fromThread(),
  stopped: stopped(),
  orphan: orphan(),
});`;

export type ProcessFamily = Readonly<
  Record<'self' | 'child' | 'detached' | 'noVariables' | 'fromThread' | 'stopped' | 'orphan', number>
>;

/** The processes that can be found while their parent runs: orphans only on Linux, by their environment. */
export function killable({ orphan, ...others }: ProcessFamily): number[] {
  return [...Object.values(others), ...(process.platform === 'linux' ? [orphan] : [])];
}

/** A shell script. Each of its 50 processes starts 10 others, each in a new session. Linux only. */
export const STORM = `n=0
while [ $n -lt 50 ]; do
  setsid sh -c 'm=0; while [ $m -lt 10 ]; do setsid sleep 600 & m=$((m + 1)); done; sleep 600' &
  n=$((n + 1))
done
echo
wait`;
