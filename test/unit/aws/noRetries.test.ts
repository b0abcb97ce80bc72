import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Aws } from '../../../src/core/connection/aws.ts';
import { isInvokeError } from '../../../src/core/outcome/invokeError.ts';
import type { InvokeRequest } from '../../../src/core/invocation/invokeRequest.ts';
import { createDevAws, type AwsFiles } from '../../support/awsFiles.ts';
import * as lambda from '../../support/lambdaServer.ts';

let files: AwsFiles;
let aws: Aws;

beforeAll(async () => {
  ({ aws, files } = await createDevAws());
});

afterAll(() => files.remove());

const request: InvokeRequest = { FunctionName: 'hello', InvocationType: 'RequestResponse', Payload: new Uint8Array() };

// Concurrent, each with its own server, because each test has to wait for a possible retry.
test.concurrent.each<[string, lambda.Behaviour, string]>([
  ['a dropped socket', lambda.dropsConnection, 'connectionLost'],
  ['a cut body', lambda.cutsBody, 'connectionLostId'],
  ['a 500', lambda.refuses(500, 'ServiceException'), 'ServiceException'],
  ['a 502', lambda.refuses(502, 'KMSAccessDeniedException'), 'KMSAccessDeniedException'],
  ['a 503 without a name', lambda.answers({ status: 503, body: '' }), 'serviceFailed'],
  [
    'a 429',
    lambda.refuses(429, 'TooManyRequestsException', { Reason: 'CallerRateLimitExceeded' }),
    'CallerRateLimitExceeded',
  ],
  ['a 404', lambda.refuses(404, 'ResourceNotFoundException'), 'functionNotFound'],
  ['a 403', lambda.refuses(403, 'AccessDeniedException'), 'accessDenied'],
  ['an expired token', lambda.refuses(403, 'ExpiredTokenException'), 'credentialsRefused'],
  ['a bad signature', lambda.refuses(403, 'InvalidSignatureException'), 'credentialsRefused'],
  [
    'a 413 with the service’s exception name',
    lambda.refuses(413, 'RequestEntityTooLargeException'),
    'RequestTooLargeException',
  ],
  ['a 400', lambda.refuses(400, 'InvalidRequestContentException'), 'InvalidRequestContentException'],
  ['an unknown exception', lambda.refuses(418, 'TeapotException'), 'requestRefused'],
])('%s reaches the server once', async (_, behaviour, code) => {
  const server = await lambda.startLambdaServer(behaviour);
  const target = { kind: 'aws', profile: 'dev', endpoint: server.endpoint } as const;
  const sent = aws.invoke(request, { target, signal: new AbortController().signal });
  const error: unknown = await sent.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(isInvokeError(error) && error.reason.code).toBe(code);
  await new Promise((resolve) => setTimeout(resolve, 250)); // long enough for the SDK's first retry
  expect(server.received).toHaveLength(1);
  await server.close();
});
