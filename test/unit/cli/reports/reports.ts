import type { RunSummary, TestReport } from '../../../../src/cli/reports/testReport.ts';

const PLACE = { tags: [], file: '.vscode/lambda-invoke.json' } as const;

export const PASSED: TestReport = {
  ...PLACE,
  name: 'order',
  preset: 'order',
  group: 'shop',
  line: 4,
  status: 'passed',
  durationMs: 23.4,
  failures: [],
};

export const FAILED: TestReport = {
  ...PLACE,
  name: 'order › "empty" <cart> & #1',
  preset: 'order',
  case: '"empty" <cart> & #1',
  group: 'shop',
  line: 9,
  status: 'failed',
  durationMs: 1500,
  function: 'orders:live',
  connection: 'dev · eu-west-1',
  failures: [
    {
      key: 'Payload',
      message: 'The response differs from "Payload" at $.items[0].id.',
      path: '$.items[0]',
      expected: '{\n  "id": 1,\n  "name": "tea"\n}',
      actual: '{\n  "id": 12345678901234567890,\n  "name": "tea"\n}',
    },
    { key: 'log', message: "The log doesn't contain stored." },
  ],
};

export const ERRORED: TestReport = {
  ...PLACE,
  name: 'refund',
  preset: 'refund',
  line: 20,
  status: 'errored',
  durationMs: 10_000,
  failures: [{ message: 'There is no response. \u001b]0;title\u0007Connection\u0000 lost.' }],
};

const SKIPPED: TestReport = {
  ...PLACE,
  name: 'later',
  preset: 'later',
  line: 30,
  status: 'skipped',
  durationMs: 0,
  failures: [],
};

export const REPORTS = [PASSED, FAILED, ERRORED, SKIPPED];

export const SUMMARY: RunSummary = {
  total: 4,
  durationMs: 11_600,
  startedAt: new Date('2026-11-27T10:20:30.456Z'),
  isInterrupted: false,
};
