import { describe, expect, test } from 'vitest';
import { diffLines } from '../../../../src/cli/reports/diffLines.ts';
import { jsonReporter } from '../../../../src/cli/reports/jsonReporter.ts';
import { tapReporter } from '../../../../src/cli/reports/tapReporter.ts';
import type { Reporter } from '../../../../src/cli/reports/testReport.ts';
import { textReporter } from '../../../../src/cli/reports/textReporter.ts';
import { FAILED, PASSED, REPORTS, SUMMARY } from './reports.ts';

function output(reporter: Reporter, { isInterrupted = false } = {}): string {
  const parts = REPORTS.map((report) => reporter.test(report)).join('');
  return reporter.start(REPORTS.length) + parts + reporter.end(REPORTS, { ...SUMMARY, isInterrupted });
}

describe('the report for people', () => {
  test('has the line of the preset and the difference for each failed test', () => {
    expect(output(textReporter({ hasColors: false }))).toBe(`✓ order (23 ms)
✗ order › "empty" <cart> & #1 (1.50 s)
    .vscode/lambda-invoke.json:9
    The response differs from "Payload" at $.items[0].id.
    $.items[0]:
        {
      -   "id": 1,
      +   "id": 12345678901234567890,
          "name": "tea"
        }
    The log doesn't contain stored.
✗ refund (10.00 s)
    .vscode/lambda-invoke.json:20
    There is no response. ␛]0;title␇Connection␀ lost.
- later (not run)

1 passed, 2 failed, 1 not run (11.60 s)
`);
  });

  test('says that it was interrupted', () => {
    const text = output(textReporter({ hasColors: false }), { isInterrupted: true });
    expect(text).toContain('\nInterrupted: 1 passed, 2 failed, 1 not run (11.60 s)\n');
  });

  test('has colors only in a terminal', () => {
    const colored = output(textReporter({ hasColors: true }));
    expect(colored).toContain('\u001b[32m✓\u001b[39m order');
    expect(colored).toContain('\u001b[31m✗\u001b[39m refund');
    expect(output(textReporter({ hasColors: false }))).not.toContain('\u001b');
  });

  test('names the snapshot that was written', () => {
    const text = textReporter({ hasColors: false }).test({ ...PASSED, snapshot: 'snapshots/order.json' });
    expect(text).toBe('✓ order (23 ms, wrote snapshots/order.json)\n');
  });
});

test('the JSON report is one document with the totals and each test', () => {
  const document = JSON.parse(output(jsonReporter)) as Record<string, unknown>;
  expect(document).toEqual({
    startedAt: '2026-11-27T10:20:30.456Z',
    durationMs: 11_600,
    isInterrupted: false,
    total: 4,
    passed: 1,
    failed: 1,
    errored: 1,
    skipped: 1,
    tests: REPORTS,
  });
});

test.each([
  ['JSON', jsonReporter],
  ['TAP', tapReporter()],
])('the %s report has no characters that a terminal obeys', (_, reporter) => {
  const hostile = '\u001b[31m \u009b31m \u007f \u202e \u2066 \u2028';
  const report = { ...FAILED, failures: [{ message: hostile, actual: hostile, expected: '' }] };
  const text = reporter.test(report) + reporter.end([report], SUMMARY);
  expect(text).toContain(String.raw`\u001b[31m \u009b31m \u007f \u202e \u2066 \u2028`);
  expect(text).not.toMatch(/[^\n\P{C}]|\u2028/u);
});

test('the TAP report has a plan, escaped descriptions, and diagnostics', () => {
  expect(output(tapReporter())).toBe(`TAP version 14
1..4
ok 1 - order
  ---
  duration_ms: 23.400
  ...
not ok 2 - order › "empty" <cart> & \\#1
  ---
  duration_ms: 1500.000
  at:
    file: ".vscode/lambda-invoke.json"
    line: 9
  failures:
    - message: "The response differs from \\"Payload\\" at $.items[0].id."
      key: "Payload"
      path: "$.items[0]"
      expected: "{\\n  \\"id\\": 1,\\n  \\"name\\": \\"tea\\"\\n}"
      actual: "{\\n  \\"id\\": 12345678901234567890,\\n  \\"name\\": \\"tea\\"\\n}"
    - message: "The log doesn't contain stored."
      key: "log"
  ...
not ok 3 - refund
  ---
  duration_ms: 10000.000
  at:
    file: ".vscode/lambda-invoke.json"
    line: 20
  failures:
    - message: "There is no response. \\u001b]0;title\\u0007Connection\\u0000 lost."
  ...
ok 4 - later # SKIP not run
`);
  expect(output(tapReporter(), { isInterrupted: true })).toMatch(/\nBail out! Interrupted\n$/);
});

describe('a difference', () => {
  const lines = (...texts: string[]) => texts.join('\n');

  test('has two equal lines around the lines that differ', () => {
    const expected = lines('a', 'b', 'c', 'd', 'e', 'f', 'g');
    const actual = lines('a', 'b', 'c', 'X', 'Y', 'e', 'f', 'g');
    expect(diffLines(expected, actual)).toEqual(['  b', '  c', '- d', '+ X', '+ Y', '  e', '  f']);
  });

  test('of repeated lines shows only what was added', () => {
    expect(diffLines(lines('a', 'a'), lines('a', 'a', 'a'))).toEqual(['  a', '  a', '+ a']);
  });

  test('in a long line is shown with a part of the line', () => {
    const [wanted = '', found = ''] = diffLines(`${'a'.repeat(5000)}1`, `${'a'.repeat(5000)}2${'b'.repeat(5000)}`);
    expect(wanted).toBe(`- …${'a'.repeat(999)}1`);
    expect(found).toBe(`+ …${'a'.repeat(100)}2${'b'.repeat(899)}…`);
  });

  test('of many lines is cut', () => {
    const many = Array.from({ length: 100 }, (_, index) => `line ${index}`).join('\n');
    const shown = diffLines('none', many);
    expect(shown).toHaveLength(42);
    expect(shown.at(-1)).toBe('+ … 60 more lines');
  });
});
