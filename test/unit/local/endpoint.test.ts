import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAws } from '../../../src/aws/index.ts';
import { isInvokeError } from '../../../src/core/invokeError.ts';
import type { InvokeRequest } from '../../../src/core/invokeRequest.ts';
import { decodeLogResult, parseReport } from '../../../src/core/logTail.ts';
import { LocalEndpoint } from '../../../src/local/localEndpoint.ts';

const keys = { accessKeyId: 'LOCALTEST', secretAccessKey: 'secret' };
let folder: string;
let endpoint: LocalEndpoint;
let url: string;
const aws = createAws({});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'li-local-'));
  await cp('test/workspace', folder, { recursive: true });
  const file = join(folder, '.vscode/lambda-invoke.json');
  const more = {
    exits: { handler: 'more.exits' },
    undefinedReturn: { handler: 'more.returnsNothing' },
    callback: { handler: 'more.callback' },
    never: { handler: 'more.never' },
    huge: { handler: 'more.huge', timeout: 10, memorySize: 512 },
    missing: { handler: 'nowhere.handler' },
    noExport: { handler: 'more.nothing' },
    rejects: { handler: 'more.rejectsText' },
    prints: { handler: 'more.prints' },
    edited: { handler: 'edited/index.handler' },
    cuts: { handler: 'more.cuts' },
    crashes: { handler: 'more.crashes' },
    library: { handler: 'edited/usesLibrary.handler' },
    environment: { handler: 'more.environment', environment: { OWN: 'value' } },
  };
  const text = await readFile(file, 'utf8');
  await writeFile(
    file,
    text.replace('"localFunctions": {', `"localFunctions": {${JSON.stringify(more).slice(1, -1)},`),
  );
  await writeFile(
    join(folder, 'more.js'),
    `exports.exits = async () => process.exit(3);
     exports.returnsNothing = async () => undefined;
     exports.callback = (event, context, callback) => setTimeout(() => callback(null, { by: 'callback' }), 5);
     exports.never = () => {};
     exports.huge = async () => 'x'.repeat(6291557);
     exports.rejectsText = async () => { throw 'a text'; };
     exports.prints = async () => { process.stdout.write('no line end'); process.stderr.write('err\\n'); };
     exports.cuts = () => new Promise((resolve) => {
       const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
       const socket = require('node:net').connect(port, host, () => {
         socket.write('POST /2018-06-01/runtime/init/error HTTP/1.1\\r\\nHost: ' + host + ':' + port + '\\r\\nContent-Length: 100\\r\\n\\r\\nhalf');
         setTimeout(() => { socket.destroy(); setTimeout(resolve, 50, 'alive'); }, 50);
       });
     });
     exports.crashes = async ({ crash }) => {
       if (!crash) return 'fine';
       setTimeout(() => { throw new TypeError('late'); });
       return new Promise(() => {});
     };
     exports.environment = async () => ({ own: process.env.OWN, names: Object.keys(process.env) });`,
  );
  endpoint = new LocalEndpoint({ keys, folders: [folder], bootstrapPath: resolve('dist/nodeBootstrap.js') });
  url = await endpoint.listen();
});

afterAll(async () => {
  endpoint.close();
  await rm(folder, { recursive: true, force: true });
});

async function invoke(FunctionName: string, event?: unknown, fields: Partial<InvokeRequest> = {}) {
  const Payload = event === undefined ? new Uint8Array() : new TextEncoder().encode(JSON.stringify(event));
  const request: InvokeRequest = {
    FunctionName,
    InvocationType: 'RequestResponse',
    LogType: 'Tail',
    Payload,
    ...fields,
  };
  const target = { kind: 'local', address: { endpoint: url, ...keys } } as const;
  const answer = await aws.invoke(request, { target, signal: new AbortController().signal });
  const logTail = answer.LogResult === undefined ? undefined : decodeLogResult(answer.LogResult);
  const text = new TextDecoder().decode(answer.Payload);
  return {
    ...answer,
    log: logTail?.text ?? '',
    isCut: logTail?.isCut,
    result: text === '' ? undefined : (JSON.parse(text) as unknown),
  };
}

async function refusal(promise: Promise<unknown>) {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return isInvokeError(error) ? error.exception : error;
}

describe('a function that works', () => {
  test('answers with its result, its version, and a log from START to REPORT', async () => {
    const answer = await invoke('hello', { name: 'Ada' });
    expect(answer).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST', result: { message: 'Hello, Ada!' } });
    expect(answer).not.toHaveProperty('FunctionError');
    const id = answer.requestId ?? '';
    expect(answer.log.split('\n').map((line) => line.split('\t')[0]?.split(' ')[0])).toEqual([
      'START',
      expect.stringMatching(/^\d{4}-/),
      'END',
      'REPORT',
      '',
    ]);
    expect(answer.log).toContain(`\t${id}\tINFO\tgreeting Ada\n`);
    expect(parseReport(answer.log)).toMatchObject({ requestId: id, memorySizeMB: 128 });
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

  test('an edited source is used by the next call', async () => {
    const file = join(folder, 'edited/index.mjs');
    await cp(join(folder, 'functions/hello.mjs'), file);
    await invoke('edited', {});
    await writeFile(file, 'export const handler = async () => "edited";');
    expect((await invoke('edited', {})).result).toBe('edited');
  });

  test('an edited library beside the handler’s folder is used by the next call', async () => {
    await cp(join(folder, 'functions'), join(folder, 'lib'), { recursive: true });
    await writeFile(join(folder, 'lib/value.mjs'), 'export const value = 1;');
    await writeFile(
      join(folder, 'edited/usesLibrary.mjs'),
      `import { value } from '../lib/value.mjs';\nexport const handler = async () => value;`,
    );
    expect((await invoke('library', {})).result).toBe(1);
    await writeFile(join(folder, 'lib/value.mjs'), 'export const value = 2;');
    expect((await invoke('library', {})).result).toBe(2);
  });

  test('a request to the Runtime API that breaks off disturbs nobody', async () => {
    expect((await invoke('cuts', {})).result).toBe('alive');
    expect((await invoke('hello', {})).StatusCode).toBe(200);
  });

  test('works whatever kind of endpoint the environment asks for', async () => {
    process.env['AWS_USE_FIPS_ENDPOINT'] = 'true';
    const request: InvokeRequest = { FunctionName: 'hello', InvocationType: 'DryRun', Payload: new Uint8Array() };
    const target = { kind: 'local', address: { endpoint: url, ...keys } } as const;
    const answer = await createAws({}).invoke(request, { target, signal: new AbortController().signal });
    delete process.env['AWS_USE_FIPS_ENDPOINT'];
    expect(answer.StatusCode).toBe(204);
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
    const answer = await invoke(name, { reason: 'x' });
    expect(answer).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled', result: expected });
    expect(answer.log).toMatch(log);
  });

  test('a stack has the function’s frames and none of the runtime’s', async () => {
    const { result } = await invoke('throws', {});
    const { trace } = result as { trace: string[] };
    expect(trace.join('\n')).toContain('throws.js');
    expect(trace.join('\n')).not.toContain('nodeBootstrap');
  });

  test('a process that dies of an exception serves nobody else', async () => {
    const dying = await invoke('crashes', { crash: true });
    expect(dying).toMatchObject({
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

describe('what the endpoint refuses', () => {
  test.each<[string, () => Promise<unknown>, object]>([
    [
      'an unknown function',
      () => invoke('nobody'),
      {
        name: 'ResourceNotFoundException',
        StatusCode: 404,
        message: 'Function not found: arn:aws:lambda:us-east-1:000000000000:function:nobody:$LATEST',
      },
    ],
    [
      'an unknown version',
      () => invoke('hello', {}, { Qualifier: '7' }),
      { name: 'ResourceNotFoundException', StatusCode: 404 },
    ],
    [
      'a qualifier that contradicts',
      () => invoke('hello:1', {}, { Qualifier: '2' }),
      { name: 'InvalidParameterValueException', StatusCode: 400 },
    ],
    [
      'a payload that is no JSON',
      () => invoke('hello', undefined, { Payload: new TextEncoder().encode('{') }),
      {
        name: 'InvalidRequestContentException',
        StatusCode: 400,
        message: expect.stringMatching(/^Could not parse request body into json: /),
      },
    ],
    [
      'a client context that is no object',
      () => invoke('hello', {}, { ClientContext: '[]' }),
      { name: 'InvalidRequestContentException', message: 'Client context must be a valid Base64-encoded JSON object.' },
    ],
    [
      'a payload over 6 MB',
      () => invoke('hello', undefined, { Payload: new Uint8Array(6_291_457).fill(0x20) }),
      { name: 'RequestEntityTooLargeException', StatusCode: 413 },
    ],
    [
      'an Event over 1 MB',
      () => invoke('hello', undefined, { Payload: new Uint8Array(1_048_577).fill(0x20), InvocationType: 'Event' }),
      { StatusCode: 413 },
    ],
  ])('%s', async (_, call, expected) => {
    expect(await refusal(call())).toMatchObject(expected);
  });

  test.each<[string, { accessKeyId?: string; secretAccessKey?: string }, string]>([
    ['another secret', { secretAccessKey: 'other' }, 'InvalidSignatureException'],
    ['another key id', { accessKeyId: 'OTHER' }, 'UnrecognizedClientException'],
  ])('a request signed with %s', async (_, other, name) => {
    const address = { endpoint: url, ...keys, ...other };
    const request: InvokeRequest = {
      FunctionName: 'hello',
      InvocationType: 'RequestResponse',
      Payload: new Uint8Array(),
    };
    const sent = createAws({}).invoke(request, {
      target: { kind: 'local', address },
      signal: new AbortController().signal,
    });
    expect(await refusal(sent)).toMatchObject({ name, StatusCode: 403 });
  });

  test.each([
    ['no signature', {}, 'MissingAuthenticationTokenException'],
    ['a foreign Host', { host: 'evil.example' }, 'AccessDeniedException'],
  ])('a request with %s', async (_, headers, name) => {
    const path = '/2015-03-31/functions/hello/invocations';
    const answer = await new Promise<{ status: number | undefined; type: unknown }>((done, reject) => {
      const sent = httpRequest(url + path, { method: 'POST', headers }, (response) => {
        response.resume();
        done({ status: response.statusCode, type: response.headers['x-amzn-errortype'] });
      });
      sent.on('error', reject).end('{}');
    });
    expect(answer).toEqual({ status: 403, type: name });
  });
});
