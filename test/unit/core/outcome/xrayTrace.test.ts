import { describe, expect, test } from 'vitest';
import { traceConsoleUrl } from '../../../../src/core/connection/awsConsole.ts';
import type { Outcome } from '../../../../src/core/outcome/outcome.ts';
import { sampledTrace } from '../../../../src/core/outcome/xrayTrace.ts';
import { succeeded } from '../../../support/historyEntry.ts';

const ID = '1-6ac7d74a-019546e11f8bb3cd382c293c';
const header = (sampled: string) => `Root=${ID};Parent=0123456789abcdef${sampled}`;
const withReport = { ...succeeded, report: { xrayTraceId: ID } } as Outcome;

describe('the X-Ray trace', () => {
  test('is known from the header if it was sampled', () => {
    expect(sampledTrace({ ...succeeded, traceId: header(';Sampled=1;Lineage=1:0') })).toBe(ID);
    expect(sampledTrace({ ...succeeded, traceId: header(';Sampled=0') })).toBeUndefined();
    expect(sampledTrace({ ...succeeded, traceId: header('') })).toBeUndefined();
    expect(sampledTrace(succeeded)).toBeUndefined();
  });

  test('is known from the log, unless the header says that it was not sampled', () => {
    expect(sampledTrace(withReport)).toBe(ID);
    expect(sampledTrace({ ...withReport, traceId: header('') })).toBe(ID);
    expect(sampledTrace({ ...withReport, traceId: header(';Sampled=0') })).toBeUndefined();
  });

  test('has an address in the console of its partition', () => {
    expect(traceConsoleUrl('eu-west-1', ID)).toBe(
      `https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#xray:traces/${ID}`,
    );
    expect(traceConsoleUrl('cn-north-1', ID)).toContain('https://cn-north-1.console.amazonaws.cn/');
    expect(traceConsoleUrl('us-iso-east-1', ID)).toBeUndefined();
  });
});
