import { expect, test } from 'vitest';
import { isTimeOrigin } from '../../../../src/core/logs/logEntry.ts';
import { entriesOf, entryOf, fieldTexts, REQUEST_ID } from '../../../support/logEntries.ts';

test.each([
  [`START RequestId: ${REQUEST_ID} Version: $LATEST`, 'START', 'Version: $LATEST'],
  [`END RequestId: ${REQUEST_ID}`, 'END', ''],
  [
    `REPORT RequestId: ${REQUEST_ID}\tDuration: 1.74 ms\tBilled Duration: 2 ms\tMemory Size: 128 MB\tMax Memory Used: 66 MB\t`,
    'REPORT',
    'Duration: 1.74 ms · Billed Duration: 2 ms · Memory Size: 128 MB · Max Memory Used: 66 MB',
  ],
  [
    'INIT_START Runtime Version: python:3.12.v27\tRuntime Version ARN: arn',
    'INIT_START',
    'Runtime Version: python:3.12.v27 · Runtime Version ARN: arn',
  ],
  [
    'INIT_REPORT Init Duration: 83.58 ms\tPhase: invoke\tStatus: error\tError Type: Runtime.ImportModuleError',
    'INIT_REPORT',
    'Init Duration: 83.58 ms · Phase: invoke · Status: error · Error Type: Runtime.ImportModuleError',
  ],
  ['RESTORE_START Runtime Version: java:21.v38', 'RESTORE_START', 'Runtime Version: java:21.v38'],
  ['RESTORE_REPORT Restore Duration: 789.64 ms', 'RESTORE_REPORT', 'Restore Duration: 789.64 ms'],
  [
    'EXTENSION\tName: lambda-adapter\tState: Ready\tEvents: []',
    'EXTENSION',
    'Name: lambda-adapter · State: Ready · Events: []',
  ],
  [
    'TELEMETRY\tName: x\tState: Subscribed\tTypes: [Platform]',
    'TELEMETRY',
    'Name: x · State: Subscribed · Types: [Platform]',
  ],
  [
    'XRAY TraceId: 1-6ac7d74a-019546e11f8bb3cd382c293c\tSegmentId: f8f1\tSampled: true',
    'XRAY',
    'TraceId: 1-6ac7d74a-019546e11f8bb3cd382c293c · SegmentId: f8f1 · Sampled: true',
  ],
])('%s', (line, event, message) => {
  expect(entryOf(line)).toMatchObject({ kind: 'platform', event, message, raw: line });
  expect(entryOf(`17:57:55 ${line}`)).toMatchObject({ kind: 'platform', event, message });
  expect(entryOf(`    ${line}`)).toMatchObject({ kind: 'platform', event });
});

test.each([
  'START of the import',
  'REPORT is ready',
  'EXTENSION point called',
  'XRAY is off',
  'ENDED',
  'RUNTIME error',
])('%s is a message', (line) => {
  expect(entryOf(line).kind).toBe('message');
});

test('events of the JSON format have the names of the text format, and their figures as written', () => {
  const line = `{"time":"2024-02-09T08:42:44.080Z","type":"platform.report","record":{"requestId":"${REQUEST_ID}","metrics":{"durationMs":147.150,"memorySizeMB":512},"status":"success"}}`;
  expect(entryOf(line)).toMatchObject({
    kind: 'platform',
    event: 'REPORT',
    requestId: REQUEST_ID,
    timestamp: '2024-02-09T08:42:44.080Z',
    message: 'durationMs: 147.150 · memorySizeMB: 512 · status: success',
  });
  expect(fieldTexts(line)).toEqual(['metrics={"durationMs":147.150,"memorySizeMB":512}', 'status=success']);
  const start = '{"time":"2022-10-12T00:01:15.000Z","type":"platform.initStart","record":{"phase":"init"}}';
  expect(entryOf(start)).toMatchObject({ event: 'INIT_START', message: 'phase: init' });
});

test('output lines of the Telemetry API are messages', () => {
  const line = '{"time":"2022-10-12T00:03:50.000Z","type":"function","record":"[INFO] Hello world"}';
  expect(entryOf(line)).toMatchObject({ kind: 'message', message: '[INFO] Hello world' });
});

test('an event directly after the output of an extension is an entry', () => {
  const event = `{"time":"2024-02-09T08:42:44.078Z","type":"platform.start","record":{"requestId":"${REQUEST_ID}","version":"8"}}`;
  const [output, start] = entriesOf(`[extension] ready.${event}`);
  expect(output?.message).toBe('[extension] ready.');
  expect(start).toMatchObject({ kind: 'platform', event: 'START', message: 'version: 8' });
});

test('a time on a separate line belongs to the next line', () => {
  const log = `2025-05-21T14:26:56.655Z\nRestored SnapStart snapshot.\n2025-05-21T14:26:56.665Z\nSTART RequestId: ${REQUEST_ID} Version: 23`;
  expect(entriesOf(log)).toMatchObject([
    { kind: 'message', message: 'Restored SnapStart snapshot.', timestamp: '2025-05-21T14:26:56.655Z' },
    { kind: 'platform', event: 'START', timestamp: '2025-05-21T14:26:56.665Z' },
  ]);
});

test('wrapped lines of the platform are one entry', () => {
  const log = `START RequestId: ${REQUEST_ID}\nVersion: $LATEST\nhello\nREPORT RequestId: ${REQUEST_ID}\nDuration: 0.85 ms\nBilled Duration: 1 ms`;
  expect(entriesOf(log).map(({ event, message }) => [event, message])).toEqual([
    ['START', 'Version: $LATEST'],
    [undefined, 'hello'],
    ['REPORT', 'Duration: 0.85 ms · Billed Duration: 1 ms'],
  ]);
});

test('times are relative to START if it has one, else to the first entry', () => {
  const [first, start] = entriesOf(
    '{"time":"2024-02-09T08:42:44.000Z","type":"platform.initStart","record":{}}\n' +
      '{"time":"2024-02-09T08:42:44.200Z","type":"platform.start","record":{}}',
  );
  expect(first && isTimeOrigin(first, undefined)).toBe(true);
  expect(start && isTimeOrigin(start, first?.epochMs)).toBe(true);
  expect(first && isTimeOrigin(first, start?.epochMs)).toBe(false);
  expect(isTimeOrigin(entryOf(`START RequestId: ${REQUEST_ID}`), undefined)).toBe(false);
});

test.each([
  ['text', '[Lambda Invoke] nodejs22.x runs on Node.js v20.20.2 locally.'],
  [
    'JSON',
    '{"time":"2026-01-02T03:04:05.678Z","type":"local.note","record":{"message":"nodejs22.x runs on Node.js v20.20.2 locally."}}',
  ],
])('a note of the local endpoint is a separate message, as %s', (_, line) => {
  const entries = entriesOf(`START RequestId: ${REQUEST_ID} Version: $LATEST\n${line}\nprinted`);
  expect(entries.map(({ kind, level, message }) => ({ kind, level, message }))).toEqual([
    { kind: 'platform', level: undefined, message: 'Version: $LATEST' },
    { kind: 'message', level: 'INFO', message: '[Lambda Invoke] nodejs22.x runs on Node.js v20.20.2 locally.' },
    { kind: 'message', level: undefined, message: 'printed' },
  ]);
});
