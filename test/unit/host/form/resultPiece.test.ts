import { expect, test } from 'vitest';
import type { HeldResult } from '../../../../src/app/results.ts';
import { isGone, resultPiece } from '../../../../src/host/form/resultPiece.ts';

const encode = (text: string) => new TextEncoder().encode(text);

function held(response: Uint8Array, sent = encode('{"sent":1}')): HeldResult {
  const invocation = { FunctionName: 'orders:live', InvocationType: 'RequestResponse' } as const;
  const connection = { kind: 'local' } as const;
  const logTail = { text: 'END\n', isTruncated: true };
  const outcome = { StatusCode: 200, connection, responseBytes: 1, clientMs: 1, notes: [], logTail } as const;
  return {
    ended: {
      invocationId: 'a',
      order: { invocation: { ...invocation, payload: { kind: 'none' } }, connection },
      result: { outcome: { state: 'succeeded', ...outcome }, Payload: response, sent },
    },
    isDropped: false,
  };
}

const shown = ({ text, fileName }: ReturnType<typeof resultPiece>) => [fileName, text];

test.each([
  ['{"b":1,"a":9007199254740993}', 'orders-live-response.json', '{\n  "b": 1,\n  "a": 9007199254740993\n}'],
  ['plain', 'orders-live-response.txt', 'plain'],
  ['', 'orders-live-response.json', ''],
])('the response %j is named after its function', (response, fileName, text) => {
  expect(shown(resultPiece(held(encode(response)), 'response'))).toEqual([fileName, text]);
});

test('a binary response has no text', () => {
  const bytes = new Uint8Array([0xff, 0x00]);
  expect(resultPiece(held(bytes), 'response')).toEqual({
    bytes,
    text: undefined,
    fileName: 'orders-live-response.bin',
  });
});

test.each<[string, Record<string, unknown>, string, string | undefined]>([
  ['JSON', { body: '{"ok":true}' }, 'orders-live-body.json', '{\n  "ok": true\n}'],
  [
    'HTML',
    { body: '<p>1</p>', headers: { 'Content-Type': 'text/html; charset=utf-8' } },
    'orders-live-body.html',
    '<p>1</p>',
  ],
  ['base64', { body: 'aGVsbG8=', isBase64Encoded: true }, 'orders-live-body.txt', 'hello'],
  [
    'a picture',
    { body: '/wA=', isBase64Encoded: true, headers: { 'content-type': 'image/png' } },
    'orders-live-body.png',
    undefined,
  ],
])('the body of an HTTP response is decoded: %s', (_, response, fileName, text) => {
  const piece = resultPiece(held(encode(JSON.stringify({ statusCode: 200, ...response }))), 'httpBody');
  expect(shown(piece)).toEqual([fileName, text]);
});

test('the sent payload and the log are pieces too, and the whole log replaces its tail', () => {
  const result = held(encode('null'));
  expect(shown(resultPiece(result, 'sent'))).toEqual(['orders-live-payload.json', '{\n  "sent": 1\n}']);
  expect(shown(resultPiece(result, 'log'))).toEqual(['orders-live.log', 'END\n']);
  expect(shown(resultPiece(result, 'log', 'START\nEND\n'))).toEqual(['orders-live.log', 'START\nEND\n']);
});

test('only the log tail stays when the bodies were dropped', () => {
  const dropped = { ...held(encode('1')), isDropped: true };
  expect((['response', 'httpBody', 'sent', 'log'] as const).map((part) => isGone(dropped, part))).toEqual([
    true,
    true,
    true,
    false,
  ]);
});
