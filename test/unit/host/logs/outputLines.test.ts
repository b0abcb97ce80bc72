import { expect, test } from 'vitest';
import type { EndedInvocation } from '../../../../src/app/invocations.ts';
import { message, toSentence } from '../../../../src/core/messages/messages.ts';
import type { Outcome } from '../../../../src/core/outcome/outcome.ts';
import { outputLines } from '../../../../src/host/logs/outputLines.ts';

const OPTIONS = { time: new Date(0), hasLogTail: true, sentence: toSentence, cutNote: '…' };

const OUTPUT_LINE = '\n1970-01-01T00:00:00.000Z orders RequestResponse Local → succeeded (200) in 5 ms';

function ended(outcome: Outcome, FunctionName = 'orders'): EndedInvocation {
  const invocation = { FunctionName, InvocationType: 'RequestResponse', payload: { kind: 'none' } } as const;
  return { invocationId: 'id', order: { invocation, connection: { kind: 'local' } }, result: { outcome } };
}

test.each(['\n', '\r\n', '\r', '\u2028', '\u0085', '\v'])('a server message with %j stays on one line', (end) => {
  const reason = message('unexpected', `broken${OUTPUT_LINE.replace('\n', end)}`);
  const exception = { name: `Service${end}Exception`, message: `no${OUTPUT_LINE.replace('\n', end)}`, StatusCode: 400 };
  const lines = outputLines(ended({ state: 'failed', reason, exception, clientMs: 5, notes: [] }), OPTIONS);
  expect(lines).toHaveLength(2);
  expect(lines.join('\n').split(/[\n\r\v\u0085\u2028\u2029]/)).toHaveLength(2);
  expect(lines[1]).toMatch(/^ {2}400 Service.+Exception: no.+succeeded \(200\) in 5 ms$/);
});

test('a function name and a request ID stay on one line', () => {
  const reason = message('cancelledBeforeSending');
  const outcome: Outcome = { state: 'cancelled', reason, clientMs: 5, notes: [], requestId: `1${OUTPUT_LINE}` };
  const lines = outputLines(ended(outcome, `orders${OUTPUT_LINE}`), OPTIONS);
  expect(lines.join('\n').split('\n')).toHaveLength(1);
});

test('each line of a log tail is prefixed, with visible control characters and unchanged tabs', () => {
  const text = `START\ta${OUTPUT_LINE}\rone entry\r\n\u001b[31mred\u202e\n`;
  const outcome: Outcome = {
    state: 'succeeded',
    StatusCode: 200,
    clientMs: 5,
    notes: [],
    responseBytes: 2,
    connection: { kind: 'local' },
    logTail: { text, isTruncated: true },
  };
  const [first, ...log] = outputLines(ended(outcome), OPTIONS);
  expect(`\n${first}`).toBe(OUTPUT_LINE);
  expect(log).toEqual(['  | …', '  | START\ta', `  | ${OUTPUT_LINE.trim()}`, '  | one entry', '  | ␛[31mred[U+202E]']);
  expect(outputLines(ended(outcome), { ...OPTIONS, hasLogTail: false })).toHaveLength(1);
});
