import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Aws } from '../../../src/core/connection/aws.ts';
import { EXCEPTION_SENTENCES } from '../../../src/core/messages/exceptionSentences.ts';
import { failureKind, type FailureKind } from '../../../src/core/outcome/failureKind.ts';
import { isInvokeError, type InvokeError } from '../../../src/core/outcome/invokeError.ts';
import { toSentence } from '../../../src/core/messages/messages.ts';
import { createDevAws, type AwsFiles } from '../../support/awsFiles.ts';
import * as lambda from '../../support/lambdaServer.ts';

let files: AwsFiles;
let aws: Aws;
let server: lambda.LambdaServer;

beforeAll(async () => {
  ({ aws, files } = await createDevAws());
  server = await lambda.startLambdaServer();
});

afterAll(async () => {
  await server.close();
  await files.remove();
});

/** Invokes once and returns the error. Expects a single request. */
async function failedInvoke(behaviour: lambda.Behaviour, InvokeMode?: 'RESPONSE_STREAM'): Promise<InvokeError> {
  server.behave(behaviour);
  const before = server.received.length;
  const request = {
    FunctionName: 'hello',
    InvocationType: 'RequestResponse',
    Payload: new Uint8Array(),
    ...(InvokeMode !== undefined && { InvokeMode }),
  } as const;
  const target = { kind: 'aws', profile: 'dev', endpoint: server.endpoint } as const;
  const error: unknown = await aws.invoke(request, { target, signal: new AbortController().signal }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isInvokeError(error)) throw new Error(`not rejected: ${String(error)}`);
  expect(server.received.length - before).toBe(1);
  return error;
}

/** Every exception of Invoke, with its status. */
const EXCEPTIONS: readonly (readonly [StatusCode: number, names: readonly string[]])[] = [
  [
    400,
    [
      'InvalidParameterValueException',
      'InvalidRequestContentException',
      'RecursiveInvocationException',
      'SnapStartException',
      'NoPublishedVersionException',
      'ModeNotSupportedException',
      'ValidationException',
    ],
  ],
  [402, ['ServiceQuotaExceededException']],
  [403, ['EFSMountFailureException', 'S3FilesMountFailureException']],
  [
    408,
    [
      'SnapStartTimeoutException',
      'EFSMountTimeoutException',
      'EFSMountConnectivityException',
      'S3FilesMountTimeoutException',
      'S3FilesMountConnectivityException',
    ],
  ],
  [
    409,
    [
      'ResourceConflictException',
      'SnapStartNotReadyException',
      'CodeArtifactUserPendingException',
      'CodeArtifactUserDeletedException',
      'CodeArtifactUserFailedException',
      'DurableExecutionAlreadyStartedException',
    ],
  ],
  [410, ['EFSIOException']],
  [413, ['RequestTooLargeException', 'SerializedRequestEntityTooLargeException']],
  [415, ['UnsupportedMediaTypeException']],
  [429, ['TooManyRequestsException']],
  [500, ['ServiceException']],
  [
    502,
    [
      'EC2AccessDeniedException',
      'EC2ThrottledException',
      'EC2UnexpectedException',
      'ENILimitReachedException',
      'ENINotReadyException',
      'InvalidRuntimeException',
      'InvalidSecurityGroupIDException',
      'InvalidSubnetIDException',
      'InvalidZipFileException',
      'KMSAccessDeniedException',
      'KMSDisabledException',
      'KMSInvalidStateException',
      'KMSNotFoundException',
      'ResourceNotReadyException',
      'SubnetIPAddressLimitReachedException',
      'SnapStartRegenerationFailureException',
    ],
  ],
];

const REASONS = [
  'ConcurrentInvocationLimitExceeded',
  'FunctionInvocationRateLimitExceeded',
  'ReservedFunctionConcurrentInvocationLimitExceeded',
  'ReservedFunctionInvocationRateLimitExceeded',
  'CallerRateLimitExceeded',
  'ConcurrentSnapshotCreateLimitExceeded',
];

describe('every exception of Invoke has a specific message and keeps the original exception', () => {
  const all = EXCEPTIONS.flatMap(([StatusCode, names]) => names.map((name) => [name, StatusCode] as const));

  test.each(all)('%s (%i)', async (name, StatusCode) => {
    const error = await failedInvoke(lambda.refuses(StatusCode, name));
    expect(error.reason).toEqual({ code: name, args: [] });
    expect(error.exception).toEqual({ name, message: `${name} happened`, StatusCode });
    expect(error.requestId).toBe('request-1');
    expect(error.resend).toEqual(StatusCode === 429 ? { reason: 'throttled' } : undefined);
  });

  test.each(REASONS)('429 for %s', async (Reason) => {
    const error = await failedInvoke(lambda.refuses(429, 'TooManyRequestsException', { Reason }));
    expect(error.reason.code).toBe(Reason);
  });

  test('the table contains exactly these exceptions', () => {
    const known = [...all.map(([name]) => name), ...REASONS];
    expect(Object.keys(EXCEPTION_SENTENCES).toSorted()).toEqual(known.toSorted());
  });

  test.each(Object.entries(EXCEPTION_SENTENCES))('%s says what happened, then what to do', (_, sentence) => {
    expect(sentence).toMatch(/^[A-Z].+[.;:?!)] .+\.$/);
    expect(sentence.length).toBeLessThan(260);
  });

  test.each(all.filter(([name]) => name !== 'ValidationException').map(([name]) => name))(
    'a streaming invocation reports %s the same way',
    async (name) => {
      const StatusCode = all.find(([exceptionName]) => exceptionName === name)?.[1] ?? 0;
      const error = await failedInvoke(lambda.refuses(StatusCode, name), 'RESPONSE_STREAM');
      expect(error.reason.code).toBe(name);
    },
  );
});

describe('unknown exceptions', () => {
  test.each<[string, number, string, FailureKind]>([
    ['TeapotException', 418, 'requestRefused', 'refused'],
    ['TomorrowsException', 400, 'requestRefused', 'refused'],
    ['NotReadyYetException', 409, 'notNow', 'refused'],
    ['StrangeTimeoutException', 408, 'notNow', 'refused'],
    ['BrokenException', 500, 'serviceFailed', 'unclear'],
    ['UnavailableException', 503, 'serviceFailed', 'unclear'],
    ['RequestEntityTooLargeException', 413, 'RequestTooLargeException', 'refused'],
    ['__proto__', 400, 'requestRefused', 'refused'],
    ['constructor', 502, 'serviceFailed', 'unclear'],
  ])('%s (%i) is reported as %s', async (name, StatusCode, code, kind) => {
    const error = await failedInvoke(lambda.refuses(StatusCode, name));
    expect(error.reason.code).toBe(code);
    expect(failureKind(error.reason.code)).toBe(kind);
    expect(error.resend).toBeUndefined();
  });

  test('a throttle with an unknown reason is still a throttle', async () => {
    const error = await failedInvoke(lambda.refuses(429, 'TooManyRequestsException', { Reason: 'NewLimitExceeded' }));
    expect(error.reason).toEqual({ code: 'throttledUnknown', args: ['NewLimitExceeded'] });
    expect(error.resend).toEqual({ reason: 'throttled' });
  });
});

describe('specific errors', () => {
  const denied = (message: string) => lambda.refuses(403, 'AccessDeniedException', { message });

  test('a missing permission names principal, action and resource', async () => {
    const error = await failedInvoke(
      denied(
        'User: arn:aws:sts::123456789012:assumed-role/dev/ada is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:eu-west-1:123456789012:function:orders because no identity-based policy allows the lambda:InvokeFunction action',
      ),
    );
    expect(toSentence(error.reason)).toBe(
      "arn:aws:sts::123456789012:assumed-role/dev/ada isn't allowed to perform lambda:InvokeFunction on arn:aws:lambda:eu-west-1:123456789012:function:orders. Allow the action in an identity policy or in the function's resource policy.",
    );
  });

  test('a missing permission without details', async () => {
    expect((await failedInvoke(denied('Access denied'))).reason.code).toBe('accessDenied');
  });

  test('a missing function', async () => {
    const message = 'Function not found: arn:aws:lambda:eu-west-1:123456789012:function:nobody:$LATEST';
    const error = await failedInvoke(lambda.refuses(404, 'ResourceNotFoundException', { message }));
    expect(error.reason).toEqual({ code: 'functionNotFound', args: [] });
  });

  test.each([
    'ExpiredTokenException',
    'UnrecognizedClientException',
    'InvalidSignatureException',
    'IncompleteSignatureException',
    'MissingAuthenticationTokenException',
    'OptInRequired',
  ])('rejected credentials (%s) are distinguished from exceptions of Lambda', async (name) => {
    const error = await failedInvoke(lambda.refuses(403, name));
    expect(failureKind(error.reason.code)).toBe('credentials');
    expect(error.reason.args[0]).toBe('profile dev');
  });

  test.each([
    ['3', 3000],
    ['0', 0],
    ['soon', undefined],
  ])('the retry delay of Retry-After: %s', async (seconds, retryAfterMs) => {
    const body = JSON.stringify({ Type: 'User', message: 'Rate Exceeded.' });
    const headers = { 'x-amzn-errortype': 'TooManyRequestsException', 'retry-after': seconds };
    const { resend } = await failedInvoke(lambda.answers({ status: 429, headers, body }));
    expect(resend).toEqual({ reason: 'throttled', ...(retryAfterMs !== undefined && { retryAfterMs }) });
  });

  test('an unsupported log tail', async () => {
    const message = 'Tail logs are not supported for functions with an event source';
    const error = await failedInvoke(lambda.refuses(400, 'InvalidParameterValueException', { message }));
    expect(error.resend).toEqual({ reason: 'tailRefused' });
  });
});
