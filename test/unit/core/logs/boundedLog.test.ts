import { describe, expect, test } from 'vitest';
import { createBoundedLog } from '../../../../src/core/logs/boundedLog.ts';

const GAP = (omitted: number) => `(${omitted})`;

function logOf(messages: readonly string[], maxLength: number) {
  const log = createBoundedLog(maxLength);
  for (const message of messages) log.add(message);
  return log;
}

describe('a bounded log', () => {
  test('has all lines, each with one line end', () => {
    const log = logOf(['a\n', 'b\r\n', 'c\nd', 'e\n\n'], 100);
    expect(log.text(GAP)).toBe('a\nb\nc\nd\ne\n');
    expect([log.events, log.omitted]).toEqual([4, 0]);
    expect(logOf([], 100).text(GAP)).toBe('');
  });

  test('has the start and the end of a large log', () => {
    const messages = Array.from({ length: 100_000 }, (_, at) => `line ${at}`);
    const log = logOf(messages, 10_000);
    const lines = log.text(GAP).trimEnd().split('\n');
    const gap = lines.indexOf(GAP(log.omitted));
    expect(log.text(GAP).length).toBeLessThan(10_100);
    expect(log.text(GAP).length).toBeGreaterThan(9900);
    expect(lines.slice(0, gap)).toEqual(messages.slice(0, gap));
    expect(lines.slice(gap + 1)).toEqual(messages.slice(gap + log.omitted));
    expect(log.events).toBe(100_000);
  });

  test('always has the last event', () => {
    expect(logOf(['a', 'x'.repeat(1000), 'b'], 100).text(GAP)).toBe('a\n(1)\nb\n');
    expect(logOf(['a', 'b', 'x'.repeat(1000)], 100).text(GAP)).toBe(`a\nb\n${'x'.repeat(1000)}\n`);
  });
});
