/** An invocation that the client and this project's runtime must answer in the same way. */
export interface ClientRow {
  readonly name: string;
  readonly handler: string;
  readonly event?: string;
  /** The event as JSON, if it isn't text. */
  readonly payload?: string;
  readonly runtime?: 'python3.11' | 'python3.12';
  readonly logFormat?: 'JSON';
  readonly logLevel?: string;
  readonly clientContext?: string;
  readonly tenant?: string;
}

/** Modules whose init phase is compared, by path. Their text is written as Latin-1, so that it can be invalid UTF-8. */
export const MODULES: Readonly<Record<string, string>> = {
  'init_value_error.py':
    'import logging\nprint("printed")\nlogging.warning("logged")\ndef fail():\n    raise ValueError("at init")\nfail()\n',
  'init_import.py': 'import nowhere_at_all\n',
  'init_import_name.py': 'from pkg import nothing_there\n',
  'init_import_empty.py': 'raise ImportError()\n',
  'init_import_lines.py': 'raise ImportError("several\\n  lines")\n',
  'init_relative.py': 'from . import sibling\n',
  'init_syntax.py': 'def handler(event, context):\n    return (1\n',
  'init_indentation.py': 'def handler(event, context):\nreturn 1\n',
  'init_coding.py': '# -*- coding: nonsense -*-\nx = 1\n',
  'init_bytes.py': 'x = "\xff"\n',
  'init_null.py': 'x = 1\0\n',
  'init_exit.py': 'import sys\nsys.exit(7)\n',
  'init_interrupt.py': 'raise KeyboardInterrupt()\n',
  'init_fatal.py': 'class Fatal(BaseException): pass\nraise Fatal("fatal")\n',
  'init_unprintable.py': 'class Odd(Exception):\n    def __str__(self): raise ValueError("no")\nraise Odd()\n',
  'init_group.py': 'raise ExceptionGroup("several", [ValueError("one")])\n',
  'init_getattr.py': 'def __getattr__(name):\n    return lambda event, context: name\n',
  'init_getattr_raises.py': 'def __getattr__(name):\n    raise KeyError(name)\n',
  'init_imports_syntax.py': 'import init_syntax\n',
  'pkg/__init__.py': 'def handler(event, context):\n    return __name__\n',
  'pkg/mod.py': 'def handler(event, context):\n    return __name__\n',
  'pkg/relative.py': 'from .mod import handler\n',
  'plain/mod.py': 'def handler(event, context):\n    return __name__\n',
  'plain/dashed-name.py': 'def handler(event, context):\n    return __name__\n',
  'sub/bootstrap.py':
    'def fail():\n    raise ValueError("in bootstrap.py")\ndef handler(event, context):\n    fail()\n',
  'more.pth': 'vendored\n',
  'vendored/from_pth.py': 'def handler(event, context):\n    return "vendored"\n',
};

const RUNTIMES = ['python3.11', 'python3.12'] as const;

const HANDLERS = [
  'pkg.handler',
  'pkg.mod.handler',
  'pkg/mod.handler',
  'pkg/relative.handler',
  'plain/mod.handler',
  'plain/dashed-name.handler',
  'sub/bootstrap.handler',
  'from_pth.handler',
  'results.RESULTS',
  'results.nothing',
  'results.',
  'results',
  '.handler',
  '..results.handler',
  './results.echo',
  'results.Order.handler',
  'nowhere.handler',
  'no/where.handler',
  'sys.handler',
  'sys.path.handler',
  'time/x.handler',
  'json.dumps',
  'errors.no_arguments',
  'errors.one_argument',
  'errors.defaults',
  'errors.instance',
  'errors.method',
  'errors.fail',
  'errors.coroutine',
  'errors.generator',
  'errors.not_callable',
  'errors.nothing',
  'errors.builtin',
  ...Object.keys(MODULES)
    .filter((path) => path.startsWith('init_'))
    .map((path) => path.replace('.py', '.handler')),
];

/**
 * Since Python 3.12, the client can't report an error of the init phase that contains characters outside Latin-1, and
 * its process exits. This project's runtime reports the error.
 */
const NOT_LATIN = ['init_bytes.handler'];

/** Events as JSON, and their names if they are long. */
const LONG_EVENTS = {
  'an integer of 5,000 digits': '1'.repeat(5000),
  '200,000 levels': '['.repeat(2e5) + ']'.repeat(2e5),
};
const EVENTS = [
  'null',
  '{}',
  '[]',
  '"ü€😀\\u2028"',
  '"\\u0000\\u007f\\ud800"',
  '1.5',
  '1e400',
  '12345678901234567890',
  '{"a":{"b":[1,-0,1e-7,-0.0]}}',
  '{"a":1,"a":2}',
  '[1.10,1E5]',
];

const CONTEXTS = ['details', 'set_attributes', 'set_identity', 'past_deadline'];

const CLIENT_CONTEXTS = [
  '{"custom":{"k":"v"},"env":{"locale":"en"},"client":{"app_title":"x","installation_id":1}}',
  '{"client":null,"other":1}',
  '{}',
  '{"client":"text"}',
];

/** All rows. `names` has the keys of the tables in the functions' code. */
export function clientRows(names: {
  readonly results: readonly string[];
  readonly errors: readonly string[];
  readonly logs: readonly string[];
}): ClientRow[] {
  const formats = [{}, { logLevel: 'TRACE' }, { logFormat: 'JSON' as const, logLevel: 'DEBUG' }];
  return [
    ...RUNTIMES.flatMap((runtime) =>
      names.results.map((event) => ({
        name: `${runtime}, result: ${event}`,
        handler: 'results.handler',
        event,
        runtime,
      })),
    ),
    ...EVENTS.flatMap((payload) =>
      ['echo', 'echo_repr'].map((name) => ({ name: `${name}: ${payload}`, handler: `results.${name}`, payload })),
    ),
    ...Object.entries(LONG_EVENTS).map(([name, payload]) => ({ name, handler: 'results.size', payload })),
    ...RUNTIMES.flatMap((runtime) =>
      names.errors.map((event) => ({ name: `${runtime}, error: ${event}`, handler: 'errors.handler', event, runtime })),
    ),
    ...names.errors.map((event) => ({
      name: `JSON, error: ${event}`,
      handler: 'errors.handler',
      event,
      logFormat: 'JSON' as const,
    })),
    ...RUNTIMES.flatMap((runtime) =>
      HANDLERS.filter((handler) => runtime === 'python3.11' || !NOT_LATIN.includes(handler)).map((handler) => ({
        name: `${runtime}, handler: ${handler}`,
        handler,
        runtime,
      })),
    ),
    ...HANDLERS.filter((handler) => handler.startsWith('init_')).map((handler) => ({
      name: `JSON, handler: ${handler}`,
      handler,
      runtime: 'python3.11' as const,
      logFormat: 'JSON' as const,
    })),
    ...formats.flatMap((format) =>
      [...names.logs, 'context.log'].map((event) => ({
        name: `${format.logFormat ?? 'Text'} ${format.logLevel ?? ''}, log: ${event}`,
        handler: 'logs.handler',
        event,
        ...format,
      })),
    ),
    ...['', 'warn', 'FATAL', 'nonsense'].map((logLevel) => ({
      name: `level: ${logLevel}`,
      handler: 'logs.handler',
      event: 'all_levels',
      logLevel,
    })),
    { name: 'JSON, the level by default', handler: 'logs.handler', event: 'all_levels', logFormat: 'JSON' },
    ...CONTEXTS.map((event) => ({ name: `context: ${event}`, handler: 'contexts.handler', event })),
    ...CLIENT_CONTEXTS.map((clientContext) => ({
      name: `client context: ${clientContext}`,
      handler: 'contexts.handler',
      event: 'details',
      clientContext,
    })),
    ...formats.flatMap((format) =>
      ['tenant', 'tenant_log', 'details'].map((event) => ({
        name: `${format.logFormat ?? 'Text'} ${format.logLevel ?? ''}, tenant: ${event}`,
        handler: 'contexts.handler',
        event,
        tenant: 'tenant 1',
        ...format,
      })),
    ),
  ];
}

/** The JSON of a row's event. */
export function payloadOfRow({ event, payload = JSON.stringify(event ?? {}) }: ClientRow): string {
  return payload;
}
