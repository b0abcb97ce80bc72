import { expect, test } from 'vitest';
import { comparableLog } from '../../../../src/core/logs/comparableLog.ts';

const ID = '8f507cfc-xmpl-4697-b07a-ac58fc914c95'.replace('xmpl', '1234');

test.each([
  [`START RequestId: ${ID} Version: $LATEST`, 'START RequestId: … Version: $LATEST'],
  [`2026-01-02T03:04:05.678Z\t${ID}\tINFO\tstored order 17`, '…\t…\tINFO\tstored order 17'],
  ['[INFO] 2026-01-02 03:04:05,678 stored', '[INFO] … stored'],
  [
    `REPORT RequestId: ${ID}\tDuration: 12.30 ms\tBilled Duration: 13 ms\tMemory Size: 128 MB\tMax Memory Used: 70 MB`,
    'REPORT RequestId: …\tDuration: … ms\tBilled Duration: … ms\tMemory Size: 128 MB\tMax Memory Used: 70 MB',
  ],
  [
    'XRAY TraceId: 1-5e34a614-10bdxmplf1fb44f07bc535a1\tSegmentId: 07f5xmpl2d1f6f85'.replaceAll('xmpl', 'abcd'),
    'XRAY TraceId: …\tSegmentId: …',
  ],
  [
    `{"time":"2026-01-02T03:04:05.678Z","type":"platform.report","record":{"metrics":{"durationMs":12.3,"maxMemoryUsedMB":70}}}`,
    '{"time":"…","type":"platform.report","record":{"metrics":{"durationMs":…,"maxMemoryUsedMB":70}}}',
  ],
  ['order 2026-01 of 12 items', 'order 2026-01 of 12 items'],
])('%j is compared as %j', (line, expected) => {
  expect(comparableLog(line)).toBe(expected);
});
