import { expect, test } from 'vitest';
import { entryPayload } from '../../../../src/core/logs/entryPayload.ts';
import { parseLog } from '../../../../src/core/logs/parseLog.ts';

function payloadOf(line: string): string | undefined {
  const [entry] = parseLog(line);
  return entry && entryPayload(entry);
}

test.each([
  ['an event that was printed as JSON', '{"orderId":12345678901234567890,"a":1.10}'],
  ['one with the time, request ID, and level of the Node.js runtime before it', '{"orderId":7}'],
])('offers %s, as it is written', (_, json) => {
  const head = '2026-11-28T12:00:00.000Z\t8360f1a5-1111-4222-8333-444455556666\tINFO\t';
  expect(payloadOf(json)).toBe(json);
  expect(payloadOf(head + json)).toBe(json);
});

test('offers the event in a structured line', () => {
  expect(payloadOf('{"level":"INFO","message":"received","event":{"id": 1}}')).toBe('{"id": 1}');
  expect(payloadOf('{"level":"INFO","message":{"id": 1.50}}')).toBe('{"id": 1.50}');
});

test('offers the whole object if only it has no level or time beside its event', () => {
  const json = '{"version":"1.0","event":{"id":1}}';
  expect(payloadOf(json)).toBe(json);
});

test('offers the object at the end of a message', () => {
  expect(payloadOf('received {"id":1}')).toBe('{"id":1}');
});

test.each([
  'plain text',
  'REPORT RequestId: 8360f1a5-1111-4222-8333-444455556666\tDuration: 1 ms',
  '{"time":"2026-11-28T12:00:00.000Z","type":"platform.start","record":{"requestId":"a"}}',
  'level=info msg="pairs" id=1',
])('offers nothing in %s', (line) => {
  expect(payloadOf(line)).toBeUndefined();
});
