import { expect, test } from 'vitest';
import { jsonLine, textLines } from '../../../src/cli/logLines.ts';

const ID = '8f6d0c5a-0000-4000-8000-000000000001';
const TIME = '2026-05-02T10:00:00.123Z';
const place = { logGroup: '/aws/lambda/orders', logStream: 'stream' };
const event = (message: string) => ({ id: '7', timestamp: Date.parse(TIME), message, ...place });

test('text has the time and the message as it was written', () => {
  expect(textLines(event('one\ttwo \n'))).toBe(`${TIME} one\ttwo \n`);
  expect(textLines(event('first\rsecond\r\nthird\n\n'))).toBe(`${TIME} first\nsecond\nthird\n`);
  expect(textLines(event(''))).toBe(`${TIME} \n`);
});

test('text has no control characters of terminals', () => {
  expect(textLines(event('\u001b[31mred\u0007 \u009b2J \u202e'))).toBe(`${TIME} ␛[31mred␇ [U+009B]2J [U+202E]\n`);
});

test.each([
  [`${TIME}\t${ID}\tERROR\tfailed\n`, { requestId: ID, level: 'ERROR' }],
  [`START RequestId: ${ID} Version: 1\n`, { requestId: ID }],
  [JSON.stringify({ level: 'warn', requestId: ID, message: 'x' }), { requestId: ID, level: 'WARN' }],
  ['printed\n', {}],
  [`Traceback\n${ID}\n`, {}],
])('JSON has the request ID and the level of %j', (message, fields) => {
  const line = jsonLine(event(message));
  expect(line.endsWith('\n') && !line.slice(0, -1).includes('\n')).toBe(true);
  expect(JSON.parse(line)).toEqual({ timestamp: TIME, ...place, ...fields, message: message.trimEnd(), id: '7' });
});

test('JSON escapes control characters of terminals', () => {
  expect(jsonLine(event('\u001b[31m \u009b2J'))).toContain(String.raw`\u001b[31m \u009b2J`);
});

test('an invalid time is written as a number', () => {
  expect(textLines({ ...event('x'), timestamp: 1e18 })).toBe('1000000000000000000 x\n');
});
