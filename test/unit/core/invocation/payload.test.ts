import { describe, expect, test } from 'vitest';
import { toPayload, validatePayload } from '../../../../src/core/invocation/payload.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

describe('toPayload', () => {
  test('keeps bytes unchanged', () => {
    const bytes = utf8('{"b": 1, "a": 12345678901234567890}\n');
    expect(toPayload(bytes)).toEqual({ bytes, notes: [] });
  });

  test('drops a UTF-8 byte order mark and adds a note', () => {
    const { bytes, notes } = toPayload(Uint8Array.of(0xef, 0xbb, 0xbf, 0x7b, 0x7d));
    expect([...bytes]).toEqual([0x7b, 0x7d]);
    expect(notes).toEqual([{ code: 'bomDropped', args: [] }]);
  });

  test('adds a note for an empty file', () => {
    expect(toPayload(new Uint8Array()).notes).toEqual([{ code: 'emptyPayload', args: [] }]);
  });
});

describe('validatePayload', () => {
  test.each<[string, Uint8Array, string | undefined]>([
    ['JSON', utf8('{}'), undefined],
    ['an empty payload', new Uint8Array(), undefined],
    ['a digit', utf8('1'), undefined],
    ['UTF-16 with a byte order mark', Uint8Array.of(0xff, 0xfe, 0x7b, 0x00), 'payloadUtf16'],
    ['UTF-16 without a byte order mark', Uint8Array.of(0x7b, 0x00, 0x7d, 0x00), 'payloadUtf16'],
    ['Latin-1', Uint8Array.of(0x22, 0xfc, 0x22), 'payloadNotUtf8'],
    ['invalid JSON', utf8('hello'), 'payloadNotJson'],
    ['an oversized payload', new Uint8Array(6_291_457).fill(0x20), 'payloadTooLarge'],
  ])('checks %s', (_, bytes, code) => {
    expect(validatePayload(bytes, 'RequestResponse')?.code).toBe(code);
  });
});
