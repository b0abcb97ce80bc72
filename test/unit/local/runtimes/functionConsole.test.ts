import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../support/temporaryWorkspace.ts';

const METHODS = ['trace', 'debug', 'info', 'log', 'warn', 'error', 'fatal'];

const CODE = `class Own extends Error {}
exports.methods = async () => { for (const name of ${JSON.stringify(METHODS)}) console[name](name); };
exports.values = async () => {
  console.log();
  console.log('a\\nb', 'c');
  console.log('a %s', 'b', { c: 1 });
};
exports.json = async () => {
  console.log(5);
  console.log({ a: 1 });
  console.log(1n);
  console.error(Object.assign(new Own('own'), { code: 'E1' }));
  console.error({ error: new Own('inner') });
  console.error('failed', new Own('second'));
  console.error(new Own('first'), 'failed');
};
exports.throws = async () => { throw Object.assign(new Own('own'), { code: 'E1' }); };
exports.rejects = async () => { void Promise.reject(new Own('own')); await new Promise((done) => setTimeout(done, 500)); };
exports.writes = async () => {
  const time = new Date().toISOString();
  for (const level of ['debug', 'INFO', 'error'])
    process.stdout.write(JSON.stringify({ time, level, message: 'own ' + level }) + '\\n');
  for (const other of [time + '!', time.replace('Z', ''), time.replace('.', ','), time.replace('Z', '+0000'), 5])
    process.stdout.write(JSON.stringify({ time: other, level: 'debug', message: 'time ' + other }) + '\\n');
  process.stdout.write(JSON.stringify({ timestamp: time.replace('Z', '+01:00'), level: 'debug', message: 'own offset' }) + '\\n');
  process.stdout.write('{"level":"DEBUG","message":"without time"}\\nplain text\\nno line break');
};`;

const json = { logFormat: 'JSON' } as const;

const FUNCTIONS = {
  methods: {},
  methodsFrom24: { handler: 'index.methods', runtime: 'nodejs24.x' },
  values: {},
  json,
  jsonFrom24: { handler: 'index.json', runtime: 'nodejs24.x', ...json },
  throws: json,
  missingExport: json,
  missingExportFrom24: { runtime: 'nodejs24.x', ...json },
  rejects: json,
  tenant: { handler: 'index.methods', tenancy: true, ...json },
  levelOfEnvironment: { handler: 'index.methods', environment: { AWS_LAMBDA_LOG_LEVEL: 'warn' } },
  textIgnoresLevels: { handler: 'index.methods', applicationLogLevel: 'FATAL', systemLogLevel: 'WARN' },
  default: { handler: 'index.methods', ...json },
  fatal: { handler: 'index.methods', ...json, applicationLogLevel: 'FATAL' },
  system: { handler: 'index.methods', ...json, applicationLogLevel: 'FATAL', systemLogLevel: 'WARN' },
  systemThrows: { handler: 'index.throws', ...json, applicationLogLevel: 'FATAL', systemLogLevel: 'WARN' },
  systemExits: { handler: 'missing.handler', ...json, systemLogLevel: 'WARN' },
  systemDebug: { handler: 'index.methods', ...json, applicationLogLevel: 'FATAL', systemLogLevel: 'DEBUG' },
  writes: json,
  writesFromWarn: { handler: 'index.writes', ...json, applicationLogLevel: 'WARN' },
};

let workspace: TemporaryWorkspace;

beforeAll(async () => {
  const functions = Object.entries(FUNCTIONS).map(([name, fn]) => {
    return [name, { handler: `index.${name}`, runtime: 'nodejs22.x', timeout: 30, ...fn }] as const;
  });
  workspace = await startTemporaryWorkspace({ 'index.js': CODE }, Object.fromEntries(functions));
});

afterAll(() => workspace.close());

async function logOf(name: keyof typeof FUNCTIONS): Promise<string> {
  const { log } = await workspace.invoke(name, {}, name === 'tenant' ? { TenantId: 'blue' } : {});
  // The version of Node.js may differ from the runtime's.
  return log.replaceAll(/^(?:\[Lambda Invoke\]|\{"time":"[^"]+","type":"local\.note").*\n/gm, '');
}

interface Line {
  readonly type?: string;
  readonly level?: string;
  readonly requestId?: string;
  readonly tenantId?: string;
  readonly record?: { readonly tenantId?: string; readonly status?: string };
  readonly message?: unknown;
  readonly errorType?: string;
}

async function linesOf(name: keyof typeof FUNCTIONS): Promise<Line[]> {
  const lines = (await logOf(name)).split('\n').filter((line) => line.startsWith('{'));
  return lines.map((line) => JSON.parse(line) as Line);
}

const kindsOf = (lines: readonly Line[]) => lines.map(({ type, level }) => type ?? level);

describe('as text', () => {
  test.each(['methods', 'methodsFrom24', 'textIgnoresLevels'] as const)(
    'each console method has its level, regardless of the JSON log levels (%s)',
    async (name) => {
      const lines = (await logOf(name)).split('\n').filter((line) => line.includes('\t'));
      const levels = ['TRACE', 'DEBUG', 'INFO', 'INFO', 'WARN', 'ERROR', 'FATAL'];
      expect(lines.slice(0, 7).map((line) => line.split('\t').slice(2))).toEqual(
        METHODS.map((method, index) => [levels[index], method]),
      );
    },
  );

  test('line breaks are preserved, and a call without arguments logs undefined', async () => {
    expect(await logOf('values')).toMatch(
      /\tINFO\tundefined\n.*\tINFO\ta\nb c\n.*\tINFO\ta b \{ c: 1 \}\nEND RequestId/,
    );
  });

  test('the function’s AWS_LAMBDA_LOG_LEVEL sets the minimum level', async () => {
    const log = await logOf('levelOfEnvironment');
    expect(log.match(/\t(TRACE|DEBUG|INFO|WARN|ERROR|FATAL)\t/g)).toEqual(['\tWARN\t', '\tERROR\t', '\tFATAL\t']);
    expect(log).toContain('START RequestId');
  });
});

describe('as JSON', () => {
  test('a value is the message, and an error has its type, message, stack, and fields', async () => {
    const lines = (await linesOf('json')).filter(({ level }) => level !== undefined);
    const own = { errorType: 'Own', errorMessage: 'own', stackTrace: expect.any(Array) as unknown, code: 'E1' };
    expect(lines.map(({ message }) => message)).toEqual([
      5,
      { a: 1 },
      '1n',
      own,
      { error: { errorType: 'Own', errorMessage: 'inner', stackTrace: expect.any(Array) as unknown } },
      expect.stringMatching(/^failed Own \[?.*second/),
      expect.stringMatching(/first[^]* failed$/),
    ]);
    expect(lines.map(({ errorType }) => errorType)).toEqual([...Array(5).fill(undefined), 'Own', 'Own']);
  });

  test('since nodejs24.x, an error that is the first of several arguments has no fields', async () => {
    const lines = (await linesOf('jsonFrom24')).filter(({ level }) => level !== undefined);
    expect(lines.map(({ errorType }) => errorType)).toEqual([...Array(5).fill(undefined), 'Own', undefined]);
  });

  test('a thrown error is the message', async () => {
    const line = (await linesOf('throws')).find(({ level }) => level === 'ERROR');
    expect(line?.message).toMatchObject({ errorType: 'Own', errorMessage: 'own', code: 'E1' });
  });

  test.each([
    ['missingExport', 'HandlerNotFound'],
    ['missingExportFrom24', 'HandlerNotFoundError'],
    ['rejects', 'UnhandledPromiseRejection'],
  ] as const)("an error of the runtime has the name of its class in AWS's client (%s)", async (name, errorType) => {
    const line = (await linesOf(name)).find(({ level }) => level === 'ERROR');
    expect(line?.message).toMatchObject({ errorType });
  });

  test('all lines of a function with tenants have the tenant ID', async () => {
    for (const { tenantId, record } of await linesOf('tenant')) expect(record?.tenantId ?? tenantId).toBe('blue');
  });

  test('the default level is INFO', async () => {
    expect(kindsOf(await linesOf('default'))).toEqual([
      'platform.start',
      'INFO',
      'INFO',
      'WARN',
      'ERROR',
      'FATAL',
      'platform.report',
    ]);
  });

  test('ApplicationLogLevel drops only lines of the function', async () => {
    expect(kindsOf(await linesOf('fatal'))).toEqual(['platform.start', 'FATAL', 'platform.report']);
  });

  test('SystemLogLevel WARN drops platform lines unless an invocation fails', async () => {
    expect(kindsOf(await linesOf('system'))).toEqual(['FATAL']);
    expect(kindsOf(await linesOf('systemThrows'))).toEqual([]);
    expect(kindsOf(await linesOf('systemExits'))).toEqual(['ERROR', 'platform.runtimeDone', 'platform.report']);
  });

  test('SystemLogLevel DEBUG adds platform lines', async () => {
    expect(kindsOf(await linesOf('systemDebug'))).toEqual([
      'platform.start',
      'platform.initReport',
      'FATAL',
      'platform.runtimeDone',
      'platform.report',
    ]);
  });

  test('lines that the function writes itself are filtered by their level', async () => {
    const log = await logOf('writes');
    for (const text of ['own debug', 'own offset']) expect(log).not.toContain(text);
    expect(log.match(/"time (?:5|.*)"/g)).toHaveLength(5);
    for (const text of ['own INFO', 'own error', 'without time', '\nplain text\nno line break\n'])
      expect(log).toContain(text);
    const fromWarn = await logOf('writesFromWarn');
    expect(fromWarn.split('\n').filter((line) => !line.includes('platform.'))).toEqual([
      expect.stringContaining('own error'),
      '',
    ]);
  });
});
