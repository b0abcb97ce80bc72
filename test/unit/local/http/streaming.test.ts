import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseReport } from '../../../../src/core/outcome/logTail.ts';
import { startLocalWorkspace, type LocalWorkspace } from '../../../support/localWorkspace.ts';

let local: LocalWorkspace;

beforeAll(async () => {
  local = await startLocalWorkspace();
});

afterAll(() => local.close());

const text = (response: { parts: readonly { text: string }[] }) => response.parts.map((part) => part.text).join('');

test('a streamed response arrives while the function runs, and its log at the end', async () => {
  const response = await local.stream('streams', { parts: ['one ', 'two ', 'ü'], everyMs: 60 });
  expect(response).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
  expect(response).not.toHaveProperty('FunctionError');
  expect(text(response)).toBe('one two ü');
  expect(response.parts.length).toBeGreaterThan(1);
  expect(response.log).toContain(`streaming for ${response.requestId}`);
  expect(parseReport(response.log)).toMatchObject({ requestId: response.requestId });
});

test('a buffered response is sent as one chunk', async () => {
  const response = await local.stream('hello', { name: 'Ada' });
  expect(response.parts).toHaveLength(1);
  expect(JSON.parse(text(response))).toMatchObject({ message: 'Hello, Ada!' });
});

test('Invoke returns a streaming function’s complete response', async () => {
  const { Payload, StatusCode } = await local.invokeRaw('streams', { parts: ['"a', 'b"'], everyMs: 1 });
  expect([StatusCode, new TextDecoder().decode(Payload)]).toEqual([200, '"ab"']);
});

test('an error during streaming follows the partial response', async () => {
  const response = await local.stream('streamsAndThrows');
  expect(text(response)).toBe('before');
  expect(response).toMatchObject({ FunctionError: 'Unhandled', streamError: { ErrorCode: 'Unhandled' } });
  expect(JSON.parse(response.streamError?.ErrorDetails ?? '')).toMatchObject({
    errorType: 'RangeError',
    errorMessage: 'in the middle',
  });
  expect(text(await local.stream('streams', { parts: ['next'], everyMs: 1 }))).toBe('next');
});

test('an error before the first write has no response', async () => {
  const response = await local.stream('throwsAtOnce');
  expect(text(response)).toBe('');
  expect(JSON.parse(response.streamError?.ErrorDetails ?? '')).toMatchObject({ errorType: 'TypeError' });
});

test('a timeout ends the stream after the partial response', async () => {
  const response = await local.stream('streamsTooLong');
  expect(text(response)).toBe('begun');
  expect(JSON.parse(response.streamError?.ErrorDetails ?? '')).toMatchObject({ errorType: 'Sandbox.Timedout' });
});

test('a crash during streaming is reported immediately after the partial response', async () => {
  const response = await local.stream('crashesInStream');
  expect(text(response)).toBe('begun');
  expect(JSON.parse(response.streamError?.ErrorDetails ?? '')).toMatchObject({ errorMessage: 'boom' });
});

test('everything written before an error is received', async () => {
  let bytes = 0;
  const response = await local.stream('writesMuchAndThrows', {}, (chunk) => {
    bytes += chunk.byteLength;
    return Promise.resolve();
  });
  expect(bytes).toBe(10_000_000);
  expect(JSON.parse(response.streamError?.ErrorDetails ?? '')).toMatchObject({ errorMessage: 'after much' });
});

test('an error of 300,000 characters is complete', async () => {
  const response = await local.stream('throwsMuch');
  const { errorType, errorMessage } = JSON.parse(response.streamError?.ErrorDetails ?? '') as Record<string, string>;
  expect([errorType, errorMessage?.length]).toEqual(['Error', 300_000]);
});

test('a handler that returns no promise fails, as on Lambda', async () => {
  const response = await local.stream('notAsync');
  expect(text(response)).toBe('');
  expect(JSON.parse(response.streamError?.ErrorDetails ?? '')).toMatchObject({
    errorType: 'string',
    errorMessage: 'Streaming does not support non-async handlers.',
  });
});

test('a stream that another one is piped into ends with its source', async () => {
  expect(text(await local.stream('pipes'))).toBe('ab');
});

test('a slow reader receives all of 24 MB', async () => {
  let bytes = 0;
  await local.stream('streamsMuch', { megabytes: 24 }, async (chunk) => {
    bytes += chunk.byteLength;
    await new Promise((resolve) => setImmediate(resolve));
  });
  expect(bytes).toBe(24 * 1_048_576);
});

test('DryRun returns 204, and an unknown function 404', async () => {
  expect(await local.dryStream('hello')).toMatchObject({ StatusCode: 204 });
  await expect(local.stream('nobody')).rejects.toMatchObject({ reason: { code: 'functionNotFound' } });
});
