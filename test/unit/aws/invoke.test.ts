import { createServer, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAws } from '../../../src/aws/index.ts';
import type { Aws } from '../../../src/core/connection/aws.ts';
import type { InvokeRequest, InvokeTarget } from '../../../src/core/invocation/invokeRequest.ts';
import { createAwsFiles, type AwsFiles } from '../../support/awsFiles.ts';
import * as lambda from '../../support/lambdaServer.ts';
import { catchInvokeError } from '../../support/catchInvokeError.ts';

let server: lambda.LambdaServer;
let files: AwsFiles;
let aws: Aws;

beforeEach(async () => {
  server = await lambda.startLambdaServer();
  files = await createAwsFiles();
  await files.write({
    config: `[default]\nregion = eu-west-1\n[profile elsewhere]\nregion = ap-south-1\nendpoint_url = ${server.endpoint}\n[profile empty]\nregion = us-east-1\n`,
    credentials:
      '[default]\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = s\n[elsewhere]\naws_access_key_id = AKIAELSEWHERE\naws_secret_access_key = s\n',
  });
  // The SDK's default chain reads the environment of the process.
  Object.assign(process.env, files.environment, { AWS_EC2_METADATA_DISABLED: 'true' });
  aws = createAws(files.environment);
});

afterEach(async () => {
  await server.close();
  await files.remove();
});

const request: InvokeRequest = {
  FunctionName: 'hello',
  InvocationType: 'RequestResponse',
  Payload: new TextEncoder().encode('{"n": 12345678901234567890}\n'),
};

function invoke(changes: Partial<InvokeRequest> = {}, target?: InvokeTarget, signal = new AbortController().signal) {
  return aws.invoke(
    { ...request, ...changes },
    { target: target ?? { kind: 'aws', endpoint: server.endpoint }, signal },
  );
}

describe('the request', () => {
  test('has every field in the place that Lambda expects, and the payload verbatim', async () => {
    await invoke({
      Qualifier: '$LATEST',
      LogType: 'Tail',
      ClientContext: '{"custom":{"ü":1}}',
      TenantId: 'tenant 1',
      DurableExecutionName: 'run-1',
    });
    const [received] = server.received;
    expect(received?.method).toBe('POST');
    expect(received?.url).toBe('/2015-03-31/functions/hello/invocations?Qualifier=%24LATEST');
    expect(received?.headers).toMatchObject({
      'x-amz-invocation-type': 'RequestResponse',
      'x-amz-log-type': 'Tail',
      'x-amz-client-context': Buffer.from('{"custom":{"ü":1}}').toString('base64'),
      'x-amz-tenant-id': 'tenant 1',
      'x-amz-durable-execution-name': 'run-1',
    });
    expect(received?.body.toString()).toBe('{"n": 12345678901234567890}\n');
  });

  test('omits fields that are not set', async () => {
    await invoke();
    const names = Object.keys(server.received[0]?.headers ?? {});
    expect(names.filter((name) => /client-context|log-type|tenant|durable/.test(name))).toEqual([]);
  });

  test('can have a payload of 6,291,456 bytes', async () => {
    await invoke({ Payload: new Uint8Array(6_291_456).fill(0x20) });
    expect(server.received[0]?.body.byteLength).toBe(6_291_456);
  });

  test('is signed for the region of the ARN, which takes precedence', async () => {
    const response = await invoke({ FunctionName: 'arn:aws:lambda:us-west-2:123456789012:function:hello' });
    expect(server.received[0]?.headers.authorization).toContain('/us-west-2/lambda/');
    expect(response.connection).toMatchObject({ kind: 'aws', region: 'us-west-2' });
  });
});

describe('the connection', () => {
  test('uses the credentials, region and endpoint_url of the selected profile', async () => {
    const response = await invoke({}, { kind: 'aws', profile: 'elsewhere' });
    expect(server.received[0]?.headers.authorization).toContain('Credential=AKIAELSEWHERE/');
    expect(response.connection).toEqual({
      kind: 'aws',
      profile: 'elsewhere',
      region: 'ap-south-1',
      endpoint: server.endpoint,
      endpointSource: 'profile elsewhere',
    });
  });

  test('uses edited credentials for the next invocation', async () => {
    await invoke();
    await files.write({ credentials: '[default]\naws_access_key_id = AKIAEDITED00\naws_secret_access_key = s\n' });
    await invoke();
    expect(server.received.map(({ headers }) => /Credential=(\w+)/.exec(headers.authorization ?? '')?.[1])).toEqual([
      'AKIADEFAULT',
      'AKIAEDITED00',
    ]);
  });

  test('reports a profile without credentials, and sends nothing', async () => {
    const error = await catchInvokeError(invoke({}, { kind: 'aws', profile: 'empty', endpoint: server.endpoint }));
    expect(error.reason).toEqual({ code: 'profileNoCredentials', args: ['empty'] });
    expect(server.received).toEqual([]);
  });

  test('reports an unknown profile by name', async () => {
    expect((await catchInvokeError(invoke({}, { kind: 'aws', profile: 'nobody' }))).reason).toEqual({
      code: 'profileUnknown',
      args: ['nobody'],
    });
  });

  test('lists profiles without other sections', async () => {
    await files.write({
      config:
        '[default]\nregion = x\n[profile dev]\nregion = x\n[sso-session corp]\nsso_region = x\n[services local]\nlambda =\n  endpoint_url = http://127.0.0.1:9\n',
    });
    expect((await aws.listProfiles()).profiles.map(({ name }) => name)).toEqual(['default', 'dev', 'elsewhere']);
  });
});

describe('the response', () => {
  test('has every field, including the trace ID', async () => {
    server.behave(
      lambda.answers({
        headers: {
          'x-amz-function-error': 'Unhandled',
          'x-amz-log-result': 'TE9H',
          'x-amz-executed-version': '7',
          'x-amz-durable-execution-arn': 'arn:d',
          'x-amzn-trace-id': 'Root=1-2-3',
        },
        body: '{"errorType":"E"}',
      }),
    );
    const { Payload, connection: _, ...fields } = await invoke();
    expect(fields).toEqual({
      StatusCode: 200,
      FunctionError: 'Unhandled',
      LogResult: 'TE9H',
      ExecutedVersion: '7',
      DurableExecutionArn: 'arn:d',
      requestId: 'request-1',
      traceId: 'Root=1-2-3',
    });
    expect(Payload.constructor).toBe(Uint8Array);
    expect(new TextDecoder().decode(Payload)).toBe('{"errorType":"E"}');
  });

  test.each([202, 204])('has an empty payload for status %i', async (status) => {
    server.behave(lambda.answers({ status, body: '' }));
    const response = await invoke({ InvocationType: status === 202 ? 'Event' : 'DryRun' });
    expect([response.StatusCode, response.Payload.byteLength]).toEqual([status, 0]);
  });
});

describe('errors', () => {
  test('an exception keeps its name, message, status and request id', async () => {
    server.behave(lambda.refuses(429, 'TooManyRequestsException', { Reason: 'ConcurrentInvocationLimitExceeded' }));
    const error = await catchInvokeError(invoke());
    expect(error.exception).toEqual({
      name: 'TooManyRequestsException',
      message: 'TooManyRequestsException happened',
      StatusCode: 429,
    });
    expect(error.requestId).toBe('request-1');
    expect(error.reason.code).toBe('ConcurrentInvocationLimitExceeded');
  });

  test('waiting for a silent server has no timeout; after stopping, the function is reported as still running', async () => {
    server.behave(lambda.staysSilent);
    const abort = new AbortController();
    const stopped = catchInvokeError(invoke({}, undefined, abort.signal));
    await expect.poll(() => server.received.length).toBe(1);
    abort.abort();
    expect((await stopped).reason.code).toBe('stoppedWaiting');
    expect(server.received).toHaveLength(1);
  });

  test('a dry run has a timeout', async () => {
    server.behave(lambda.staysSilent);
    aws = createAws(files.environment, { limits: { readMs: 1000 } });
    const error = await catchInvokeError(invoke({ InvocationType: 'DryRun' }));
    expect(error.reason).toEqual({ code: 'dryRunLate', args: [server.endpoint, 1] });
    expect(error.resend).toBeUndefined();
    expect(server.received).toHaveLength(1);
  });

  test('stopping before anything was sent sends nothing', async () => {
    expect((await catchInvokeError(invoke({}, undefined, AbortSignal.abort()))).reason.code).toBe(
      'cancelledBeforeSending',
    );
    expect(server.received).toEqual([]);
  });
});

test.each([200, 202, 404])('a connection is reused after a %i', async (status) => {
  const ports: (number | undefined)[] = [];
  server.behave((response, received) => {
    ports.push(response.socket?.remotePort);
    lambda.answers({ status, body: '{"a":1}' })(response, received);
  });
  for (let count = 0; count < 3; count++) await invoke().catch(() => undefined);
  expect(ports).toHaveLength(3);
  expect(new Set(ports).size).toBe(1);
});

describe('connections that were not established', () => {
  test('stopping during a TLS handshake reports that nothing was sent', async () => {
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const abort = new AbortController();
    silent.once('connection', () => abort.abort());
    const endpoint = `https://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const error = await catchInvokeError(invoke({}, { kind: 'aws', endpoint }, abort.signal));
    expect(error.reason.code).toBe('cancelledBeforeSending');
    silent.close();
  });

  test('an endpoint without a scheme is rejected, because it would parse as another URL', async () => {
    const error = await catchInvokeError(invoke({}, { kind: 'aws', endpoint: 'localhost:4566' }));
    expect(error.reason).toEqual({ code: 'endpointInvalid', args: ['localhost:4566', 'the connection'] });
  });

  test('a refused connection reports that nothing was sent', async () => {
    await server.close();
    const error = await catchInvokeError(invoke());
    expect(error.reason).toMatchObject({
      code: 'unreachable',
      args: [server.endpoint, expect.stringContaining('ECONNREFUSED')],
    });
  });

  test('an unknown host name is reported', async () => {
    // A label of more than 63 characters isn't a name, whether or not a name server responds.
    const endpoint = `http://${'a'.repeat(64)}.invalid`;
    const error = await catchInvokeError(invoke({}, { kind: 'aws', endpoint }));
    expect(error.reason).toMatchObject({
      code: 'unreachable',
      args: [endpoint, expect.stringMatching(/ENOTFOUND|EAI_AGAIN/)],
    });
  });
});
