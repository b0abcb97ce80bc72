import { expect, test } from 'vitest';
import { DapFrames, toFrame, toMessage } from '../../../../src/local/process/dapFrames.ts';

const MAX_BYTES = 10_000;

/** The messages of frames that arrive in parts of this size. */
function receive(bytes: Buffer, size: number): unknown[] {
  const frames = new DapFrames(MAX_BYTES);
  const all: unknown[] = [];
  for (let start = 0; start < bytes.byteLength; start += size)
    all.push(...frames.add(bytes.subarray(start, start + size)).map(toMessage));
  return all;
}

test.each([1, 2, 7, 50, 100_000])('messages that arrive in parts of %i bytes are complete', (size) => {
  const messages = ['é€', 'x'.repeat(2000), ''].map((event, seq) => ({ type: 'event', seq, event }));
  expect(receive(Buffer.concat(messages.map(toFrame)), size)).toEqual(messages);
});

test('other header fields are ignored', () => {
  expect(receive(Buffer.from('Content-Type: x\r\ncontent-length: 2\r\n\r\n{}'), 100)).toEqual([{}]);
});

test('a message is copied once, however many parts it arrives in', () => {
  const parts = 2000;
  const part = Buffer.alloc(1000, 'x');
  const frames = new DapFrames(parts * part.byteLength);
  const concat = Buffer.concat.bind(Buffer);
  let copied = 0;
  Buffer.concat = (list: readonly Uint8Array[], total?: number) => {
    const joined = concat(list, total);
    copied += joined.byteLength;
    return joined;
  };
  try {
    frames.add(Buffer.from(`Content-Length: ${parts * part.byteLength}\r\n\r\n`));
    const [frame] = Array.from({ length: parts }, () => frames.add(part)).flat();
    expect(frame?.byteLength).toBeGreaterThan(parts * part.byteLength);
    expect(copied).toBe(frame?.byteLength);
  } finally {
    Buffer.concat = concat;
  }
});

test.each([
  ['a header without a length', 'Content-Type: x\r\n\r\n{}'],
  ['a negative length', 'Content-Length: -1\r\n\r\n'],
  ['a length that isn’t a number', 'Content-Length: two\r\n\r\n{}'],
  ['a fractional length', 'Content-Length: 1.5\r\n\r\n{}'],
  ['a length above the maximum', `Content-Length: ${MAX_BYTES + 1}\r\n\r\n`],
  ['a header that doesn’t end', 'x'.repeat(1024)],
])('%s is rejected', (_, text) => {
  expect(() => receive(Buffer.from(text), 100)).toThrow('A debugger message has no');
});
