import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAws } from '../../../src/aws/index.ts';
import type { InvokeRequest } from '../../../src/core/invokeRequest.ts';
import { LOCAL_KEYS, refusal, startLocalWorkspace, type LocalWorkspace } from '../../support/localWorkspace.ts';

let local: LocalWorkspace;

beforeAll(async () => {
  local = await startLocalWorkspace();
});

afterAll(() => local.close());

const invoke: LocalWorkspace['invoke'] = (...args) => local.invoke(...args);

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
    const address = { endpoint: local.url, ...LOCAL_KEYS, ...other };
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
      const sent = httpRequest(local.url + path, { method: 'POST', headers }, (response) => {
        response.resume();
        done({ status: response.statusCode, type: response.headers['x-amzn-errortype'] });
      });
      sent.on('error', reject).end('{}');
    });
    expect(answer).toEqual({ status: 403, type: name });
  });
});
