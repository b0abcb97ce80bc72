import { describe, expect, test } from 'vitest';
import { formatGbSeconds, gbSeconds, lambdaPricesUrl } from '../../../../src/core/outcome/gbSeconds.ts';
import { toOutcome, type Outcome } from '../../../../src/core/outcome/outcome.ts';
import type { Report } from '../../../../src/core/outcome/report.ts';
import { succeeded } from '../../../support/historyEntry.ts';

const onAws = (report: Report): Outcome => ({ ...succeeded, connection: { kind: 'aws' }, report }) as Outcome;

function shown(report: Report): string | undefined {
  const value = gbSeconds(onAws(report));
  return value && formatGbSeconds(value);
}

describe('GB-seconds', () => {
  test.each([
    [100, 128, '0.0125 GB-s = 100 ms × 128 MB'],
    [1, 128, '0.000125 GB-s = 1 ms × 128 MB'],
    [220, 256, '0.055 GB-s = 220 ms × 256 MB'],
    [313, 3538, '1.08144 GB-s = 313 ms × 3538 MB'],
    [900_000, 10_240, '9000 GB-s = 900000 ms × 10240 MB'],
    [0, 128, '0 GB-s = 0 ms × 128 MB'],
  ])('of %i ms billed with %i MB are shown with their formula', (billedDurationMs, memorySizeMB, expected) => {
    expect(shown({ billedDurationMs, memorySizeMB })).toBe(expected);
  });

  test('include the billed restoration of a snapshot once, because it is part of the billed duration', () => {
    const report = { durationMs: 149.53, billedDurationMs: 313, memorySizeMB: 1024, billedRestoreDurationMs: 163 };
    expect(shown(report)).toBe('0.313 GB-s = 313 ms × 1024 MB');
  });

  test('are unknown without billed duration or memory size, as for managed instances', () => {
    expect(shown({ durationMs: 12 })).toBeUndefined();
    expect(shown({ billedDurationMs: 100 })).toBeUndefined();
    expect(shown({ memorySizeMB: 128 })).toBeUndefined();
    expect(gbSeconds({ ...succeeded, connection: { kind: 'aws' } } as Outcome)).toBeUndefined();
  });

  test('are unknown for managed instances, whatever a report says', () => {
    const log = btoa('REPORT RequestId: 7f3c\tDuration: 9 ms\tBilled Duration: 100 ms\tMemory Size: 128 MB\n');
    const response = { StatusCode: 200, Payload: new Uint8Array(), requestId: '7f3c', LogResult: log };
    const completion = { clientMs: 120, notes: [] };
    const onAws = toOutcome({ ...response, connection: { kind: 'aws' } }, completion, { isManaged: true });
    expect([gbSeconds(onAws), 'isManaged' in onAws]).toEqual([undefined, true]);
    const local = toOutcome({ ...response, connection: { kind: 'local' } }, completion, { isManaged: true });
    expect('isManaged' in local).toBe(false);
  });

  test('are unknown on Local, where nothing is billed', () => {
    const report = { billedDurationMs: 100, memorySizeMB: 128 };
    expect(gbSeconds({ ...succeeded, report } as Outcome)).toBeUndefined();
  });

  test('are unknown without a response', () => {
    const reason = { code: 'stopped', args: [] } as const;
    expect(gbSeconds({ state: 'failed', reason, clientMs: 1, notes: [] } as unknown as Outcome)).toBeUndefined();
  });

  test('are those of the report in the log, in text and in JSON', () => {
    const logs = [
      'REPORT RequestId: 7f3c\tDuration: 99.10 ms\tBilled Duration: 100 ms\tMemory Size: 128 MB\tMax Memory Used: 43 MB\t\n',
      '{"time":"2026-01-02T03:04:05.678Z","type":"platform.report","record":{"requestId":"7f3c","metrics":{"durationMs":99.1,"billedDurationMs":100,"memorySizeMB":128}}}\n',
    ];
    const values = logs.map((log) => {
      const response = {
        StatusCode: 200,
        Payload: new Uint8Array(),
        connection: { kind: 'aws' },
        requestId: '7f3c',
      } as const;
      return gbSeconds(toOutcome({ ...response, LogResult: btoa(log) }, { clientMs: 120, notes: [] }))?.value;
    });
    expect(values).toEqual([0.0125, 0.0125]);
  });
});

test('the prices are those of the partition', () => {
  expect([undefined, 'eu-west-1', 'us-gov-west-1'].map(lambdaPricesUrl)).toEqual(
    Array.from({ length: 3 }, () => 'https://aws.amazon.com/lambda/pricing/'),
  );
  expect(lambdaPricesUrl('cn-north-1')).toBe('https://www.amazonaws.cn/en/lambda/pricing/');
});
