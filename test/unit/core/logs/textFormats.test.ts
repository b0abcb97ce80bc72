import { describe, expect, test } from 'vitest';
import { entriesOf, entryOf, fieldTexts, REQUEST_ID } from '../../../support/logEntries.ts';

const NOON = Date.UTC(2024, 4, 1, 12);

test.each([
  ['Node.js', `2024-05-01T12:00:00.000Z\t${REQUEST_ID}\tWARN\tstock low`],
  ['Python', `[WARNING]\t2024-05-01T12:00:00.000Z\t${REQUEST_ID}\tstock low`],
  ['.NET', `2024-05-01T12:00:00.000Z\t${REQUEST_ID}\twarn\tstock low`],
  ['Java with log4j2', `2024-05-01 12:00:00 ${REQUEST_ID} WARN  - stock low`],
  [
    'Rust’s tracing in a colored terminal',
    `\u001b[2m2024-05-01T12:00:00.000000Z\u001b[0m \u001b[33m WARN\u001b[0m [${REQUEST_ID}] stock low`,
  ],
  [
    'the AWS CLI',
    `2024-05-01T12:00:00.000000+00:00 2024/05/01/[$LATEST]0123456789abcdef0123456789abcdef 2024-05-01T12:00:00.000Z\t${REQUEST_ID}\tWARN\tstock low`,
  ],
])('%s: time, request ID, level and message', (_, line) => {
  const last = line.startsWith('2024-05-01T12:00:00.000000+00:00') ? { kind: 'message' } : { message: 'stock low' };
  expect(entryOf(line)).toMatchObject({
    kind: 'message',
    level: 'WARN',
    requestId: REQUEST_ID,
    epochMs: NOON,
    ...last,
  });
});

test.each([
  ['Ruby', 'W, [2024-05-01T12:00:00.000000 #8]  WARN -- : stock low', 'WARN'],
  ['Ruby with a program name', 'E, [2024-05-01T12:00:00.000000 #8] ERROR -- orders: stock low', 'ERROR'],
  ['Go', '2024/05/01 12:00:00 stock low', undefined],
  ['Go with a level', '2024/05/01 12:00:00 [ERROR] stock low', 'ERROR'],
  ['zap', '2024-05-01T12:00:00.000Z\tERROR\tstock low', 'ERROR'],
  ['Spring Boot without a logger', '2024-05-01T12:00:00.000Z ERROR stock low', 'ERROR'],
  ['a time with an offset', '2024-05-01T14:00:00.000+02:00 ERROR stock low', 'ERROR'],
  ['a comma before the milliseconds', '2024-05-01 12:00:00,000 - CRITICAL - stock low', 'FATAL'],
  ['java.util.logging', 'May 01, 2024 12:00:00 PM stock low', undefined],
])('%s', (_, line, level) => {
  const entry = entryOf(line);
  expect(entry).toMatchObject({ message: 'stock low', epochMs: NOON });
  expect(entry.level).toBe(level);
});

describe('lines without a time', () => {
  test.each([
    ['[ERROR] stock low', 'ERROR', 'stock low'],
    ['[info] stock low', 'INFO', 'stock low'],
    ['INFO: stock low', 'INFO', 'stock low'],
    ['warn: stock low', 'WARN', 'stock low'],
    ['ERROR\tstock low', 'ERROR', 'stock low'],
    ['stock low', undefined, 'stock low'],
    ['Information about the order', undefined, 'Information about the order'],
    ['error rate is 3 %', undefined, 'error rate is 3 %'],
    ['FINE, thank you', undefined, 'FINE, thank you'],
    ['Error: out of stock', 'ERROR', 'Error: out of stock'],
    ['botocore.exceptions.ClientError: denied', 'ERROR', 'botocore.exceptions.ClientError: denied'],
    ['- a list item', undefined, '- a list item'],
  ])('%s', (line, level, message) => {
    const entry = entryOf(line);
    expect(entry.level).toBe(level);
    expect(entry.message).toBe(message);
  });

  test('a time without a date is on the day of the entry before', () => {
    const [, second] = entriesOf('2024-05-01T12:00:00.000Z INFO first\n12:00:01.500 [main] INFO  Handler - second');
    expect(second?.epochMs).toBe(NOON + 1500);
  });
});

test('before the first invocation Node.js writes no request ID', () => {
  const entry = entryOf('2024-05-01T12:00:00.000Z\tundefined\tINFO\tloading');
  expect(entry).toMatchObject({ level: 'INFO', message: 'loading' });
  expect(entry.requestId).toBeUndefined();
});

test('Lambda’s own failures are errors', () => {
  expect(entryOf(`2024-05-01T12:00:03.003Z ${REQUEST_ID} Task timed out after 3.00 seconds`)).toMatchObject({
    kind: 'message',
    level: 'ERROR',
    message: 'Task timed out after 3.00 seconds',
  });
  const exited = `RequestId: ${REQUEST_ID} Error: Runtime exited with error: exit status 1\nRuntime.ExitError`;
  expect(entryOf(exited)).toMatchObject({
    level: 'ERROR',
    requestId: REQUEST_ID,
    message: 'Error: Runtime exited with error: exit status 1\nRuntime.ExitError',
  });
});

test('the error of a Node.js function shows its type, message and stack', () => {
  const error = '{"errorType":"TypeError","errorMessage":"no sku","stack":["TypeError: no sku","    at a.js:1:1"]}';
  const line = `2024-05-01T12:00:00.000Z\t${REQUEST_ID}\tERROR\tInvoke Error \t${error}`;
  expect(entryOf(line)).toMatchObject({ level: 'ERROR', message: 'Invoke Error TypeError: no sku' });
  expect(fieldTexts(line)).toEqual(['stack=["TypeError: no sku","    at a.js:1:1"]']);
});

test('JSON after a message is its fields', () => {
  const line = `2024-05-01T12:00:00.000Z\t${REQUEST_ID}\tINFO\tstock low {"sku":"A-12","left":12345678901234567890}`;
  expect(entryOf(line).message).toBe('stock low');
  expect(fieldTexts(line)).toEqual(['sku=A-12', 'left=12345678901234567890']);
  const broken = `2024-05-01T12:00:00.000Z\t${REQUEST_ID}\tINFO\tstock low {"sku":A-12}`;
  expect(entryOf(broken).message).toBe('stock low {"sku":A-12}');
});

test.each([
  ['slog and logrus', 'time=2024-05-01T12:00:00.000Z level=INFO msg="stock low" sku=A-12 note="a \\"b\\""', 'INFO'],
  ['with short names', 'ts=1714564800 lvl=eror msg="stock low" sku=A-12 note="a \\"b\\""', undefined],
])('pairs: %s', (_, line, level) => {
  const entry = entryOf(line);
  expect(entry).toMatchObject({ message: 'stock low', epochMs: NOON });
  expect(entry.level).toBe(level);
  expect(fieldTexts(line)).toEqual(['sku=A-12', 'note=a "b"']);
});

test('the request ID of a Rust function is in the span', () => {
  const line = `2024-05-01T12:00:00.000000Z  INFO Lambda runtime invoke{requestId="${REQUEST_ID}" xrayTraceId="1"}: orders: stock low sku="A-12"`;
  expect(entryOf(line)).toMatchObject({ level: 'INFO', requestId: REQUEST_ID });
});

describe('escape sequences', () => {
  test.each([
    ['colors', '\u001b[31mred\u001b[0m and \u001b[1;38;5;208mbold\u001b[m', 'red and bold'],
    ['links', '\u001b]8;;https://example.com\u0007a link\u001b]8;;\u0007', 'a link'],
    ['cursor movement', 'one\u001b[2K\u001b[1Gtwo', 'onetwo'],
    ['an escape character alone', 'a\u001b b', 'a\u001b b'],
  ])('%s', (_, line, message) => {
    expect(entryOf(line).message).toBe(message);
  });

  test('the rest of a color at the start of a truncated log is removed', () => {
    expect(entriesOf('[33mWARN stock low', true)[0]?.message).toContain('stock low');
    expect(entriesOf('[33mWARN stock low', true)[0]?.message).not.toContain('33m');
    expect(entriesOf('33 mails sent', true)[0]?.message).toBe('33 mails sent');
  });
});

test('only a first line that is cut off is marked as truncated', () => {
  const [cut, whole] = entriesOf(`e of a line\n2024-05-01T12:00:00.000Z\t${REQUEST_ID}\tINFO\twhole`, true);
  expect(cut).toMatchObject({ message: 'e of a line', isTruncated: true });
  expect(whole?.isTruncated).toBeUndefined();
  expect(entriesOf(`START RequestId: ${REQUEST_ID} Version: 1`, true)[0]?.isTruncated).toBeUndefined();
  expect(entriesOf('a line')[0]?.isTruncated).toBeUndefined();
});
