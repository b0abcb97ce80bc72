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

/** An edit counts 0.4 s after the save at the latest. */
const waitForReload = () => new Promise((resolve) => setTimeout(resolve, 400));

describe('a function that works', () => {
  test('answers with its result, its version, and a log from START to REPORT', async () => {
    const response = await invoke('hello', { name: 'Ada' });
    expect(response).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST', result: { message: 'Hello, Ada!' } });
    expect(response).not.toHaveProperty('FunctionError');
    const id = response.requestId ?? '';
    expect(response.log.split('\n').map((line) => line.split('\t')[0]?.split(' ')[0])).toEqual([
      'START',
      expect.stringMatching(/^\d{4}-/),
      'END',
      'REPORT',
      '',
    ]);
    expect(response.log).toContain(`\t${id}\tINFO\tgreeting Ada\n`);
    expect(parseReport(response.log)).toMatchObject({ requestId: id, memorySizeMB: 128 });
  });

  test('starts cold once, and is warm then', async () => {
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

  test('no payload arrives as {}, and nothing returned comes back as null', async () => {
    expect((await invoke('context')).result).toMatchObject({ event: {} });
    expect((await invoke('undefinedReturn')).result).toBeNull();
  });

  test('may end by callback, or by doing nothing more', async () => {
    expect((await invoke('callback')).result).toEqual({ by: 'callback' });
    expect((await invoke('never')).result).toBeNull();
  });

  test('its log is cut to the last 4 KB', async () => {
    const { log, isCut } = await invoke('chatty', { lines: 200 });
    expect(isCut).toBe(true);
    expect(log).toContain('line 200 of 200 — with an umlaut: ü');
    expect(log).not.toContain('START RequestId');
  });

  test('what it prints without console is in the log whole', async () => {
    const { log } = await invoke('prints');
    expect(log).toContain('no line end');
    expect(log).toContain('err\n');
    expect(log).toMatch(/\nEND RequestId/);
  });

  test('sees its own environment and nothing of the user’s AWS', async () => {
    process.env['AWS_SECRET_ACCESS_KEY'] = 'not for handlers';
    const { result } = await invoke('environment');
    delete process.env['AWS_SECRET_ACCESS_KEY'];
    expect(result).toMatchObject({ own: 'value' });
    expect(JSON.stringify(result)).not.toMatch(
      /AWS_SECRET|AWS_ACCESS_KEY|VSCODE_|ELECTRON_|NODE_OPTIONS|LAMBDA_INVOKE/,
    );
  });

  test('an edited source is used by the next call 0.4 s after the save', async () => {
    const file = join(local.folder, 'edited/index.mjs');
    await cp(join(local.folder, 'functions/hello.mjs'), file);
    await invoke('edited', {});
    await writeFile(file, 'export const handler = async () => "edited";');
    await waitForReload();
    expect((await invoke('edited', {})).result).toBe('edited');
  });

  test('an edited library beside the handler’s folder is used by the next call 0.4 s after the save', async () => {
    await cp(join(local.folder, 'functions'), join(local.folder, 'lib'), { recursive: true });
    await writeFile(join(local.folder, 'lib/value.mjs'), 'export const value = 1;');
    await writeFile(
      join(local.folder, 'edited/usesLibrary.mjs'),
      `import { value } from '../lib/value.mjs';\nexport const handler = async () => value;`,
    );
    expect((await invoke('library', {})).result).toBe(1);
    await writeFile(join(local.folder, 'lib/value.mjs'), 'export const value = 2;');
    await waitForReload();
    expect((await invoke('library', {})).result).toBe(2);
  });

  test('a request to the Runtime API that breaks off disturbs nobody', async () => {
    expect((await invoke('cuts', {})).result).toBe('alive');
    expect((await invoke('hello', {})).StatusCode).toBe(200);
  });

  test('works whatever kind of endpoint the environment asks for', async () => {
    process.env['AWS_USE_FIPS_ENDPOINT'] = 'true';
    const request: InvokeRequest = { FunctionName: 'hello', InvocationType: 'DryRun', Payload: new Uint8Array() };
    const target = { kind: 'local', address: { endpoint: local.url, ...LOCAL_KEYS } } as const;
    const response = await createAws({}).invoke(request, { target, signal: new AbortController().signal });
    delete process.env['AWS_USE_FIPS_ENDPOINT'];
    expect(response.StatusCode).toBe(204);
  });

  test('Event is accepted, DryRun runs nothing', async () => {
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

describe('a function that fails', () => {
  test.each<[string, object, RegExp]>([
    [
      'throws',
      { errorType: 'OrderRejected', errorMessage: 'The order was rejected: x', trace: expect.any(Array) },
      /ERROR\tInvoke Error/,
    ],
    ['rejects', { errorType: 'string', errorMessage: 'a text', trace: [] }, /ERROR/],
    [
      'missing',
      { errorType: 'Runtime.ImportModuleError', errorMessage: "Error: Cannot find module 'nowhere'" },
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
  ])('%s: FunctionError, payload and log tell why', async (name, expected, log) => {
    const response = await invoke(name, { reason: 'x' });
    expect(response).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled', result: expected });
    expect(response.log).toMatch(log);
  });

  test('a stack has the function’s frames and none of the runtime’s', async () => {
    const { result } = await invoke('throws', {});
    const { trace } = result as { trace: string[] };
    expect(trace.join('\n')).toContain('throws.js');
    expect(trace.join('\n')).not.toContain('nodeBootstrap');
  });

  test('a process that dies of an exception serves nobody else', async () => {
    const crashed = await invoke('crashes', { crash: true });
    expect(crashed).toMatchObject({
      FunctionError: 'Unhandled',
      result: { errorType: 'TypeError', errorMessage: 'late' },
    });
    for (let call = 1; call <= 3; call++) expect((await invoke('crashes', {})).result).toBe('fine');
  });

  test('and works again with the next call', async () => {
    await invoke('timesOut', { seconds: 5 });
    expect((await invoke('timesOut', { seconds: 0 })).result).toEqual({ slept: 0 });
  });
});
