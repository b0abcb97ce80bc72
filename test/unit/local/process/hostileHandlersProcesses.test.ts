import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  describeHostile,
  exited,
  NODE,
  PYTHON,
  returned,
  startHostile,
  timedOutAfter,
  type HostileWorkspace,
} from '../../../support/hostileHandlers.ts';
import { isAlive } from '../../../support/isAlive.ts';

const KILLED = 'Runtime exited with error: signal: killed';
const OUT_OF_MEMORY = {
  ...exited(KILLED, 'Runtime.OutOfMemory'),
  log: expect.stringMatching(/Max Memory Used: \d+ MB\t.*Error Type: Runtime.OutOfMemory/) as unknown,
};

/** Starts 50 children in and outside the process group, with and without the output streams of the handler. */
const STORM = `for (let n = 0; n < 50; n++)
  spawn('sleep', ['600'], { stdio: n % 2 === 0 ? 'ignore' : 'inherit', detached: n % 3 === 0 });`;

const isLinux = process.platform === 'linux';

// Signals and `sleep` don't exist on Windows.
describe.skipIf(process.platform === 'win32')('signals and children', () => {
  describeHostile('a Node.js handler', NODE, [
    {
      title: 'that starts 50 processes and exits',
      code: `async () => { ${STORM} process.exit(1); }`,
      response: exited('Runtime exited with error: exit status 1'),
    },
    {
      title: 'that starts 50 processes and returns',
      code: `async () => { ${STORM} return 'started'; }`,
      response: returned('started'),
      isReusable: true,
    },
    {
      title: 'that starts 50 processes and times out',
      code: `async () => { ${STORM} for (;;); }`,
      settings: { timeout: 0.5 },
      response: timedOutAfter('0.50'),
    },
    {
      title: 'that stops itself',
      code: `async () => { process.kill(process.pid, 'SIGSTOP'); await sleep(20000); }`,
      settings: { timeout: 0.5 },
      response: timedOutAfter('0.50'),
    },
    {
      title: 'that stops its child',
      code: `async () => { process.kill(spawn('sleep', ['600'], { stdio: 'inherit' }).pid, 'SIGSTOP'); return 'stopped'; }`,
      response: returned('stopped'),
      isReusable: true,
    },
    {
      title: 'that stops its child and exits',
      code: `async () => { process.kill(spawn('sleep', ['600'], { stdio: 'inherit' }).pid, 'SIGSTOP'); process.exit(); }`,
      response: exited('Runtime exited without providing a reason'),
    },
    {
      title: 'that exits with status 0',
      code: `async () => process.exit(0)`,
      response: exited('Runtime exited without providing a reason'),
    },
    {
      title: 'that aborts',
      code: `async () => process.abort()`,
      response: exited('Runtime exited with error: signal: aborted'),
    },
    {
      title: 'with a segmentation fault',
      code: `async () => { process.kill(process.pid, 'SIGSEGV'); await sleep(20000); }`,
      response: exited('Runtime exited with error: signal: segmentation fault'),
    },
    {
      title: 'that ignores SIGTERM and never ends',
      code: `async () => { process.on('SIGTERM', () => undefined); for (;;); }`,
      settings: { timeout: 0.5 },
      response: timedOutAfter('0.50'),
    },
    {
      title: 'whose child writes to stdout without pause: the reply doesn’t wait for it',
      code: `async () => {
        const children = Array.from({ length: 4 }, () => spawn('yes', ['x'.repeat(999)], { stdio: 'inherit' }));
        await Promise.all(children.map((child) => require('node:events').once(child, 'spawn')));
        await sleep(50);
        return 'replied';
      }`,
      response: returned('replied', 'x\n'),
      isReusable: true,
    },
  ]);

  describeHostile('a Python handler', PYTHON, [
    {
      title: 'that forks and returns in both processes',
      code: `os.fork()\nreturn os.getpid() != 0`,
      response: returned(true),
      isReusable: true,
    },
    {
      title: 'whose parent process exits and whose child returns',
      code: `if os.fork() != 0: os._exit(3)\nreturn 'child'`,
      response: exited('Runtime exited with error: exit status 3'),
    },
    {
      title: 'that forks and raises in the child',
      code: `if os.fork() == 0: raise ValueError('child')\nos.wait()\nreturn 'parent'`,
      response: returned('parent'),
      isReusable: true,
    },
    {
      title: 'that leaves a non-daemon thread running',
      code: `threading.Thread(target=time.sleep, args=(600,)).start()\nreturn 'returned'`,
      response: returned('returned'),
      isReusable: true,
    },
    {
      title: 'that exits while a non-daemon thread runs',
      code: `threading.Thread(target=time.sleep, args=(600,)).start()\nsys.exit(5)`,
      response: exited(KILLED),
    },
    {
      title: 'that calls os._exit',
      code: `os._exit(4)`,
      response: exited('Runtime exited with error: exit status 4'),
    },
    {
      title: 'that calls sys.exit',
      code: `sys.exit(5)`,
      response: exited('Runtime exited with error: exit status 5'),
    },
    {
      title: 'that raises SystemExit without a status',
      code: `raise SystemExit()`,
      response: exited('Runtime exited without providing a reason'),
    },
    {
      title: 'that raises KeyboardInterrupt',
      code: `raise KeyboardInterrupt()`,
      response: exited('Runtime exited with error: signal: interrupt'),
    },
    {
      title: 'with a segmentation fault',
      code: `os.kill(os.getpid(), signal.SIGSEGV)\ntime.sleep(20)`,
      response: exited('Runtime exited with error: signal: segmentation fault'),
    },
    {
      title: 'that never ends',
      code: `while True: pass`,
      settings: { timeout: 0.5 },
      response: timedOutAfter('0.50'),
    },
  ]);
});

// Other systems don't provide the memory in use.
describe.runIf(isLinux)('memory', () => {
  describeHostile('a Node.js handler above its limit', NODE, [
    {
      title: 'in its process',
      code: `async () => { const kept = Buffer.alloc(250e6, 1); await sleep(20000); return kept; }`,
      settings: { memorySize: 150 },
      response: OUT_OF_MEMORY,
    },
    {
      title: 'in a child outside its process group',
      code: `async () => {
        const code = 'const kept = Buffer.alloc(250e6, 1); setTimeout(() => kept, 20000)';
        spawn(process.execPath, ['-e', code], { stdio: 'ignore', detached: true });
        await sleep(20000);
      }`,
      settings: { memorySize: 150 },
      response: OUT_OF_MEMORY,
    },
  ]);

  describeHostile('a Python handler', PYTHON, [
    {
      title: 'above its limit in a forked child',
      code: `if os.fork() == 0:\n    kept = b'x' * 250_000_000\n    time.sleep(20)\nos.wait()`,
      settings: { memorySize: 150 },
      response: OUT_OF_MEMORY,
    },
    {
      title: 'that shares 100 MB with five forked children is below 256 MB',
      code: `kept = b'x' * 100_000_000
children = []
for _ in range(5):
    child = os.fork()
    if child == 0:
        time.sleep(20)
        os._exit(0)
    children.append(child)
time.sleep(0.5)
for child in children:
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
return len(kept)`,
      settings: { memorySize: 256 },
      response: returned(100_000_000),
      isReusable: true,
    },
  ]);
});

describe.concurrent('a process that ends after its reply: the next event gets a new one', () => {
  const ways = [
    // Only Linux reports that the event was left unread.
    ...(isLinux ? [{ title: 'process.exit', code: 'process.exit(1)' }] : []),
    { title: 'an uncaught exception', code: `throw new Error('late')` },
    { title: 'an unhandled rejection', code: `void Promise.reject(new Error('late'))` },
  ];
  let workspace: HostileWorkspace;

  beforeAll(async () => {
    const handlers = ways.map(({ code }) => ({
      code: `async () => { setImmediate(() => { ${code} }); return process.pid; }`,
    }));
    workspace = await startHostile(NODE, handlers);
  });

  afterAll(() => workspace.close());

  test.for(ways.map(({ title }, index) => [title, index] as const))('%s', async ([, index], { expect }) => {
    const pids: number[] = [];
    for (let count = 0; count < 5; count++) {
      const { FunctionError, result, log } = await workspace.invoke(`f${index}`);
      expect([FunctionError, typeof result]).toEqual([undefined, 'number']);
      expect(log).toMatch(/REPORT .*\tInit Duration: /);
      pids.push(Number(result));
    }
    expect(new Set(pids).size).toBe(5);
    await workspace.expectHarmless(expect, `f${index}`);
    expect(pids.filter(isAlive)).toEqual([]);
  });
});
