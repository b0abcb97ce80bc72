import { cp, rename, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAlive } from '../../../support/isAlive.ts';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../support/temporaryWorkspace.ts';

const NODE = `const { spawn } = require('node:child_process');
const vm = require('node:vm');
exports.throws = async ({ what }) => {
  if (what === 'strange stack') throw Object.assign(new Error('odd'), { stack: ['a'] });
  if (what === 'circle') { const error = new Error(); error.message = {}; error.message.self = error.message; throw error; }
  if (what === 'nothing') throw Object.create(null);
  if (what === 'other realm') vm.runInNewContext('throw new TypeError("inner")');
  if (what === 'huge') throw new Error('x'.repeat(7e6));
  if (what === 'fields') throw Object.assign(new Error('with fields'), { code: 'E_ORDER', detail: { id: 7 } });
};
exports.waits = (event, context, callback) => {
  if (event.hurries) context.callbackWaitsForEmptyEventLoop = false;
  setTimeout(() => console.log('AFTERWARDS'), 200);
  callback(null, 'early');
};
exports.orphan = async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore', detached: true, env: {} });
  return child.pid;
};
exports.memory = async () => {
  const child = spawn(process.execPath, ['-e', 'const kept = Buffer.alloc(300e6, 1); setTimeout(() => kept, 3000)'], { stdio: 'ignore' });
  await new Promise((resolve) => child.once('exit', resolve));
};
exports.reads = async () => require('node:fs').readFileSync(0, 'utf8');`;

const PYTHON = `import decimal, datetime, multiprocessing, subprocess
count = 0
def noop(value):
    return value
def handler(event, context):
    global count
    count += 1
    what = event.get("what")
    if what == "decimal": return {"d": decimal.Decimal("1.5")}
    if what == "bytes": return b'{"a":1}'
    if what == "date": return datetime.datetime.now()
    if what == "count": return count
    if what == "deep":
        value = []
        for _ in range(100000): value = [value]
        return value
    if what == "cat": return subprocess.run(["cat"], capture_output=True).returncode
    if what == "spawn":
        child = multiprocessing.get_context("spawn").Process(target=noop, args=(1,))
        child.start()
        child.join()
        return child.exitcode
`;

const FUNCTIONS = {
  throws: { handler: 'index.throws', memorySize: 512, timeout: 30 },
  waits: { handler: 'index.waits' },
  orphan: { handler: 'index.orphan' },
  memory: { handler: 'index.memory', timeout: 10 },
  reads: { handler: 'index.reads' },
  instance: { handler: 'instance.handler' },
  onFunction: { handler: 'onFunction.handler' },
  python: { handler: 'app.handler', runtime: 'python3.12', timeout: 10 },
  largeAtLoad: { handler: 'large.handler', runtime: 'python3.12' },
  noFolder: { handler: 'index.throws', codeUri: 'nowhere' },
  tenants: { handler: 'instance.handler', tenancy: true },
  edited: { handler: 'index.handler', codeUri: 'edited' },
};

let workspace: TemporaryWorkspace;

beforeAll(async () => {
  workspace = await startTemporaryWorkspace(
    {
      'index.js': NODE,
      'instance.js': 'class C { async handler() { return process.pid; } }\nmodule.exports = new C();',
      'onFunction.js': 'function app() {}\nmodule.exports = Object.assign(app, { handler: async () => "ok" });',
      'app.py': PYTHON,
      'large.py': 'KEPT = b"x" * 400_000_000\ndef handler(event, context):\n    return 1\n',
      'edited/index.js': 'exports.handler = async () => require("./value.json").value;',
      'edited/value.json': '{ "value": 1 }',
    },
    FUNCTIONS,
    { maxProcesses: 3 },
  );
});

afterAll(() => workspace.close());

const invoke: TemporaryWorkspace['invoke'] = (...args) => workspace.invoke(...args);

describe('Node', () => {
  test.each([
    ['strange stack', { errorType: 'handled' }],
    ['circle', { errorType: 'handled' }],
    ['nothing', { errorType: 'TypeError', errorMessage: 'Cannot convert object to primitive value' }],
    ['other realm', { errorType: 'TypeError', errorMessage: 'inner' }],
    ['huge', { errorType: 'Function.ResponseSizeTooLarge' }],
  ])('an unusual error is reported like any other: %s', async (what, result) => {
    expect(await invoke('throws', { what })).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled', result });
  });

  test('the log has the custom fields of an error', async () => {
    const { log } = await invoke('throws', { what: 'fields' });
    expect(log).toMatch(
      /Invoke Error \t\{"errorType":"Error","errorMessage":"with fields","code":"E_ORDER","detail":\{"id":7\},"stack":\[/,
    );
  });

  test('a callback result is sent when the event loop is empty, or immediately on request', async () => {
    expect(await invoke('waits')).toMatchObject({ result: 'early', log: expect.stringContaining('AFTERWARDS') });
    expect((await invoke('waits', { hurries: true })).log).not.toContain('AFTERWARDS');
  });

  test('a handler can be a method of an instance or a property of a function', async () => {
    expect((await invoke('instance')).result).toBeGreaterThan(0);
    expect((await invoke('onFunction')).result).toBe('ok');
  });

  test('stdin is empty', async () => {
    expect((await invoke('reads')).result).toBe('');
  });
});

describe('Python', () => {
  test('decimals become numbers, and bytes are sent as is', async () => {
    expect((await invoke('python', { what: 'decimal' })).result).toEqual({ d: 1.5 });
    expect((await invoke('python', { what: 'bytes' })).result).toEqual({ a: 1 });
  });

  test('a result that can’t be serialized is an error, and its process is reused', async () => {
    const { result: before } = await invoke('python', { what: 'count' });
    for (const what of ['date', 'deep']) {
      expect((await invoke('python', { what })).result).toMatchObject({ errorType: 'Runtime.MarshalError' });
    }
    expect((await invoke('python', { what: 'count' })).result).toBe(Number(before) + 3);
  });

  test('child processes have an empty stdin and can run the function’s code', async () => {
    expect((await invoke('python', { what: 'cat' })).result).toBe(0);
    expect((await invoke('python', { what: 'spawn' })).result).toBe(0);
  });
});

// Other systems don't provide the information.
const onLinux = process.platform === 'linux' ? describe : () => undefined;

onLinux('on Linux', () => {
  test('the memory limit includes memory used during init and by child processes', async () => {
    const outOfMemory = { result: { errorType: 'Runtime.OutOfMemory' } };
    expect(await invoke('largeAtLoad')).toMatchObject(outOfMemory);
    expect(await invoke('memory')).toMatchObject(outOfMemory);
  });

  test('a child process outside the group and without the environment is killed too', async () => {
    const { result } = await invoke('orphan');
    expect(isAlive(Number(result))).toBe(true);
    await writeFile(join(workspace.folder, 'index.js'), `${NODE}\n`); // the next invocation kills the outdated process
    await invoke('orphan');
    await expect.poll(() => isAlive(Number(result))).toBe(false);
  });
});

test('idle processes are killed to stay within the process limit', async () => {
  const pids = new Set<number>();
  for (const TenantId of ['a', 'b', 'c', 'd', 'e', 'f'])
    pids.add(Number((await invoke('tenants', {}, { TenantId })).result));
  expect(pids.size).toBe(6);
  await expect.poll(() => [...pids].filter(isAlive).length).toBeLessThanOrEqual(3);
});

test('a missing code folder is reported', async () => {
  expect((await invoke('noFolder')).result).toMatchObject({
    errorType: 'Runtime.InvalidEntrypoint',
    errorMessage: expect.stringMatching(/folder .*nowhere.* doesn't exist/),
  });
});

test('a source file that is replaced by an older one is reloaded', async () => {
  expect((await invoke('edited')).result).toBe(1);
  const older = join(workspace.folder, 'older.json');
  await cp(join(workspace.folder, 'edited/value.json'), older);
  await writeFile(older, '{ "value": 2 }');
  await utimes(older, new Date('2020-01-01'), new Date('2020-01-01'));
  await rename(older, join(workspace.folder, 'edited/value.json'));
  await expect.poll(async () => (await invoke('edited')).result).toBe(2);
});
