import { describe, expect, test } from 'vitest';
import { decodeLogResult, parseReport } from '../../../../src/core/outcome/logTail.ts';
import type { Report } from '../../../../src/core/outcome/report.ts';

const ID = '8fc6f963-411b-58b5-8483-a32130c0f45d';
const REPORT = `REPORT RequestId: ${ID}\tDuration: 191.02 ms\tBilled Duration: 192 ms\tMemory Size: 128 MB\tMax Memory Used: 65 MB`;
const FIGURES: Report = {
  requestId: ID,
  durationMs: 191.02,
  billedDurationMs: 192,
  memorySizeMB: 128,
  maxMemoryUsedMB: 65,
};

describe('parseReport', () => {
  test.each<[string, string, Report | undefined]>([
    ['a warm invocation', `START RequestId: ${ID} Version: 1\nEND RequestId: ${ID}\n${REPORT}\t\n`, FIGURES],
    ['a cold start', `${REPORT}\tInit Duration: 287.33 ms\t\n`, { ...FIGURES, initDurationMs: 287.33 }],
    ['spaces instead of tabs', REPORT.replaceAll('\t', '  '), FIGURES],
    ['no separator between fields', REPORT.replace('ms\tMemory', 'msMemory'), FIGURES],
    ['a timeout', `${REPORT}\tStatus: timeout\n`, { ...FIGURES, status: 'timeout' }],
    [
      'an error with a type',
      `${REPORT}\tStatus: error\tError Type: Runtime.ExitError\n`,
      { ...FIGURES, status: 'error', errorType: 'Runtime.ExitError' },
    ],
    [
      'SnapStart',
      `RESTORE_REPORT Restore Duration: 1.00 ms\n${REPORT}\tRestore Duration: 789.64 ms\tBilled Restore Duration: 163 ms\t\n`,
      { ...FIGURES, restoreDurationMs: 789.64, billedRestoreDurationMs: 163 },
    ],
    [
      'the field order of the emulator',
      `REPORT RequestId: ${ID}\tInit Duration: 1.38 ms\tDuration: 191.02 ms\tBilled Duration: 192 ms\tMemory Size: 128 MB\tMax Memory Used: 65 MB`,
      { ...FIGURES, initDurationMs: 1.38 },
    ],
    [
      'an INIT_REPORT after it',
      `${REPORT}\nINIT_REPORT Init Duration: 83.58 ms\tPhase: invoke\tStatus: error\tError Type: Runtime.X\n`,
      FIGURES,
    ],
    [
      'an X-Ray line',
      `${REPORT}\t\nXRAY TraceId: 1-6213be54-56c7378e556e94b5461da07c\tSegmentId: 1\tSampled: true\t\n`,
      { ...FIGURES, xrayTraceId: '1-6213be54-56c7378e556e94b5461da07c' },
    ],
    ['an earlier REPORT', `REPORT RequestId: ${ID}\tDuration: 1.00 ms\n${REPORT}\n`, FIGURES],
    ['a REPORT quoted in a JSON log line', `{"message":"REPORT RequestId: x Duration: 5 ms"}\n`, undefined],
    [
      'a figure truncated at the end',
      REPORT.slice(0, -4),
      { ...FIGURES, maxMemoryUsedMB: undefined } as unknown as Report,
    ],
    ['a request ID truncated at the end', 'REPORT RequestId: 8fc6f963-41', undefined],
    ['a REPORT truncated at its start', REPORT.slice(4), undefined],
    ['an INIT_REPORT alone', 'INIT_REPORT Init Duration: 0.27 ms\tPhase: init\tStatus: timeout\n', undefined],
    [
      'an error type truncated at the end',
      `${REPORT}\tStatus: error\tError Type: Runtime.Exi`,
      { ...FIGURES, status: 'error' },
    ],
    ['text before it without a separator', `no line end${REPORT}\n`, FIGURES],
    [
      'an INIT_REPORT on the same line',
      `${REPORT}\tINIT_REPORT Init Duration: 1000.00 ms\tPhase: init\tStatus: timeout\n`,
      FIGURES,
    ],
    [
      'another REPORT on the same line',
      `${REPORT} REPORT RequestId: ${ID}\tInit Duration: 8.00 ms\n`,
      { requestId: ID, initDurationMs: 8 },
    ],
    ['text of an extension on the same line', `${REPORT}\t[ext] flush Init Duration: 7 ms; Status: error\n`, FIGURES],
    [
      'an unknown field',
      `REPORT RequestId: ${ID}\tExtensions Duration: 3 ms\tDuration: 191.02 ms\n`,
      { requestId: ID, durationMs: 191.02 },
    ],
    ['unknown units', `REPORT RequestId: ${ID}\tBilled Duration: 12 msx\tMemory Size: 1 MBit\n`, { requestId: ID }],
    ['no request ID', 'REPORT RequestId: \tDuration: 5.00 ms\n', { durationMs: 5 }],
    [
      'double spaces in names',
      `REPORT RequestId: ${ID}  Init  Duration: 5.00 ms  Duration: 2 ms\n`,
      { requestId: ID, initDurationMs: 5, durationMs: 2 },
    ],
    ['a tail that starts inside a string', `llo", "x": "y"}${REPORT}\n`, FIGURES],
    ['commas instead of tabs', REPORT.replaceAll('\t', ', '), FIGURES],
    ['pipes instead of tabs', REPORT.replaceAll('\t', ' | '), FIGURES],
    [
      'an unknown figure between spaces',
      `REPORT RequestId: ${ID}  Extensions Duration: 3 ms  Duration: 191.02 ms\n`,
      { requestId: ID, durationMs: 191.02 },
    ],
    ['figures on separate lines', `${REPORT.replaceAll('\t', '\n')}\n`, FIGURES],
    ['figures on separate lines with CRLF', REPORT.replaceAll('\t', '\r\n'), FIGURES],
    [
      'figures on separate lines with blank lines, indentation and more text',
      `${REPORT.replaceAll('\t', '\t\n\n    ')}\nInit Duration: 287.33 ms\nStatus: timeout\n\nSTART RequestId: x\nDuration: 9 ms\n`,
      { ...FIGURES, initDurationMs: 287.33, status: 'timeout' },
    ],
    [
      'names and figures on separate lines',
      `${REPORT.replaceAll('\t', '\n').replaceAll(': ', ':\n')}\nXRAY TraceId:\n1-6213be54-56c7378e556e94b5461da07c\n`,
      { ...FIGURES, xrayTraceId: '1-6213be54-56c7378e556e94b5461da07c' },
    ],
    ['REPORT on a separate line', REPORT.replaceAll('\t', '\n').replace('REPORT ', 'REPORT\n'), FIGURES],
    ['a wrapped line', REPORT.replace('\tMemory', '\nMemory'), FIGURES],
    ['a wrapped cold start', `${REPORT}\nInit Duration: 2 ms\n`, { ...FIGURES, initDurationMs: 2 }],
    ['an extension’s status below it', `${REPORT}\nStatus: healthy\nError Type: none\n`, FIGURES],
    ['an extension’s lines below it', `${REPORT}\nflushed Init Duration: 7 ms\nInit Duration: 8 ms\n`, FIGURES],
    ...['[id]', '<id>', '***', '<request id>', '[REDACTED]', '{id}', '8fc6****-***-f45d', '8fc6…', '...', '"id"'].map(
      (mask): [string, string, Report] => {
        const { requestId: _, ...figures } = FIGURES;
        return [`the redacted ID ${mask}`, REPORT.replace(ID, mask), figures];
      },
    ),
    [
      'a redacted ID and figures on separate lines',
      REPORT.replace(ID, '[id]').replaceAll('\t', '\n'),
      { durationMs: 191.02, billedDurationMs: 192, memorySizeMB: 128, maxMemoryUsedMB: 65 },
    ],
    ['CRLF', `${REPORT}\r\n`, FIGURES],
    ['an empty log', '', undefined],
  ])('reads %s', (_, logTail, expected) => {
    expect(parseReport(logTail)).toEqual(expected);
  });

  const record = {
    requestId: ID,
    metrics: { durationMs: 1.317, billedDurationMs: 2, memorySizeMB: 1024 },
    status: 'success',
  };
  const event = (type: string) => JSON.stringify({ time: '2026-01-02T03:04:05.678Z', type, record });
  const expected: Report = {
    requestId: ID,
    durationMs: 1.317,
    billedDurationMs: 2,
    memorySizeMB: 1024,
    status: 'success',
  };

  test.each<[string, string, Report | undefined]>([
    ['a separate line', `${event('platform.runtimeDone')}\n${event('platform.report')}\n`, expected],
    ['extension text before it', `[AWS Extension] ready ${event('platform.report')}`, expected],
    ['an array', `[${event('platform.report')}]`, expected],
    ['an event truncated at the end', event('platform.report').slice(0, -2), undefined],
    ['a runtimeDone event alone', event('platform.runtimeDone'), undefined],
  ])('reads the JSON log format: %s', (_, logTail, report) => {
    expect(parseReport(logTail)).toEqual(report);
  });
});

test('reads only the end of an unlimited log', () => {
  for (const hostile of [
    'REPORT RequestId: '.repeat(40_000),
    'REPORT RequestId: [id]\n'.repeat(40_000),
    `REPORT RequestId: ${'['.repeat(100_000)}`,
    `REPORT RequestId: x\n${'Duration: '.repeat(50_000)}`,
    `REPORT${'\n'.repeat(100_000)}`,
    '"type":"platform.report"{'.repeat(20_000),
    '{'.repeat(500_000),
  ]) {
    expect(parseReport(`${hostile}\n${REPORT}\n`)).toEqual(FIGURES);
  }
});

describe('decodeLogResult', () => {
  const base64 = (bytes: Buffer) => bytes.toString('base64');

  test('decodes UTF-8', () => {
    expect(decodeLogResult(base64(Buffer.from('grüße\n')))).toEqual({ text: 'grüße\n', isTruncated: false });
  });

  test('drops the rest of a character truncated by Lambda', () => {
    const cut = Buffer.from('…abc').subarray(1);
    expect(decodeLogResult(base64(cut))?.text).toBe('abc');
  });

  test('drops an incomplete last character, and keeps a byte order mark', () => {
    expect(decodeLogResult(base64(Buffer.from('abc…').subarray(0, -1)))?.text).toBe('abc');
    expect(decodeLogResult(base64(Buffer.from('\ufeffabc')))?.text).toBe('\ufeffabc');
  });

  test('treats a tail of 4,096 bytes as truncated', () => {
    expect(decodeLogResult(base64(Buffer.alloc(4096, 'a')))?.isTruncated).toBe(true);
    expect(decodeLogResult(base64(Buffer.alloc(4095, 'a')))?.isTruncated).toBe(false);
  });

  test('returns undefined for invalid base64', () => {
    expect(decodeLogResult('*')).toBeUndefined();
  });
});
