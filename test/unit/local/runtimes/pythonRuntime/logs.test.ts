import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { functionLines } from '../../../../support/functionLines.ts';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../../support/temporaryWorkspace.ts';

const CODE = `import contextlib, datetime, io, json, logging, logging.config, sys, threading
logger = logging.getLogger("orders")
root = logging.getLogger()
own = root.handlers[0]
def levels(context):
    for level in (10, 20, 30, 40, 50): logger.log(level, "level %d", level)
def request_id(context):
    own.setFormatter(logging.Formatter("%(aws_request_id)s|%(levelname)s|%(message)s"))
    root.warning("first")
    logger.error("second")
    return context.aws_request_id
def own_json(context):
    class Formatter(logging.Formatter):
        def format(self, record):
            return json.dumps({"id": record.aws_request_id, "text": record.getMessage()})
    own.setFormatter(Formatter())
    logger.error("own")
def basic_config(context):
    logging.basicConfig(level=logging.DEBUG, format="BASIC %(message)s")
    logger.warning("warned")
    logger.debug("not shown")
def forced(context):
    logging.basicConfig(level=logging.DEBUG, format="FORCED %(message)s", force=True, stream=sys.stdout)
    logger.debug("shown")
def dict_config(context):
    logging.config.dictConfig({
        "version": 1, "disable_existing_loggers": False,
        "formatters": {"short": {"format": "DICT %(levelname)s %(message)s"}},
        "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "short", "stream": "ext://sys.stdout"}},
        "root": {"level": "DEBUG", "handlers": ["out"]},
    })
    logger.debug("shown")
def caught(context):
    try:
        {}["missing"]
    except KeyError:
        logger.exception("caught %s", "it")
def lines(context):
    logger.error("one\\ntwo")
def wrong_arguments(context):
    logger.error("%d", "text")
def redirected(context):
    with contextlib.redirect_stdout(io.StringIO()) as text:
        print("captured")
        logger.error("logged")
    return text.getvalue()
def replaced(context):
    sys.stdout = io.StringIO()
    raise ValueError("raised")
def by_context(context):
    context.log("by the context")
    context.log(5)
    own.log_sink.log("by the sink\\n")
def a_filter(context):
    class Filter(logging.Filter):
        def filter(self, record):
            record.order = 7
            return record.getMessage() != "hidden"
    own.addFilter(Filter())
    own.setFormatter(logging.Formatter("%(order)s %(message)s"))
    logger.error("hidden")
    logger.error("shown")
def tenant(context):
    own.setFormatter(logging.Formatter("%(tenant_id)s|%(message)s"))
    logger.error("logged")
def non_blocking(context):
    import os
    os.set_blocking(1, False)
    logger.error("x" * 300_000)
    os.set_blocking(1, True)
thread = None
def starts_thread(context):
    global thread
    go = threading.Event()
    thread = threading.Thread(target=lambda: (go.wait(), logger.error("from the thread")))
    thread.go = go
    thread.start()
    return context.aws_request_id
def joins_thread(context):
    thread.go.set()
    thread.join()
def attributes(context):
    return [repr(type(own)), repr(own), len(root.handlers), root.level, hasattr(own.log_sink, "log"), logging.Formatter.converter.__name__, repr(type(own.formatter)), repr(type(sys.stdout))]
def handler(event, context):
    return globals()[event](context)
`;

const FUNCTIONS = [...CODE.matchAll(/^def (\w+)\(context\)/gm)].map(([, name]) => name ?? '');

const FORMATS = { text: {}, debug: { environment: { AWS_LAMBDA_LOG_LEVEL: 'TRACE' } } };

let workspace: TemporaryWorkspace;

beforeAll(async () => {
  const functions = FUNCTIONS.flatMap((name) =>
    Object.entries(FORMATS).map(([format, settings]) => [
      `${format}-${name}`,
      { handler: 'app.handler', runtime: 'python3.12', timeout: 20, ...settings },
    ]),
  );
  const tenants = Object.entries(FORMATS).map(([format, settings]) => [
    `tenants-${format}`,
    { handler: 'app.handler', runtime: 'python3.12', timeout: 20, tenancy: true, ...settings },
  ]);
  workspace = await startTemporaryWorkspace({ 'app.py': CODE }, Object.fromEntries([...functions, ...tenants]));
});

afterAll(() => workspace.close());

/** Invokes the function of this name. Each has its own process, because most of them change the logging setup. */
async function invoke(name: string, format: keyof typeof FORMATS = 'text') {
  const { result, log, requestId = '' } = await workspace.invoke(`${format}-${name}`, name);
  return { result, requestId, lines: functionLines(log) };
}

const stamped = (level: string, id: string, text: string) =>
  expect.stringMatching(
    new RegExp(`^\\[${level}\\]\t\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\t${id}\t${text}$`),
  ) as unknown;

describe('the log as text', () => {
  test('has a level, a time, and the request ID in each line', async () => {
    const { lines, requestId } = await invoke('levels');
    expect(lines).toEqual(
      (['WARNING', 'ERROR', 'CRITICAL'] as const).map((level, index) =>
        stamped(level, requestId, `level ${30 + index * 10}`),
      ),
    );
  });

  test('has all levels if AWS_LAMBDA_LOG_LEVEL is TRACE', async () => {
    expect((await invoke('levels', 'debug')).lines).toHaveLength(5);
  });

  test('provides the request ID, the level, and a line break to the function’s format', async () => {
    const { lines, result, requestId } = await invoke('request_id');
    expect(lines).toEqual([`${requestId}|WARNING|first`, `${requestId}|ERROR|second`]);
    expect(result).toBe(requestId);
  });

  test('uses a formatter class and a filter of the function', async () => {
    const { lines, requestId } = await invoke('own_json');
    expect(lines).toEqual([`{"id": "${requestId}", "text": "own"}`]);
    expect((await invoke('a_filter')).lines).toEqual(['7 shown']);
  });

  test('isn’t changed by basicConfig without force', async () => {
    const { lines, requestId } = await invoke('basic_config');
    expect(lines).toEqual([stamped('WARNING', requestId, 'warned')]);
    expect((await invoke('forced')).lines).toEqual(['FORCED shown']);
  });

  test('follows dictConfig', async () => {
    expect((await invoke('dict_config')).lines).toEqual(['DICT DEBUG shown']);
  });

  test('has exceptions and messages with several lines', async () => {
    const { lines, requestId } = await invoke('caught');
    expect(lines[0]).toEqual(stamped('ERROR', requestId, 'caught it'));
    expect(lines[1]).toBe('Traceback (most recent call last):');
    expect(lines.at(-1)).toBe("KeyError: 'missing'");
    const several = await invoke('lines');
    expect(several.lines).toEqual([stamped('ERROR', several.requestId, 'one'), 'two']);
  });

  test('has messages while the function redirects stdout', async () => {
    const { lines, result, requestId } = await invoke('redirected');
    expect(result).toBe('captured\n');
    expect(lines).toEqual([stamped('ERROR', requestId, 'logged')]);
    expect((await invoke('replaced')).lines[0]).toBe('[ERROR] ValueError: raised');
  });

  test('has a line for each call of context.log and of the handler’s sink', async () => {
    expect((await invoke('by_context')).lines).toEqual(['by the context', '5', 'by the sink']);
  });

  test('has large messages if stdout is non-blocking', async () => {
    expect((await invoke('non_blocking')).lines.at(-1)).toMatch(/^x{3000,}$/);
  });

  test('has the ID of the last event in messages of a thread', async () => {
    const { result } = await invoke('starts_thread');
    const { log, requestId } = await workspace.invoke('text-starts_thread', 'joins_thread');
    expect(log).toContain(`\t${requestId}\tfrom the thread\n`);
    expect(requestId).not.toBe(result);
  });
});

test('a message with wrong arguments raises an error in the handler', async () => {
  expect((await invoke('wrong_arguments')).result).toMatchObject({ errorType: 'TypeError' });
});

test('messages of a function with tenants have the tenant ID', async () => {
  const { log } = await workspace.invoke('tenants-text', 'tenant', { TenantId: 'tenant 1' });
  expect(log).toContain('\ntenant 1|logged\n');
});

test('the classes of handlers, formatters, and streams have the same names as on Lambda', async () => {
  expect((await invoke('attributes')).result).toEqual([
    "<class 'awslambdaric.bootstrap.LambdaLoggerHandler'>",
    '<LambdaLoggerHandler (NOTSET)>',
    1,
    30,
    true,
    'gmtime',
    "<class 'logging.Formatter'>",
    "<class 'awslambdaric.bootstrap.Unbuffered'>",
  ]);
});
