import { parse, type TestSuites } from 'junit2json';
import { expect, test } from 'vitest';
import { junitReport } from '../../../../src/cli/reports/junitReport.ts';
import { ERRORED, FAILED, PASSED, REPORTS, SUMMARY } from './reports.ts';

async function read(...args: Parameters<typeof junitReport>): Promise<TestSuites> {
  return (await parse(junitReport(...args))) as TestSuites;
}

test('another program reads each test with its own time, and the totals of each suite', async () => {
  const { testsuite = [], ...totals } = await read(REPORTS, SUMMARY);
  expect(totals).toMatchObject({ name: 'lambda-invoke', tests: 4, failures: 1, errors: 1, time: 11.6 });
  expect(testsuite.map(({ testcase, ...suite }) => ({ ...suite, cases: testcase?.map(({ name }) => name) }))).toEqual([
    {
      name: 'shop',
      tests: 2,
      failures: 1,
      errors: 0,
      skipped: 0,
      time: 1.523,
      timestamp: '2026-11-27T10:20:30',
      cases: ['order', 'order › "empty" <cart> & #1'],
    },
    {
      name: '.vscode/lambda-invoke.json',
      tests: 2,
      failures: 0,
      errors: 1,
      skipped: 1,
      time: 10,
      timestamp: '2026-11-27T10:20:30',
      cases: ['refund', 'later'],
    },
  ]);
  const [order, empty] = testsuite[0]?.testcase ?? [];
  expect(order).toEqual({
    name: 'order',
    classname: 'shop',
    file: '.vscode/lambda-invoke.json',
    line: 4,
    time: 0.023,
  });
  expect(empty?.time).toBe(1.5);
});

test('a failure has the failing part of the response, and all other failures of its test', async () => {
  const { testsuite = [] } = await read(REPORTS, SUMMARY);
  const [failure, ...others] = testsuite[0]?.testcase?.[1]?.failure ?? [];
  expect(others).toEqual([]);
  expect(failure?.message).toBe('The response differs from "Payload" at $.items[0].id.');
  expect(failure?.type).toBe('Payload');
  expect(failure?.inner?.split('\n')).toEqual([
    'The response differs from "Payload" at $.items[0].id.',
    '$.items[0]:',
    '    {',
    '  -   "id": 1,',
    '  +   "id": 12345678901234567890,',
    '      "name": "tea"',
    '    }',
    "The log doesn't contain stored.",
  ]);
});

test('a test without a response is an error, and a test that was not run is skipped', async () => {
  const { testsuite = [] } = await read(REPORTS, SUMMARY);
  const [refund, later] = testsuite[1]?.testcase ?? [];
  expect(refund?.failure).toBeUndefined();
  expect(refund?.error).toHaveLength(1);
  expect(later?.skipped).toHaveLength(1);
});

test('characters that XML forbids are replaced', async () => {
  const name = 'a\u0000b\ud800c\ufffed\u{1f600}\ne\tf';
  const xml = junitReport([{ ...ERRORED, name }], SUMMARY);
  // eslint-disable-next-line no-control-regex
  expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
  const { testsuite = [] } = (await parse(xml)) as TestSuites;
  expect(testsuite[0]?.testcase?.[0]?.name).toBe('a\ufffdb\ufffdc\ufffdd\u{1f600}\ne\tf');
});

test('a text that looks like the end of an element stays text', async () => {
  const message = ']]></failure></testcase><testcase name="evil"/>';
  const { testsuite = [] } = await read([{ ...FAILED, failures: [{ message }] }, PASSED], SUMMARY);
  const cases = testsuite[0]?.testcase ?? [];
  expect(cases.map(({ name }) => name)).toEqual([FAILED.name, PASSED.name]);
  expect(cases[0]?.failure?.[0]).toMatchObject({ message, inner: message });
});
