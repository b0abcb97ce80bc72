import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exited } from '../../../../support/hostileHandlers.ts';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../../support/temporaryWorkspace.ts';

const SPACE = '\u00a0';

const CODE = `class Outer:
    class Inner(Exception): pass
class WrongText(Exception):
    def __str__(self): return 5
def fail():
    raise Outer.Inner("one\\n  two")
def handler(event, context):
    return [fail()]
def chained(event, context):
    try:
        {}["missing"]
    except KeyError as error:
        raise ValueError("chained") from error
def no_message(event, context):
    raise ValueError()
def no_arguments():
    return 1
def wrong_text(event, context):
    raise WrongText()
def recurse(event, context):
    return recurse(event, context)
not_callable = None
`;

const FILES = {
  'app.py': CODE,
  'bootstrap.py': 'def fail():\n    raise ValueError("own")\ndef handler(event, context):\n    fail()\n',
  'pkg/__init__.py': 'def handler(event, context):\n    return __name__\n',
  'pkg/mod.py': 'from . import handler\n',
  'plain/da-shed.py': 'def handler(event, context):\n    return __name__\n',
  'missing.py': 'import nowhere_at_all\n',
  'syntax.py': 'def handler(event, context):\n    return (1\n',
  'null.py': 'x = "\0"\n',
  'raises.py': 'def fail():\n    raise ValueError("at init")\nfail()\n',
  'exits.py': 'import sys\nsys.exit(7)\n',
  'fatal.py': 'class Fatal(BaseException): pass\nraise Fatal("fatal")\n',
  'dynamic.py': 'def __getattr__(name):\n    return lambda event, context: name\n',
  'more.pth': 'vendored\n',
  'vendored/from_pth.py': 'def handler(event, context):\n    return "vendored"\n',
};

const HANDLERS = [
  ...['handler', 'chained', 'no_message', 'no_arguments', 'wrong_text', 'recurse', 'not_callable'].map(
    (name) => `app.${name}`,
  ),
  'app.nothing',
  'app.',
  'app',
  '.handler',
  'app.Outer.Inner',
  'sys.exit',
  'no/where.handler',
  'pkg.handler',
  'pkg/mod.handler',
  'pkg.mod.handler',
  'plain/da-shed.handler',
  'from_pth.handler',
  ...['bootstrap', 'missing', 'syntax', 'null', 'raises', 'exits', 'fatal', 'dynamic'].map((name) => `${name}.handler`),
];

let workspace: TemporaryWorkspace;

beforeAll(async () => {
  const functions = HANDLERS.map((handler, index) => [`f${index}`, { handler, runtime: 'python3.12', timeout: 20 }]);
  workspace = await startTemporaryWorkspace(FILES, Object.fromEntries(functions) as object);
});

afterAll(() => workspace.close());

const invoke = (handler: string) => workspace.invoke(`f${HANDLERS.indexOf(handler)}`);
const frame = (file: string, line: number, name: string) =>
  expect.stringMatching(new RegExp(`^  File ".*[/\\\\]${file}", line ${line}, in ${name}\n    `)) as unknown;

describe('an error of a handler', () => {
  test('has the frames of the function, without markers, and its class name', async () => {
    const { result, log } = await invoke('app.handler');
    expect(result).toEqual({
      errorType: 'Inner',
      errorMessage: 'one\n  two',
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      stackTrace: [frame('app.py', 8, 'handler'), frame('app.py', 6, 'fail')],
    });
    const { stackTrace } = result as { stackTrace: string[] };
    expect(stackTrace.map((text) => text.split('\n').slice(1))).toEqual([
      ['    return [fail()]', ''],
      ['    raise Outer.Inner("one\\n  two")', ''],
    ]);
    expect(log).toMatch(
      new RegExp(
        `\\[ERROR\\] Inner: one\n  two\nTraceback \\(most recent call last\\):\n` +
          `${SPACE}${SPACE}File ".*app.py", line 8, in handler\n${SPACE.repeat(4)}return \\[fail\\(\\)\\]\n` +
          `${SPACE}${SPACE}File ".*app.py", line 6, in fail\n${SPACE.repeat(4)}raise .*\nEND`,
      ),
    );
  });

  test('doesn’t include the error that caused it', async () => {
    expect((await invoke('app.chained')).result).toMatchObject({
      errorType: 'ValueError',
      errorMessage: 'chained',
      stackTrace: [frame('app.py', 13, 'chained')],
    });
  });

  test('may have no message', async () => {
    const { result, log } = await invoke('app.no_message');
    expect(result).toMatchObject({ errorType: 'ValueError', errorMessage: '' });
    expect(log).toContain('\n[ERROR] ValueError\nTraceback');
  });

  test('has a short stack trace for an infinite recursion', async () => {
    const { stackTrace } = (await invoke('app.recurse')).result as { stackTrace: string[] };
    expect(stackTrace).toContainEqual(expect.stringMatching(/^ {2}\[Previous line repeated \d{3} more times\]\n$/));
    expect(stackTrace.length).toBeLessThan(10);
  });

  test('has the runtime’s frame if the handler can’t be called', async () => {
    const frames: unknown[] = [
      expect.stringMatching(
        /bootstrap\.py", line \d+, in handle_event_request\n {4}response = request_handler\(event, /,
      ),
    ];
    expect((await invoke('app.no_arguments')).result).toMatchObject({
      errorType: 'TypeError',
      errorMessage: 'no_arguments() takes 0 positional arguments but 2 were given',
      stackTrace: frames,
    });
    expect((await invoke('app.not_callable')).result).toMatchObject({
      errorType: 'TypeError',
      errorMessage: "'NoneType' object is not callable",
      stackTrace: frames,
    });
  });

  test('has all frames, even the runtime’s, if the function’s file is named bootstrap.py', async () => {
    const { stackTrace } = (await invoke('bootstrap.handler')).result as { stackTrace: string[] };
    expect(stackTrace).toEqual([
      expect.stringContaining('in handle_event_request'),
      frame('bootstrap.py', 4, 'handler'),
      frame('bootstrap.py', 2, 'fail'),
    ]);
  });

  test('ends the process if its __str__ fails', async () => {
    expect(await invoke('app.wrong_text')).toMatchObject(exited('Runtime exited with error: exit status 1'));
  });
});

const CAUSES: readonly (readonly [handler: string, errorType: string, errorMessage: unknown])[] = [
  ['app.nothing', 'Runtime.HandlerNotFound', "Handler 'nothing' missing on module 'app'"],
  ['app.', 'Runtime.HandlerNotFound', "Handler '' missing on module 'app'"],
  ['app', 'Runtime.MalformedHandlerName', "Bad handler 'app': not enough values to unpack (expected 2, got 1)"],
  ['.handler', 'ValueError', 'Empty module name'],
  [
    'app.Outer.Inner',
    'Runtime.ImportModuleError',
    "Unable to import module 'app.Outer': No module named 'app.Outer'; 'app' is not a package",
  ],
  ['sys.exit', 'Runtime.BuiltInModuleConflict', 'Cannot use built-in module sys as a handler module'],
  ['no/where.handler', 'Runtime.ImportModuleError', "Unable to import module 'no/where': No module named 'no'"],
  [
    'missing.handler',
    'Runtime.ImportModuleError',
    "Unable to import module 'missing': No module named 'nowhere_at_all'",
  ],
  [
    'syntax.handler',
    'Runtime.UserCodeSyntaxError',
    expect.stringMatching(/^Syntax error in module 'syntax': .*\(syntax\.py, line 2\)$/),
  ],
];

describe('the init phase', () => {
  test.each(CAUSES)('of %s fails with %s', async (handler, errorType, errorMessage) => {
    const { result, log } = await invoke(handler);
    expect(result).toMatchObject({
      errorType,
      errorMessage,
      requestId: '',
    });
    expect(log).toContain(`[ERROR] ${errorType}: `);
    expect(log).toContain('\nTraceback (most recent call last):\n');
  });

  test('reports the line of a syntax error', async () => {
    expect((await invoke('syntax.handler')).result).toMatchObject({
      stackTrace: [expect.stringMatching(/^ {2}File ".*syntax\.py" Line 2\n {4} {4}return \(1\n$/)],
    });
  });

  test('fails for a file with a null character', async () => {
    expect((await invoke('null.handler')).result).toMatchObject({
      errorMessage: expect.stringContaining('null bytes'),
    });
  });

  test('reports the frames of the import for an exception', async () => {
    const { result } = await invoke('raises.handler');
    expect(result).toMatchObject({ errorType: 'ValueError', errorMessage: 'at init', requestId: '' });
    const { stackTrace } = result as { stackTrace: string[] };
    expect(stackTrace[0]).toMatch(/importlib[/\\]__init__\.py", line \d+, in import_module/);
    expect(stackTrace.slice(-2)).toEqual([frame('raises.py', 3, '<module>'), frame('raises.py', 2, 'fail')]);
  });

  test('ends the process if the code exits or raises a BaseException', async () => {
    expect(await invoke('exits.handler')).toMatchObject(exited('Runtime exited with error: exit status 7'));
    expect(await invoke('fatal.handler')).toMatchObject(exited('Runtime exited with error: exit status 1'));
  });

  test.each([
    ['pkg.handler', 'pkg'],
    ['pkg/mod.handler', 'pkg'],
    ['pkg.mod.handler', 'pkg'],
    ['plain/da-shed.handler', 'plain.da-shed'],
    ['dynamic.handler', 'handler'],
    ['from_pth.handler', 'vendored'],
  ])('finds %s', async (handler, result) => {
    expect((await invoke(handler)).result).toBe(result);
  });
});
