import { expect, test } from 'vitest';
import { MarkedStream } from '../../../src/local/markedStream.ts';

const MARK = '\u0001mark\u0001';

/** Sends a text in pieces of a size, and collects what comes out. */
function pass(text: string, size: number) {
  let output = '';
  let marks = 0;
  const stream = new MarkedStream(MARK, { onOutput: (bytes) => (output += String(bytes)), onMark: () => marks++ });
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.byteLength; at += size) stream.push(bytes.subarray(at, at + size));
  stream.end();
  return { output, marks };
}

test.each([1, 2, 3, 5, 7, 100])('marks are found and left out, whatever the pieces (%i bytes)', (size) => {
  expect(pass(`one\n${MARK}two${MARK}${MARK}`, size)).toEqual({ output: 'one\ntwo', marks: 3 });
});

test('what only begins like a mark is output', () => {
  expect(pass('a\u0001mark b\u0001ma', 2)).toEqual({ output: 'a\u0001mark b\u0001ma', marks: 0 });
});
