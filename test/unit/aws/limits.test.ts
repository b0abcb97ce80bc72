import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createKnownFunctions } from '../../../src/core/functions/knownFunctions.ts';
import { runInvocation } from '../../../src/app/runInvocation.ts';
import { createAws } from '../../../src/aws/index.ts';
import type { Aws } from '../../../src/core/connection/aws.ts';
import type { Invocation } from '../../../src/core/invocation/invocation.ts';
import * as lambda from '../../support/lambdaServer.ts';
import { NO_PROMPTS } from '../../support/noPrompts.ts';

let aws: Aws;
let server: lambda.LambdaServer;

beforeAll(async () => {
  aws = createAws({});
  server = await lambda.startLambdaServer();
});

beforeEach(() => server.behave(lambda.answers()));

afterAll(() => server.close());

/** Runs an invocation as the form sends it, and returns the requests received by the server. */
async function send(fields: Partial<Invocation>, body: Uint8Array | string = '{}', isSentAnyway = false) {
  const before = server.received.length;
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const address = { endpoint: server.endpoint, accessKeyId: 'a', secretAccessKey: 'b' };
  const invocation: Invocation = {
    FunctionName: 'hello',
    InvocationType: 'RequestResponse',
    payload: { kind: 'none' },
    ...fields,
  };
  const { outcome } = await runInvocation(
    { invocation, connection: { kind: 'local' }, isSentAnyway },
    {
      readPayload: () => Promise.resolve({ bytes, notes: [] }),
      ...NO_PROMPTS,
      target: () => Promise.resolve({ kind: 'local', address }),
      invoke: (request, options) => aws.invoke(request, options),
      maxRetries: () => 0,
      knownFunctions: createKnownFunctions(),
    },
    { signal: new AbortController().signal },
  );
  const problems = outcome.state === 'failed' ? (outcome.problems ?? []).map(({ field }) => field) : [];
  return { received: server.received.slice(before), problems, outcome };
}

const REGION = 'eu-west-1';
/** A function ARN whose name has the given number of characters. */
const arnWithName = (name: number) => `arn:aws:lambda:${REGION}:123456789012:function:${'n'.repeat(name)}`;
/** JSON whose base64 encoding has the given number of bytes, a multiple of four. */
const context = (bytes: number) => `{"a":"${'x'.repeat((bytes / 4) * 3 - 8)}"}`;

/** Fields with a maximum length: name, field of that length, limit, field with the problem. */
const LIMITS: readonly (readonly [string, (length: number) => Partial<Invocation>, number, string])[] = [
  ['a bare name', (n) => ({ FunctionName: 'n'.repeat(n) }), 64, 'FunctionName'],
  ['the name in an ARN', (n) => ({ FunctionName: arnWithName(n) }), 64, 'FunctionName'],
  [
    'FunctionName as a whole',
    (n) => ({ FunctionName: `${arnWithName(64)}:${'q'.repeat(n - arnWithName(64).length - 1)}` }),
    256,
    'FunctionName',
  ],
  ['Qualifier', (n) => ({ Qualifier: 'q'.repeat(n) }), 128, 'Qualifier'],
  ['TenantId', (n) => ({ TenantId: 't'.repeat(n) }), 256, 'TenantId'],
  [
    'DurableExecutionName',
    (n) => ({ DurableExecutionName: 'd'.repeat(n), Qualifier: '1' }),
    64,
    'DurableExecutionName',
  ],
];

describe('values up to the limit are sent, longer ones are rejected before sending', () => {
  test.each(LIMITS)('%s', async (_, fields, limit, field) => {
    for (const length of [limit - 1, limit]) expect((await send(fields(length))).received).toHaveLength(1);
    const tooLong = await send(fields(limit + 1));
    expect([tooLong.received.length, tooLong.problems]).toEqual([0, [field]]);
  });

  test.each<[string, Partial<Invocation>, string]>([
    ['TenantId', { TenantId: '' }, 'TenantId'],
    ['Qualifier', { Qualifier: '' }, 'Qualifier'],
    ['DurableExecutionName', { DurableExecutionName: '', Qualifier: '1' }, 'DurableExecutionName'],
  ])('an empty %s is rejected', async (_, fields, field) => {
    const { received, problems } = await send(fields);
    expect([received.length, problems]).toEqual([0, [field]]);
  });

  test('ClientContext: 3,580 bytes of base64, the largest multiple of four up to 3,583', async () => {
    for (const bytes of [3576, 3580]) expect((await send({ ClientContext: context(bytes) })).received).toHaveLength(1);
    const tooLong = await send({ ClientContext: context(3584) });
    expect([tooLong.received.length, tooLong.problems]).toEqual([0, ['ClientContext']]);
  });

  test.each([
    ['RequestResponse', 6_291_456],
    ['DryRun', 6_291_456],
    ['Event', 1_048_576],
  ] as const)('the payload of %s: %i bytes', async (InvocationType, limit) => {
    const spaces = (length: number) => Buffer.concat([Buffer.alloc(length - 2, ' '), Buffer.from('{}')]);
    for (const length of [limit - 1, limit]) {
      const { received } = await send({ InvocationType }, spaces(length));
      expect(received.map(({ body }) => body.byteLength)).toEqual([length]);
    }
    const tooLong = await send({ InvocationType }, spaces(limit + 1), true);
    expect([tooLong.received.length, tooLong.problems]).toEqual([0, ['Payload']]);
  });
});

describe('valid function names', () => {
  test.each([
    'hello',
    'hello:live',
    'hello:$LATEST',
    'hello:$LATEST.PUBLISHED',
    '123456789012:function:hello',
    '123456789012:function:hello:7',
    'function:hello',
    'arn:aws:lambda:us-east-1:123456789012:function:hello',
    'arn:aws-cn:lambda:cn-north-1:123456789012:function:hello',
    'arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:hello',
    'arn:aws-eusc:lambda:eusc-de-east-1:123456789012:function:hello:1',
    'arn:aws-iso:lambda:us-iso-east-1:123456789012:function:hello',
    'arn:aws-iso-b:lambda:us-isob-east-1:123456789012:function:hello',
  ])('%s', async (FunctionName) => {
    const { received } = await send({ FunctionName });
    expect(decodeURIComponent(received[0]?.url.split('/')[3] ?? '')).toBe(FunctionName);
  });

  test.each([
    'two words',
    'a/b',
    'ä',
    'arn:aws:s3:::bucket',
    'arn:aws:lambda:nowhere:123456789012:function:f',
    'hello:a b',
    ':',
  ])('%s is rejected', async (FunctionName) => {
    const { received, problems } = await send({ FunctionName });
    expect([received.length, problems]).toEqual([0, ['FunctionName']]);
  });

  test('a qualifier that contradicts the one in the name is rejected', async () => {
    const { received, problems } = await send({ FunctionName: 'hello:1', Qualifier: '2' });
    expect([received.length, problems]).toEqual([0, ['Qualifier']]);
  });
});

describe('the payload is sent byte for byte', () => {
  test.each([
    ['key order', '{"b":1,"a":2}'],
    ['integers beyond 2^53', '{"id":12345678901234567890}'],
    ['numbers beyond doubles', '[1e400,-1e400,0.1e-400]'],
    ['duplicate keys', '{"a":1,"a":2}'],
    ['escapes', String.raw`"\u00e9\/\b\u0000"`],
    ['lone surrogates in escapes', String.raw`["\ud800","\udc00"]`],
    ['white space and a trailing newline', ' \t{ "a" :\r\n1 }\n\n'],
    ['non-ASCII characters', '{"grüße":"👋"}'],
    ['a bare number', '-0'],
    ['null', 'null'],
  ])('%s', async (_, text) => {
    const { received } = await send({}, text);
    expect(received.map(({ body }) => body.toString())).toEqual([text]);
  });

  test('an empty text is no payload', async () => {
    expect((await send({}, '')).received[0]?.body.byteLength).toBe(0);
  });

  test('invalid JSON is rejected with its position, and sent as is only with the override', async () => {
    const rejected = await send({}, '{\n  "a": oops }');
    expect(rejected.outcome).toMatchObject({
      problems: [{ field: 'Payload', message: { code: 'payloadNotJson', args: [2, 8] } }],
    });
    expect(rejected.received).toEqual([]);
    expect((await send({}, '{\n  "a": oops }', true)).received.map(({ body }) => body.toString())).toEqual([
      '{\n  "a": oops }',
    ]);
    expect((await send({}, '{\n  "a": oops }')).received).toEqual([]);
  });

  test.each([
    ['UTF-16', Buffer.from('\ufeff{}', 'utf16le')],
    ['invalid UTF-8', Buffer.from([0x22, 0xff, 0x22])],
  ])('%s is rejected, even with the override', async (_, bytes) => {
    expect((await send({}, bytes, true)).received).toEqual([]);
  });
});

describe('the outcome', () => {
  test('has every field', async () => {
    server.behave(
      lambda.answers({
        headers: {
          'x-amz-function-error': 'Unhandled',
          'x-amz-log-result': Buffer.from('a log\n').toString('base64'),
          'x-amz-executed-version': '7',
          'x-amz-durable-execution-arn': 'arn:durable',
          'x-amzn-trace-id': 'Root=1-a',
        },
        body: '{"errorType":"E"}',
      }),
    );
    expect((await send({})).outcome).toMatchObject({
      state: 'functionError',
      StatusCode: 200,
      FunctionError: 'Unhandled',
      ExecutedVersion: '7',
      DurableExecutionArn: 'arn:durable',
      requestId: 'request-1',
      traceId: 'Root=1-a',
      logTail: { text: 'a log\n', isTruncated: false },
    });
  });

  test('has the location of a log that is stored elsewhere', async () => {
    const location = { logGroup: '/aws/lambda/hello', logStreamName: '2026/11/22/[$LATEST]a' };
    server.behave(
      lambda.answers({ headers: { 'x-amz-log-result': Buffer.from(JSON.stringify(location)).toString('base64') } }),
    );
    const { outcome } = await send({ LogType: 'Tail' });
    expect(outcome).toMatchObject({ state: 'succeeded', logTail: { location } });
    expect(outcome).not.toHaveProperty('report');
  });

  test('is that of a second request without log type, if the log type was rejected', async () => {
    const message = 'Tail logs are not supported for functions of this kind.';
    const reject = lambda.refuses(400, 'InvalidParameterValueException', { message });
    server.behave((response, request) =>
      (request.headers['x-amz-log-type'] === 'Tail' ? reject : lambda.answers())(response, request),
    );
    const { received, outcome } = await send({ LogType: 'Tail' });
    expect(received.map(({ headers }) => headers['x-amz-log-type'])).toEqual(['Tail', undefined]);
    expect(outcome).toMatchObject({
      state: 'succeeded',
      attempts: 2,
      notes: [{ code: 'attemptRefused' }],
    });
  });
});
