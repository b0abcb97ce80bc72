import { expect, test } from 'vitest';
import { capText, MAX_FOREIGN_TEXT } from '../../../../src/core/messages/capText.ts';
import { message } from '../../../../src/core/messages/messages.ts';
import { decodeLogResult } from '../../../../src/core/outcome/logTail.ts';
import { LIMITS } from '../../../../src/core/invocation/limits.ts';
import { toOutcome } from '../../../../src/core/outcome/outcome.ts';

test('a text that fits stays as it is', () => {
  for (const text of ['', 'a', 'a'.repeat(10)]) expect(capText(text, 10)).toBe(text);
});

test('a longer text loses its end and says so', () => {
  expect(capText('abcdefghijk', 10)).toBe('abcdefghi…');
  expect(capText(capText('x'.repeat(100), 10), 10)).toBe(`${'x'.repeat(9)}…`);
});

test('a pair of surrogates is kept whole or left out', () => {
  expect(capText('abc😀defg', 5)).toBe('abc…');
  expect(capText('abc😀defg', 6)).toBe('abc😀…');
});

test('a message quotes no more than the start of a long text', () => {
  const { args } = message('unexpected', 'x'.repeat(MAX_FOREIGN_TEXT + 1));
  expect(args).toEqual([`${'x'.repeat(MAX_FOREIGN_TEXT - 1)}…`]);
});

test('a log that is longer than any endpoint’s is shown from its end', () => {
  const { text, isTruncated } = decodeLogResult(btoa(`${'x'.repeat(LIMITS.log)}end`)) ?? { text: '' };
  expect([text.length, text.startsWith('…x'), text.endsWith('xend'), isTruncated]).toEqual([
    LIMITS.log,
    true,
    true,
    true,
  ]);
});

test('what a stream says of its error is cut, the payload is not', () => {
  const long = 'x'.repeat(400_000);
  const outcome = toOutcome(
    {
      StatusCode: 200,
      FunctionError: long,
      requestId: long,
      Payload: new TextEncoder().encode(long),
      connection: { kind: 'local' },
      streamError: { ErrorCode: long, ErrorDetails: long },
    },
    { clientMs: 1, notes: [] },
  );
  expect(outcome).toMatchObject({
    state: 'functionError',
    FunctionError: `${'x'.repeat(LIMITS.header - 1)}…`,
    requestId: `${'x'.repeat(LIMITS.header - 1)}…`,
    functionError: {
      type: `${'x'.repeat(LIMITS.header - 1)}…`,
      message: `${'x'.repeat(MAX_FOREIGN_TEXT - 1)}…`,
    },
    responseBytes: 400_000,
  });
});
