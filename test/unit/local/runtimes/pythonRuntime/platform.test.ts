import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../../support/temporaryWorkspace.ts';

const CODE = `import concurrent.futures, multiprocessing, os, signal, sys, threading
def paths(event, context):
    return {
        "first": [path == os.environ["LAMBDA_TASK_ROOT"] for path in sys.path[:2]],
        "more": "/nowhere" in sys.path,
        "own": [path for path in sys.path if "pythonRuntime" in path],
        "argv": [os.path.basename(path) for path in sys.argv],
        "cwd": os.path.samefile(os.getcwd(), os.environ["LAMBDA_TASK_ROOT"]),
        "variables": [os.environ[name] for name in ("_HANDLER", "PYTHONPATH", "AWS_EXECUTION_ENV")],
        "main": os.path.basename(sys.modules["__main__"].__file__),
        "module": [__name__, __file__ == os.path.join(os.environ["LAMBDA_TASK_ROOT"], "app.py")],
        "thread": threading.current_thread() is threading.main_thread(),
    }
def failing(event, context):
    from multiprocessing import shared_memory
    context_of = multiprocessing.get_context("spawn")
    factories = {
        "lock": context_of.Lock,
        "queue": context_of.Queue,
        "pool": lambda: context_of.Pool(1),
        "executor": lambda: concurrent.futures.ProcessPoolExecutor(1, context_of),
        "value": lambda: context_of.Value("i", 1),
        "memory": lambda: shared_memory.SharedMemory(create=True, size=1),
    }
    errors = {}
    for name, create in factories.items():
        try:
            create()
            errors[name] = "none"
        except OSError as error:
            errors[name] = str(error)
    return errors
def send(pipe):
    pipe.send("from the child")
    pipe.close()
def piped(event, context):
    parent, child = multiprocessing.Pipe()
    process = multiprocessing.get_context(event).Process(target=send, args=(child,))
    process.start()
    text = parent.recv()
    process.join()
    return [text, process.exitcode]
def signals(event, context):
    seen = []
    signal.signal(signal.SIGUSR1, lambda number, frame: seen.append(number == signal.SIGUSR1))
    os.kill(os.getpid(), signal.SIGUSR1)
    return seen
def hooks(event, context):
    from snapshot_restore_py import register_after_restore, register_before_snapshot
    @register_before_snapshot
    def before(): print("not called")
    register_after_restore(print, "not called", end="")
    return before.__name__
def vendored(event, context):
    import snapshot_restore_py
    return snapshot_restore_py.OWN
def unknown(event, context):
    import awslambdaric.nothing_there
def replaces(event, context):
    import json, logging
    json.dumps = json.loads = json.JSONEncoder.encode = os.write = None
    logging.getLogger().error("logged")
    return {"a": [1]}
`;

const RUNTIME = { runtime: 'python3.12', timeout: 20, memorySize: 512 };
const HANDLERS = ['paths', 'failing', 'piped', 'signals', 'hooks', 'unknown', 'replaces'];

let workspace: TemporaryWorkspace;

beforeAll(async () => {
  workspace = await startTemporaryWorkspace(
    {
      'app.py': CODE,
      'own/app.py': CODE,
      'own/snapshot_restore_py.py': 'OWN = "of the function"\n',
      'lambdaInvoke.py': 'import pipes\ndef handler(event, context):\n    return pipes.OWN\n',
      'pipes.py': 'OWN = "of the function"\n',
    },
    {
      ...Object.fromEntries(HANDLERS.map((name) => [name, { handler: `app.${name}`, ...RUNTIME }])),
      ownPath: { handler: 'app.paths', environment: { PYTHONPATH: '/nowhere', PYTHONSAFEPATH: '1' }, ...RUNTIME },
      namesake: { handler: 'lambdaInvoke.handler', ...RUNTIME },
      vendored: { handler: 'app.vendored', codeUri: 'own', ...RUNTIME },
    },
  );
});

afterAll(() => workspace.close());

describe('the process of a function', () => {
  test('has Lambda’s paths, arguments, and variables', async () => {
    expect((await workspace.invoke('paths')).result).toEqual({
      first: [true, false],
      more: false,
      own: [],
      argv: ['bootstrap.py'],
      cwd: true,
      variables: ['app.paths', '/var/runtime', 'AWS_Lambda_python3.12'],
      main: 'bootstrap.py',
      module: ['app', true],
      thread: true,
    });
  });

  test('has the function’s PYTHONPATH', async () => {
    expect((await workspace.invoke('ownPath')).result).toMatchObject({
      first: [true, false],
      more: true,
      own: [],
      variables: ['app.paths', '/nowhere', 'AWS_Lambda_python3.12'],
    });
  });

  test('can use every name for its modules', async () => {
    expect((await workspace.invoke('namesake')).result).toBe('of the function');
  });

  test('can replace functions that the runtime uses', async () => {
    for (const _ of [1, 2]) {
      const { result, log } = await workspace.invoke('replaces');
      expect(result).toEqual({ a: [1] });
      expect(log).toContain('\tlogged\n');
    }
  });

  test('has no shared memory, so that multiprocessing fails as on Lambda', async () => {
    const { result } = await workspace.invoke('failing');
    const errors = Object.entries(result as Record<string, string>);
    const { platform } = process;
    // The shared memory of Windows has another implementation, which isn't removed.
    const names = ['lock', 'queue', 'pool', 'executor', 'value', ...(platform === 'win32' ? [] : ['memory'])];
    const failed = errors.filter(([, error]) => /^\[Errno \d+\] Function not implemented/.test(error));
    expect(failed.map(([name]) => name)).toEqual(names);
  });

  test('can receive from a child process through a pipe', async () => {
    for (const method of process.platform === 'win32' ? ['spawn'] : ['fork', 'spawn'])
      expect((await workspace.invoke('piped', method)).result).toEqual(['from the child', 0]);
  });

  test.runIf(process.platform !== 'win32')('can handle signals', async () => {
    expect((await workspace.invoke('signals')).result).toEqual([true]);
  });
});

describe('a module of Lambda’s runtime', () => {
  test('registers SnapStart hooks, which don’t run', async () => {
    const { result, log } = await workspace.invoke('hooks');
    expect(result).toBe('before');
    expect(log).not.toContain('not called');
  });

  test('is replaced by the function’s own module', async () => {
    expect((await workspace.invoke('vendored')).result).toBe('of the function');
  });

  test('can’t be imported if this runtime doesn’t provide it', async () => {
    expect((await workspace.invoke('unknown')).result).toMatchObject({
      errorType: 'ModuleNotFoundError',
      errorMessage: "No module named 'awslambdaric.nothing_there'",
    });
  });
});
