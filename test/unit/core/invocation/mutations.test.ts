import { describe, expect, test } from 'vitest';
import { EMPTY_DRAFT } from '../../../../src/core/invocation/draft.ts';
import { decodeLogResult, parseReport } from '../../../../src/core/outcome/logTail.ts';
import { toOutcome, type InvokeResponse } from '../../../../src/core/outcome/outcome.ts';
import type { Report } from '../../../../src/core/outcome/report.ts';
import { toResponseText } from '../../../../src/core/outcome/response.ts';
import { parseToHost } from '../../../../src/protocol/toHost.ts';
import { random } from '../../../support/random.ts';

const ID = '8fc6f963-411b-58b5-8483-a32130c0f45d';

const LOGS = [
  `START RequestId: ${ID} Version: 1\ngrüße\nEND RequestId: ${ID}\nREPORT RequestId: ${ID}\tDuration: 191.02 ms\tBilled Duration: 192 ms\tMemory Size: 128 MB\tMax Memory Used: 65 MB\tInit Duration: 287.33 ms\t\nXRAY TraceId: 1-6213be54-56c7378e556e94b5461da07c\tSegmentId: 1\tSampled: true\t\n`,
  `REPORT RequestId: ${ID}\tDuration: 3000.00 ms\tBilled Duration: 3000 ms\tMemory Size: 1024 MB\tMax Memory Used: 1024 MB\tStatus: timeout\n`,
  `[Extension] ready{"time":"2026-01-02T03:04:05.678Z","type":"platform.report","record":{"requestId":"${ID}","metrics":{"durationMs":1.317,"billedDurationMs":2,"memorySizeMB":1024},"status":"success"}}\n`,
  `INIT_REPORT Init Duration: 83.58 ms\tPhase: init\tStatus: error\tError Type: Runtime.X\nREPORT RequestId: ${ID}\tDuration: 149.53 ms\tRestore Duration: 789.64 ms\tBilled Restore Duration: 163 ms\t\n`,
];

const PAYLOADS = [
  'null',
  '{"errorType":"TypeError","errorMessage":"x","trace":["at a (/var/task/a.js:1:2)"],"cause":{"errorType":"B","causes":[{}]}}',
  '{"errorMessage":"m","errorType":"E","stackTrace":[{"path":"main.go","line":7,"label":"main"},["a.py",3,"f"]]}',
  '<html>',
];

/** Mutates a few bytes: replaces, removes or repeats them, or truncates the text at either end. */
function mutate(bytes: Buffer, next: (below: number) => number): Buffer {
  let changed = Buffer.from(bytes);
  for (let times = 1 + next(4); times > 0; times--) {
    const at = next(changed.length + 1);
    const end = Math.min(changed.length, at + next(40));
    switch (next(5)) {
      case 0:
        changed[Math.min(at, Math.max(0, changed.length - 1))] = next(256);
        break;
      case 1:
        changed = Buffer.concat([changed.subarray(0, at), changed.subarray(end)]);
        break;
      case 2:
        changed = Buffer.concat([changed.subarray(0, end), changed.subarray(at)]);
        break;
      case 3:
        changed = changed.subarray(0, at);
        break;
      default:
        changed = changed.subarray(at);
    }
  }
  return changed;
}

const TIMES = {
  durationMs: 'ms',
  billedDurationMs: 'ms',
  initDurationMs: 'ms',
  restoreDurationMs: 'ms',
  billedRestoreDurationMs: 'ms',
};
const SIZES = { memorySizeMB: 'MB', maxMemoryUsedMB: 'MB' };

/** Figures that aren't in the text as a number with its unit, or as a JSON number. */
function inventedFigures(report: Report | undefined, text: string): string[] {
  return Object.entries({ ...TIMES, ...SIZES }).flatMap(([name, unit]) => {
    const value = report?.[name as keyof Report];
    if (value === undefined) return [];
    const asText = [...text.matchAll(/(?<![\d.])\d+(?:\.\d+)?(?= ?(?:ms|MB))/g)].some(
      ([number]) => Number(number) === value,
    );
    const asJson = [...text.matchAll(/:\s*(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?=[,}\s])/g)].some(
      ([, number]) => Number(number) === value,
    );
    return asText || asJson ? [] : [`${name}=${String(value)} ${unit}`];
  });
}

describe('10,000 mutated responses', () => {
  const next = random(4_711);
  const responses = Array.from({ length: 10_000 }, (): InvokeResponse => {
    const log = mutate(Buffer.from(LOGS[next(LOGS.length)] ?? ''), next);
    const base64 =
      next(10) === 0 ? mutate(Buffer.from(log.toString('base64')), next).toString('latin1') : log.toString('base64');
    return {
      StatusCode: [200, 202, 204, 0, 299][next(5)] ?? 200,
      ...(next(2) === 0 && { FunctionError: 'Unhandled' }),
      LogResult: base64,
      Payload: Uint8Array.from(mutate(Buffer.from(PAYLOADS[next(PAYLOADS.length)] ?? ''), next)),
      connection: { kind: 'local' },
      requestId: ID,
    };
  });

  test("all have an outcome, without figures that aren't in the log", () => {
    const problems = responses.flatMap((response) => {
      const outcome = toOutcome(response, { clientMs: 1, notes: [] });
      toResponseText(response.Payload);
      if (!('StatusCode' in outcome)) return ['no answer'];
      const text = decodeLogResult(response.LogResult ?? '')?.text ?? '';
      return inventedFigures(outcome.report, text).map((figure) => `${figure} in ${JSON.stringify(text)}`);
    });
    expect(problems).toEqual([]);
    const withFigures = responses.filter(
      ({ LogResult = '' }) => parseReport(decodeLogResult(LogResult)?.text ?? '') !== undefined,
    );
    expect(withFigures.length).toBeGreaterThan(2000);
  });

  test('a log truncated anywhere results only in complete figures', () => {
    let figures = 0;
    for (const log of LOGS) {
      const bytes = Buffer.from(log);
      const complete = parseReport(log);
      for (let end = 0; end <= bytes.length; end++) {
        const text = decodeLogResult(bytes.subarray(0, end).toString('base64'))?.text ?? '';
        expect(text).not.toContain('\ufffd');
        for (const [name, value] of Object.entries(parseReport(text) ?? {})) {
          figures++;
          expect([end, name, value]).toEqual([end, name, complete?.[name as keyof Report]]);
        }
      }
      for (let start = 0; start <= bytes.length; start++) {
        const text = decodeLogResult(bytes.subarray(start).toString('base64'))?.text ?? '';
        expect(text).not.toContain('\ufffd');
        expect(parseReport(text) ?? complete).toEqual(complete);
      }
    }
    expect(figures).toBeGreaterThan(100);
  });
});

describe('10,000 mutated messages', () => {
  const MESSAGES = [
    { type: 'ready', editorId: 'e' },
    {
      type: 'invoke',
      invocationId: 'a',
      isSentAnyway: true,
      invocation: {
        FunctionName: 'hello',
        Qualifier: 'live',
        InvocationType: 'RequestResponse',
        InvokeMode: 'RESPONSE_STREAM',
        LogType: 'Tail',
        ClientContext: '{}',
        TenantId: 't',
        DurableExecutionName: 'd',
        payload: { kind: 'file', uri: 'file:///a.json' },
      },
    },
    { type: 'exportResult', part: 'response', to: 'file' },
    {
      type: 'draftChanged',
      isDirty: true,
      draft: EMPTY_DRAFT,
      payload: { start: 1, end: 1, text: 'x' },
      drafts: 0,
    },
    { type: 'payloadTyping', change: { start: 0, end: 0, text: 'x' } },
    { type: 'openFrame', line: 3 },
    { type: 'importText', text: 'aws lambda invoke' },
  ];
  const ODD = [
    null,
    undefined,
    0,
    -1,
    1.5,
    Number.NaN,
    '',
    'x',
    true,
    [],
    {},
    [[]],
    '__proto__',
    { kind: 'typed' },
    10n,
  ];

  /** Changes or removes one value somewhere in a message. */
  function mutateValue(value: unknown, next: (below: number) => number): unknown {
    if (typeof value !== 'object' || value === null || next(4) === 0) return ODD[next(ODD.length)];
    const entries = Object.entries(value);
    const at = next(entries.length + 1);
    return Object.fromEntries(
      entries.flatMap(([key, child], index) => {
        if (index !== at) return [[key, child]];
        return next(4) === 0 ? [] : [[key, mutateValue(child, next)]];
      }),
    );
  }

  test('are parsed or rejected without an exception, and parsed messages are valid', () => {
    const next = random(815);
    let parsedCount = 0;
    for (let n = 0; n < 10_000; n++) {
      const parsed = parseToHost(mutateValue(MESSAGES[next(MESSAGES.length)], next));
      if (parsed === undefined) continue;
      parsedCount++;
      expect(parseToHost(structuredClone(parsed))).toEqual(parsed);
    }
    expect(parsedCount).toBeGreaterThan(500);
    expect(parsedCount).toBeLessThan(9500);
  });
});
