import { describe, expect, test, vi } from 'vitest';
import type { WholeLog } from '../../../../src/app/logs/wholeLog.ts';
import type { LogProgress } from '../../../../src/core/logs/logProgress.ts';
import { denies } from '../../../support/awsServices.ts';
import { collectGarbage } from '../../../support/collectGarbage.ts';
import { BASE } from '../../../support/invokeWith.ts';
import { THROTTLED } from '../../../support/logsServer.ts';
import { OWN, useWholeLog } from '../../../support/useWholeLog.ts';

const OPERATION = 'Logs_20140328.FilterLogEvents';
const OTHER = '22222222-2222-4222-8222-222222222222';

const START = `START RequestId: ${OWN} Version: $LATEST\n`;
const END = `END RequestId: ${OWN}\n`;
const REPORT = `REPORT RequestId: ${OWN}\tDuration: 3.00 ms\tBilled Duration: 4 ms\tMemory Size: 128 MB\tMax Memory Used: 30 MB\t\n`;

const setup = useWholeLog();

const linesOf = ({ text }: WholeLog) => text.slice(0, -1).split('\n');
const trimmed = (messages: readonly string[]) => messages.map((message) => message.replace('\n', ''));

describe('the whole log', () => {
  test('has all lines from START to REPORT, and the figures', async () => {
    const own = [START, 'plain', `2026-11-28T12:00:00.000Z\t${OWN}\tINFO\twith the ID`, END, REPORT];
    setup.write([
      `START RequestId: ${OTHER} Version: $LATEST`,
      'other',
      ...own,
      `START RequestId: ${OTHER} Version: 1`,
      'next',
    ]);
    const log = await setup.read();
    expect(linesOf(log)).toEqual(trimmed(own));
    expect(log).toMatchObject({
      events: 5,
      isComplete: true,
      notes: [],
      report: { durationMs: 3, maxMemoryUsedMB: 30 },
    });
    expect(log.missing).toBeUndefined();
  });

  test('waits for the report, and then for events that are delivered late', async () => {
    setup.write([START, 'first'], { agoMs: 3000 });
    const phases: string[] = [];
    const log = await setup.read(
      {},
      {
        onProgress({ phase }) {
          if (phases.at(-1) === phase) return;
          phases.push(phase);
          if (phase === 'waiting') setup.write([END, REPORT], { agoMs: 1000 });
          // Written before END, and received after the report.
          if (phase === 'reading') setup.write(['late'], { agoMs: 2000 });
        },
      },
    );
    expect(phases).toEqual(['waiting', 'reading']);
    expect(linesOf(log)).toEqual(
      ['START', 'first', 'late', 'END', 'REPORT'].map((word) => expect.stringContaining(word)),
    );
  });

  test('includes events after the report', async () => {
    const own = [START, END, REPORT, 'extension: flushed'];
    setup.write(own);
    expect(linesOf(await setup.read())).toEqual(trimmed(own));
  });

  test('waits for a log group that is created by the first event', async () => {
    let isWritten = false;
    const log = await setup.read(
      {},
      {
        onProgress({ phase }) {
          if (phase === 'searching' && !isWritten) setup.write([START, END, REPORT]);
          isWritten = true;
        },
      },
    );
    expect(log).toMatchObject({ events: 3, isComplete: true });
  });

  test('has each event once, with empty pages and repeated events', async () => {
    const own = [START, ...Array.from({ length: 50 }, (_, at) => `line ${at}`), END, REPORT];
    setup.write(own);
    setup.logs.pages.size = 7;
    setup.logs.pages.empty = 2;
    setup.logs.repeatsEvents = true;
    expect(linesOf(await setup.read())).toEqual(trimmed(own));
  });

  test('reads again after CloudWatch Logs throttled a page, without repeating or losing events', async () => {
    const own = [START, ...Array.from({ length: 50 }, (_, at) => `line ${at}`), END, REPORT];
    setup.write(own);
    setup.logs.pages.size = 7;
    vi.spyOn(Math, 'random').mockReturnValue(0); // the SDK's retries don't wait
    let isThrottled = false;
    setup.logs.beforePage = (page) => {
      if (page !== 4 || isThrottled) return;
      isThrottled = true;
      setup.logs.refuseNext(...Array.from({ length: 8 }, () => THROTTLED));
    };
    expect(linesOf(await setup.read())).toEqual(trimmed(own));
    expect(isThrottled).toBe(true);
  });

  test('continues with new credentials when they expire between two pages', async () => {
    const own = [START, ...Array.from({ length: 20 }, (_, at) => `line ${at}`), END, REPORT];
    setup.write(own);
    setup.logs.pages.size = 7;
    let isExpired = false;
    setup.logs.beforePage = async (page) => {
      if (page !== 2 || isExpired) return;
      isExpired = true;
      await setup.home.write({ credentials: BASE.replaceAll('AKIABASE', 'AKIANEXT') });
      setup.logs.expireKey('AKIABASE');
    };
    expect(linesOf(await setup.read())).toEqual(trimmed(own));
    expect(new Set(setup.logs.requests.map(({ accessKeyId }) => accessKeyId))).toEqual(
      new Set(['AKIABASE', 'AKIANEXT']),
    );
  });

  test('shows what was read before an error', async () => {
    setup.write([START, ...Array.from({ length: 20 }, (_, at) => `line ${at}`), END, REPORT]);
    setup.logs.pages.size = 7;
    setup.logs.beforePage = (page) => {
      if (page === 2) setup.home.services.answer(OPERATION, denies(400, 'AccessDeniedException', 'no'));
    };
    const log = await setup.read();
    expect(log).toMatchObject({ isComplete: false, missing: { code: 'readDenied' } });
    expect(linesOf(log).at(-1)).toBe('line 12');
  });

  test('has the start and the end of 100,000 events, in bounded memory', async () => {
    const lines = Array.from({ length: 100_000 }, (_, at) => `line ${at} ${'x'.repeat(300)}`);
    setup.write([START, ...lines, END, REPORT]);
    const maxLength = 1_000_000;
    const used: number[] = [];
    const onProgress = ({ phase }: LogProgress) => {
      if (phase !== 'reading') return;
      collectGarbage();
      used.push(process.memoryUsage().heapUsed);
    };
    const log = await setup.read({}, { maxLength, onProgress });
    expect(used.length).toBeGreaterThan(20);
    expect((used.at(-1) ?? Infinity) - (used[0] ?? 0)).toBeLessThan(40_000_000);
    const shown = linesOf(log);
    const gap = shown.findIndex((line) => line.startsWith('[Lambda Invoke] '));
    const after = shown.slice(gap + 1, -2);
    expect(log.events).toBe(100_003);
    expect(log.text.length).toBeLessThan(maxLength + 100);
    expect(shown.slice(1, gap)).toEqual(lines.slice(0, gap - 1));
    expect(after).toEqual(lines.slice(-after.length));
    expect(log).toMatchObject({
      isComplete: false,
      notes: [{ code: 'wholeLogTruncated', args: [100_003, expect.any(Number)] }],
    });
  });

  test('has all attempts of an event, in all log streams', async () => {
    const first = [START, 'first attempt', END, REPORT];
    const second = [START, 'second attempt', END, REPORT];
    setup.write(first, { agoMs: 2000, logStreamName: 'a' });
    setup.write(second, { agoMs: 1000, logStreamName: 'b' });
    const log = await setup.read({ isAsynchronous: true });
    expect(linesOf(log)).toEqual(trimmed([...first, ...second]));
    expect(log.notes).toEqual([{ code: 'wholeLogAttempts', args: [2] }]);
  });

  test('has only the lines with the request ID if requests share a log stream', async () => {
    const platform = (type: string, requestId: string) =>
      JSON.stringify({
        time: '2026-11-28T12:00:00.000Z',
        type: `platform.${type}`,
        record: { requestId, metrics: { durationMs: 3 } },
      });
    const line = (requestId: string) => JSON.stringify({ level: 'INFO', message: 'hello', requestId });
    const own = [platform('start', OWN), line(OWN), platform('report', OWN)];
    setup.write([
      platform('start', OTHER),
      own[0] ?? '',
      platform('report', OTHER),
      platform('start', OTHER),
      line(OTHER),
      'nobody',
      ...own.slice(1),
    ]);
    for (const isConcurrent of [false, true]) {
      const log = await setup.read({ isConcurrent });
      expect(linesOf(log)).toEqual(own);
      expect(log).toMatchObject({ isComplete: true, notes: [{ code: 'wholeLogShared' }], report: { durationMs: 3 } });
    }
  });

  test('ends without a report if the system log level hides it', async () => {
    const line = (requestId: string, text: string) => JSON.stringify({ level: 'INFO', message: text, requestId });
    const own = [line(OWN, 'a'), 'plain', line(OWN, 'b')];
    setup.write([line(OTHER, 'x'), ...own, line(OTHER, 'y'), 'plain']);
    const log = await setup.read({ hidesReport: true });
    expect(linesOf(log)).toEqual(own);
    expect(log).toMatchObject({ isComplete: true, notes: [{ code: 'wholeLogReportHidden' }] });
  });

  test('reads only the log stream that Lambda returned', async () => {
    setup.write([START, 'here', END, REPORT], { logStreamName: 'a' });
    setup.write([`about ${OWN}`], { logStreamName: 'b' });
    expect(linesOf(await setup.read({ logStream: 'a' }))).toHaveLength(4);
    expect(setup.logs.requests.every(({ input }) => input.logStreamNames?.join() === 'a')).toBe(true);
  });
});
