import { SignatureV4 } from '@smithy/signature-v4';
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAws } from '../../../../src/aws/index.ts';
import type { InvokeRequest } from '../../../../src/core/invocation/invokeRequest.ts';
import { Sha256 } from '../../../support/sha256.ts';
import { LOCAL_KEYS, refusal, startLocalWorkspace, type LocalWorkspace } from '../../../support/localWorkspace.ts';

let local: LocalWorkspace;

beforeAll(async () => {
  local = await startLocalWorkspace();
});

afterAll(() => local.close());

const invoke: LocalWorkspace['invoke'] = (...args) => local.invoke(...args);

describe('the endpoint rejects', () => {
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
      'a function in another region',
      () => invoke('arn:aws:lambda:eu-west-1:000000000000:function:hello'),
      {
        name: 'ResourceNotFoundException',
        StatusCode: 404,
        message: "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')",
      },
    ],
    [
      'an unknown version',
      () => invoke('hello', {}, { Qualifier: '7' }),
      { name: 'ResourceNotFoundException', StatusCode: 404 },
    ],
    [
      'contradicting qualifiers',
      () => invoke('hello:1', {}, { Qualifier: '2' }),
      { name: 'InvalidParameterValueException', StatusCode: 400 },
    ],
    [
      'a payload that is not JSON',
      () => invoke('hello', undefined, { Payload: new TextEncoder().encode('{') }),
      {
        name: 'InvalidRequestContentException',
        StatusCode: 400,
        message: expect.stringMatching(/^Could not parse request body into json: /),
      },
    ],
    [
      'a client context that is not an object',
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

  const PATH = '/2015-03-31/functions/hello/invocations';

  /** Sends a request without signing it. */
  function send(path: string, headers: Record<string, string>, { method = 'POST', body = Buffer.from('{}') } = {}) {
    return new Promise<{ status: number | undefined; type: unknown }>((resolve, reject) => {
      const sent = httpRequest(local.url + path, { method, headers }, (response) => {
        response.resume();
        resolve({ status: response.statusCode, type: response.headers['x-amzn-errortype'] });
      });
      sent.on('error', reject).end(body);
    });
  }

  test.each([
    ['no signature', {}, 'MissingAuthenticationTokenException'],
    ['another Host header', { host: 'evil.example' }, 'AccessDeniedException'],
  ])('a request with %s', async (_, headers, name) => {
    expect(await send(PATH, headers)).toEqual({ status: 403, type: name });
  });

  /** The headers of a request with a valid signature. */
  async function signed(path: string, { method = 'POST', body = Buffer.from('{}') } = {}) {
    const url = new URL(local.url);
    const signer = new SignatureV4({ credentials: LOCAL_KEYS, region: 'us-east-1', service: 'lambda', sha256: Sha256 });
    const request = { method, protocol: 'http:', hostname: url.hostname, path, headers: { host: url.host }, body };
    return (await signer.sign(request)).headers;
  }

  test('changes to the query, headers and body of a signed request', async () => {
    const headers = await signed(PATH);
    expect(await send(PATH, headers)).toEqual({ status: 200, type: undefined });
    const rejected = { status: 403, type: 'InvalidSignatureException' };
    expect(await send(`${PATH}??&Qualifier=9`, headers)).toEqual(rejected);
    expect(await send(`${PATH}?Qualifier=9`, headers)).toEqual(rejected);
    expect(await send(PATH, { ...headers, 'x-amz-invocation-type': 'Event' })).toEqual(rejected);
    expect(await send(PATH, headers, { body: Buffer.from('{ }') })).toEqual(rejected);
  });

  test('another method, an invalid path and invalid UTF-8', async () => {
    expect(
      await send(PATH, await signed(PATH, { method: 'GET', body: Buffer.alloc(0) }), {
        method: 'GET',
        body: Buffer.alloc(0),
      }),
    ).toEqual({
      status: 405,
      type: 'MethodNotAllowedException',
    });
    const invalidPath = '/2015-03-31/functions/%zz/invocations';
    expect((await send(invalidPath, await signed(invalidPath))).status).toBe(400);
    const body = Buffer.from([0x22, 0xff, 0x22]);
    expect(await send(PATH, await signed(PATH, { body }), { body })).toEqual({
      status: 400,
      type: 'InvalidRequestContentException',
    });
  });
});
