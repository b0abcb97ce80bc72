import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAws } from '../../../../src/aws/index.ts';
import type { InvokeRequest } from '../../../../src/core/invocation/invokeRequest.ts';
import { parseReport } from '../../../../src/core/outcome/logTail.ts';
import { LOCAL_KEYS, startLocalWorkspace, type LocalWorkspace } from '../../../support/localWorkspace.ts';

let local: LocalWorkspace;

beforeAll(async () => {
  local = await startLocalWorkspace();
});

afterAll(() => local.close());

const invoke: LocalWorkspace['invoke'] = (...args) => local.invoke(...args);

/** The result of a function, for edits that other systems than Linux report with a delay. */
const resultOf = (name: string) => async () => (await invoke(name, {})).result;

describe('a successful function', () => {
  test('returns its result, its version, and a log from START to REPORT', async () => {
    const response = await invoke('hello', { name: 'Ada' });
    expect(response).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST', result: { message: 'Hello, Ada!' } });
    expect(response).not.toHaveProperty('FunctionError');
    const id = response.requestId ?? '';
    // A note appears if the version of Node.js differs.
    const lines = response.log.split('\n').filter((line) => !line.startsWith('[Lambda Invoke] '));
    expect(lines.map((line) => line.split('\t')[0]?.split(' ')[0])).toEqual([
      'START',
      expect.stringMatching(/^\d{4}-/),
      'END',
      'REPORT',
      '',
    ]);
    expect(response.log).toContain(`\t${id}\tINFO\tgreeting Ada\n`);
    expect(parseReport(response.log)).toMatchObject({ requestId: id, memorySizeMB: 128 });
  });

  test('has one cold start and is warm afterwards', async () => {
    await invoke('context');
    const { log, result } = await invoke(
      'context',
      { a: 1 },
      { ClientContext: '{"custom":{"ü":"y"}}', TenantId: 'tenant-1' },
    );
    expect(parseReport(log)?.initDurationMs).toBeUndefined();
    expect(result).toMatchObject({
      functionName: 'context',
      functionVersion: '$LATEST',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:context',
      clientContext: { custom: { ü: 'y' } },
      tenantId: 'tenant-1',
      greeting: 'hello',
      event: { a: 1 },
    });
  });

  test('receives {} without a payload, and returns null for undefined', async () => {
    expect((await invoke('context')).result).toMatchObject({ event: {} });
    expect((await invoke('undefinedReturn')).result).toBeNull();
  });

  test('can complete through its callback or an empty event loop', async () => {
    expect((await invoke('callback')).result).toEqual({ by: 'callback' });
    expect((await invoke('never')).result).toBeNull();
  });

  test('returns the last 4 KB of its log', async () => {
    const { log, isTruncated } = await invoke('chatty', { lines: 200 });
    expect(isTruncated).toBe(true);
    expect(log).toContain('line 200 of 200 — with an umlaut: ü');
    expect(log).not.toContain('START RequestId');
  });

  test('has direct writes to stdout and stderr in its log', async () => {
    const { log } = await invoke('prints');
    expect(log).toContain('no line end');
    expect(log).toContain('err\n');
    expect(log).toMatch(/\nEND RequestId/);
  });

  test('sees its own environment but none of the user’s AWS variables', async () => {
    process.env['AWS_SECRET_ACCESS_KEY'] = 'not for handlers';
    const { result } = await invoke('environment');
    delete process.env['AWS_SECRET_ACCESS_KEY'];
    expect(result).toMatchObject({ own: 'value' });
    expect(JSON.stringify(result)).not.toMatch(
      /AWS_SECRET|AWS_ACCESS_KEY|VSCODE_|ELECTRON_|NODE_OPTIONS|LAMBDA_INVOKE/,
    );
  });

  test('uses an edited source file', async () => {
    const file = join(local.folder, 'edited/index.mjs');
    await cp(join(local.folder, 'functions/hello.mjs'), file);
    await invoke('edited', {});
    await writeFile(file, 'export const handler = async () => "edited";');
    await expect.poll(resultOf('edited')).toBe('edited');
  });

  test('uses an edited library outside the handler’s folder', async () => {
    await cp(join(local.folder, 'functions'), join(local.folder, 'lib'), { recursive: true });
    await writeFile(join(local.folder, 'lib/value.mjs'), 'export const value = 1;');
    await writeFile(
      join(local.folder, 'edited/usesLibrary.mjs'),
      `import { value } from '../lib/value.mjs';\nexport const handler = async () => value;`,
    );
    expect((await invoke('library', {})).result).toBe(1);
    await writeFile(join(local.folder, 'lib/value.mjs'), 'export const value = 2;');
    await expect.poll(resultOf('library')).toBe(2);
  });

  test('can be invoked with AWS_USE_FIPS_ENDPOINT set', async () => {
    process.env['AWS_USE_FIPS_ENDPOINT'] = 'true';
    const request: InvokeRequest = { FunctionName: 'hello', InvocationType: 'DryRun', Payload: new Uint8Array() };
    const target = { kind: 'local', address: { endpoint: local.url, ...LOCAL_KEYS } } as const;
    const response = await createAws({}).invoke(request, { target, signal: new AbortController().signal });
    delete process.env['AWS_USE_FIPS_ENDPOINT'];
    expect(response.StatusCode).toBe(204);
  });

  test('returns 202 for Event and 204 for DryRun', async () => {
    expect(await invoke('hello', {}, { InvocationType: 'Event' })).toMatchObject({
      StatusCode: 202,
      result: undefined,
    });
    expect(await invoke('hello', {}, { InvocationType: 'DryRun' })).toMatchObject({
      StatusCode: 204,
      result: undefined,
    });
  });
});

describe('a failing function', () => {
  test.each<[string, object, RegExp]>([
    [
      'throws',
      { errorType: 'OrderRejected', errorMessage: 'The order was rejected: x', trace: expect.any(Array) },
      /ERROR\tInvoke Error/,
    ],
    ['rejects', { errorType: 'string', errorMessage: 'a text', trace: [] }, /ERROR/],
    [
      'missing',
      {
        errorType: 'Runtime.ImportModuleError',
        errorMessage: expect.stringMatching(/^Error: Cannot find module 'nowhere'\n/),
      },
      /Error Type: Runtime.ImportModuleError/,
    ],
    ['noExport', { errorType: 'Runtime.HandlerNotFound' }, /Runtime.HandlerNotFound/],
    [
      'exits',
      {
        errorType: 'Runtime.ExitError',
        errorMessage: expect.stringMatching(/^RequestId: \S+ Error: Runtime exited with error: exit status 3$/),
      },
      /Status: error/,
    ],
    [
      'timesOut',
      {
        errorType: 'Sandbox.Timedout',
        errorMessage: expect.stringMatching(/^RequestId: \S+ Error: Task timed out after 1\.00 seconds$/),
      },
      /Status: timeout/,
    ],
    ['huge', { errorType: 'Function.ResponseSizeTooLarge' }, /REPORT/],
  ])('%s: has FunctionError, and the error in payload and log', async (name, expected, log) => {
    const response = await invoke(name, { reason: 'x' });
    expect(response).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled', result: expected });
    expect(response.log).toMatch(log);
  });

  test('returns a stack trace without frames of the runtime', async () => {
    const { result } = await invoke('throws', {});
    const { trace } = result as { trace: string[] };
    expect(trace.join('\n')).toContain('throws.js');
    expect(trace.join('\n')).not.toContain('nodeBootstrap');
  });

  test('gets a new process after an uncaught exception', async () => {
    const crashed = await invoke('crashes', { crash: true });
    expect(crashed).toMatchObject({
      FunctionError: 'Unhandled',
      result: { errorType: 'TypeError', errorMessage: 'late' },
    });
    for (let call = 1; call <= 3; call++) expect((await invoke('crashes', {})).result).toBe('fine');
  });

  test('works again after a timeout', async () => {
    await invoke('timesOut', { seconds: 5 });
    expect((await invoke('timesOut', { seconds: 0 })).result).toEqual({ slept: 0 });
  });
});
