import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { functionLines } from '../../../../support/functionLines.ts';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../../support/temporaryWorkspace.ts';

const CODE = `import datetime, json, logging, sys
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
def caught(context):
    try:
        {}["missing"]
    except KeyError:
        logger.exception("caught %s", "it")
def extra(context):
    logger.error("extra", extra={"order": {"id": 7}, "ü": None, "level": "own", "tags": ["€"]})
def extra_date(context):
    logger.error("extra", extra={"at": datetime.date(2026, 1, 2)})
def prints(context):
    print("stdout")
    print("ü€😀")
    sys.stdout.buffer.write(b"bytes\\n")
    print(json.dumps({"level": "DEBUG"}))
def raises(context):
    raise ValueError("ü\\nsecond")
def logged(context):
    logger.error("logged")
def attributes(context):
    return [repr(type(own)), repr(own), len(root.handlers), root.level, hasattr(own.log_sink, "log"), repr(type(own.formatter)), repr(type(sys.stdout))]
def handler(event, context):
    return globals()[event](context)
`;

const FUNCTIONS = [...CODE.matchAll(/^def (\w+)\(context\)/gm)].map(([, name]) => name ?? '');

const FORMATS = {
  json: {},
  error: { applicationLogLevel: 'ERROR', environment: { AWS_LAMBDA_LOG_LEVEL: 'ERROR' } },
};

let workspace: TemporaryWorkspace;

beforeAll(async () => {
  const functions = FUNCTIONS.flatMap((name) =>
    Object.entries(FORMATS).map(([format, settings]) => [
      `${format}-${name}`,
      { handler: 'app.handler', runtime: 'python3.12', timeout: 20, logFormat: 'JSON', ...settings },
    ]),
  );
  const tenants = Object.entries(FORMATS).map(([format, settings]) => [
    `tenants-${format}`,
    { handler: 'app.handler', runtime: 'python3.12', timeout: 20, logFormat: 'JSON', tenancy: true, ...settings },
  ]);
  workspace = await startTemporaryWorkspace({ 'app.py': CODE }, Object.fromEntries([...functions, ...tenants]));
});

afterAll(() => workspace.close());

/** Invokes the function of this name. Each has its own process, because most of them change the logging setup. */
async function invoke(name: string, format: keyof typeof FORMATS = 'json') {
  const { result, log, requestId = '' } = await workspace.invoke(`${format}-${name}`, name);
  return { result, requestId, lines: functionLines(log) };
}

/** A JSON line with these fields and a timestamp. */
const json = (fields: object) => ({ timestamp: expect.stringMatching(/^[\d-]{10}T[\d:]{8}Z$/) as unknown, ...fields });

describe('the log as JSON', () => {
  const parsed = async (name: string, format?: keyof typeof FORMATS) => {
    const { lines, ...rest } = await invoke(name, format);
    return { ...rest, lines: lines.map((line) => JSON.parse(line) as unknown) };
  };

  test('has messages of the level INFO and above', async () => {
    const { lines, requestId } = await parsed('levels');
    const levels = ['INFO', 'WARNING', 'ERROR', 'CRITICAL'].map((level, index) =>
      json({ level, message: `level ${20 + index * 10}`, logger: 'orders', requestId }),
    );
    expect(lines).toEqual(levels);
  });

  test('has messages of the log level and above, and the error of the function', async () => {
    expect((await parsed('levels', 'error')).lines).toMatchObject([{ level: 'ERROR' }, { level: 'CRITICAL' }]);
    expect((await parsed('raises', 'error')).lines).toMatchObject([{ log_level: 'ERROR', errorType: 'ValueError' }]);
  });

  test('has the extra fields of a message, unless their names are taken', async () => {
    const { lines, requestId } = await parsed('extra');
    const known = { level: 'ERROR', message: 'extra', logger: 'orders', requestId };
    expect(lines).toEqual([json({ ...known, order: { id: 7 }, tags: ['€'] })]);
    expect((await invoke('extra')).lines[0]).toContain('"tags": ["€"]');
  });

  test('has exceptions with their location', async () => {
    const { lines, requestId } = await parsed('caught');
    expect(lines).toEqual([
      json({
        level: 'ERROR',
        message: 'caught it',
        logger: 'orders',
        requestId,
        stackTrace: [expect.stringMatching(/^ {2}File ".*app\.py", line \d+, in caught\n {4}\{\}\["missing"\]\n/)],
        errorType: 'KeyError',
        errorMessage: "'missing'",
        location: expect.stringMatching(/app\.py:caught:\d+$/),
      }),
    ]);
  });

  test('has the error of the function', async () => {
    const { lines, requestId } = await parsed('raises');
    expect(lines).toEqual([
      json({
        log_level: 'ERROR',
        errorMessage: 'ü\nsecond',
        errorType: 'ValueError',
        requestId,
        stackTrace: [expect.stringContaining('in handler'), expect.stringContaining('in raises')],
      }),
    ]);
  });

  test('has printed text unchanged', async () => {
    expect((await invoke('prints')).lines).toEqual(['stdout', 'ü€😀', 'bytes', '{"level": "DEBUG"}']);
  });

  test('uses the formatter of the function', async () => {
    const { lines, requestId } = await invoke('request_id');
    expect(lines).toEqual([`${requestId}|WARNING|first`, `${requestId}|ERROR|second`]);
  });

  test('raises an error in the handler for a field that can’t be serialized', async () => {
    expect((await invoke('extra_date')).result).toMatchObject({
      errorType: 'TypeError',
      errorMessage: 'Object of type date is not JSON serializable',
    });
  });
});

test('messages of a function with tenants have the tenant ID', async () => {
  const { log } = await workspace.invoke('tenants-json', 'logged', { TenantId: 'tenant 1' });
  expect(log).toContain('"tenantId": "tenant 1"}\n');
});

test('the classes of handlers, formatters, and streams have the same names as on Lambda', async () => {
  expect((await invoke('attributes')).result).toEqual([
    "<class 'awslambdaric.bootstrap.LambdaLoggerHandlerWithFrameType'>",
    '<LambdaLoggerHandlerWithFrameType (NOTSET)>',
    1,
    20,
    true,
    "<class 'awslambdaric.lambda_runtime_log_utils.JsonFormatter'>",
    "<class 'awslambdaric.bootstrap.Unbuffered'>",
  ]);
});
