import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readWholeLog } from '../../../../src/app/logs/readWholeLog.ts';
import type { LoggedRequest, WholeLog } from '../../../../src/app/logs/wholeLog.ts';
import type { Aws } from '../../../../src/core/connection/aws.ts';
import type { LogProgress } from '../../../../src/core/logs/logProgress.ts';
import { createAwsHome, type AwsHome } from '../../../support/awsHome.ts';
import { denies } from '../../../support/awsServices.ts';
import { catchInvokeError } from '../../../support/catchInvokeError.ts';
import { collectGarbage } from '../../../support/collectGarbage.ts';
import { BASE } from '../../../support/invokeWith.ts';
import { THROTTLED, type LogsServer, type NewEvent } from '../../../support/logsServer.ts';

const GROUP = '/aws/lambda/orders';
const OPERATION = 'Logs_20140328.FilterLogEvents';
const OWN = '11111111-1111-4111-8111-111111111111';
const OTHER = '22222222-2222-4222-8222-222222222222';
const target = { kind: 'aws', profile: 'base', region: 'eu-west-1' } as const;
/** Short, so that no test waits. */
const timing = { minDelay: 5, maxDelay: 20, grace: 20, delivery: 60_000 };

const START = `START RequestId: ${OWN} Version: $LATEST\n`;
const END = `END RequestId: ${OWN}\n`;
const REPORT = `REPORT RequestId: ${OWN}\tDuration: 3.00 ms\tBilled Duration: 4 ms\tMemory Size: 128 MB\tMax Memory Used: 30 MB\t\n`;

let home: AwsHome;
let logs: LogsServer;
let aws: Aws;
let abort: AbortController;

beforeEach(async () => {
  home = await createAwsHome();
  await home.write({ credentials: BASE });
  ({ logs } = home.services);
  aws = home.createAws();
  abort = new AbortController();
});

afterEach(async () => {
  abort.abort();
  vi.restoreAllMocks();
  await home.remove();
});

/** Writes messages, a millisecond apart, that end `agoMs` ago. */
function write(messages: readonly string[], { agoMs = 1000, ...fields }: Partial<NewEvent> & { agoMs?: number } = {}) {
  const end = Date.now() - agoMs;
  const events = messages.map((message, at) => ({ ...fields, message, timestamp: end - messages.length + at }));
  logs.write(GROUP, ...events);
}

interface ReadOptions {
  readonly onProgress?: (progress: LogProgress) => void;
  readonly maxLength?: number;
}

function read(request: Partial<LoggedRequest> = {}, options: ReadOptions = {}): Promise<WholeLog> {
  const now = Date.now();
  return readWholeLog(
    { requestId: OWN, logGroup: GROUP, startedAt: now - 5000, endedAt: now, ...request },
    {
      filterLogEvents: (...query) => aws.logs.filterLogEvents(target, ...query),
      signal: abort.signal,
      timing,
      ...options,
    },
  );
}

/** An invocation that CloudWatch Logs receives nothing of anymore. */
const LONG_AGO = { startedAt: Date.now() - 3_600_000, endedAt: Date.now() - 3_590_000 };

const linesOf = ({ text }: WholeLog) => text.slice(0, -1).split('\n');
const trimmed = (messages: readonly string[]) => messages.map((message) => message.replace('\n', ''));

describe('the whole log', () => {
  test('has all lines from START to REPORT, and the figures', async () => {
    const own = [START, 'plain', `2026-11-28T12:00:00.000Z\t${OWN}\tINFO\twith the ID`, END, REPORT];
    write([
      `START RequestId: ${OTHER} Version: $LATEST`,
      'other',
      ...own,
      `START RequestId: ${OTHER} Version: 1`,
      'next',
    ]);
    const log = await read();
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
    write([START, 'first'], { agoMs: 3000 });
    const phases: string[] = [];
    const log = await read(
      {},
      {
        onProgress({ phase }) {
          if (phases.at(-1) === phase) return;
          phases.push(phase);
          if (phase === 'waiting') write([END, REPORT], { agoMs: 1000 });
          // Written before END, and received after the report.
          if (phase === 'reading') write(['late'], { agoMs: 2000 });
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
    write(own);
    expect(linesOf(await read())).toEqual(trimmed(own));
  });

  test('waits for a log group that is created by the first event', async () => {
    let isWritten = false;
    const log = await read(
      {},
      {
        onProgress({ phase }) {
          if (phase === 'searching' && !isWritten) write([START, END, REPORT]);
          isWritten = true;
        },
      },
    );
    expect(log).toMatchObject({ events: 3, isComplete: true });
  });

  test('has each event once, with empty pages and repeated events', async () => {
    const own = [START, ...Array.from({ length: 50 }, (_, at) => `line ${at}`), END, REPORT];
    write(own);
    logs.pages.size = 7;
    logs.pages.empty = 2;
    logs.repeatsEvents = true;
    expect(linesOf(await read())).toEqual(trimmed(own));
  });

  test('reads again after CloudWatch Logs throttled a page, without repeating or losing events', async () => {
    const own = [START, ...Array.from({ length: 50 }, (_, at) => `line ${at}`), END, REPORT];
    write(own);
    logs.pages.size = 7;
    vi.spyOn(Math, 'random').mockReturnValue(0); // the SDK's retries don't wait
    let isThrottled = false;
    logs.beforePage = (page) => {
      if (page !== 4 || isThrottled) return;
      isThrottled = true;
      logs.refuseNext(...Array.from({ length: 8 }, () => THROTTLED));
    };
    expect(linesOf(await read())).toEqual(trimmed(own));
    expect(isThrottled).toBe(true);
  });

  test('continues with new credentials when they expire between two pages', async () => {
    const own = [START, ...Array.from({ length: 20 }, (_, at) => `line ${at}`), END, REPORT];
    write(own);
    logs.pages.size = 7;
    let isExpired = false;
    logs.beforePage = async (page) => {
      if (page !== 2 || isExpired) return;
      isExpired = true;
      await home.write({ credentials: BASE.replaceAll('AKIABASE', 'AKIANEXT') });
      logs.expireKey('AKIABASE');
    };
    expect(linesOf(await read())).toEqual(trimmed(own));
    expect(new Set(logs.requests.map(({ accessKeyId }) => accessKeyId))).toEqual(new Set(['AKIABASE', 'AKIANEXT']));
  });

  test('shows what was read before an error', async () => {
    write([START, ...Array.from({ length: 20 }, (_, at) => `line ${at}`), END, REPORT]);
    logs.pages.size = 7;
    logs.beforePage = (page) => {
      if (page === 2) home.services.answer(OPERATION, denies(400, 'AccessDeniedException', 'no'));
    };
    const log = await read();
    expect(log).toMatchObject({ isComplete: false, missing: { code: 'readDenied' } });
    expect(linesOf(log).at(-1)).toBe('line 12');
  });

  test('has the start and the end of 100,000 events, in bounded memory', async () => {
    const lines = Array.from({ length: 100_000 }, (_, at) => `line ${at} ${'x'.repeat(300)}`);
    write([START, ...lines, END, REPORT]);
    const maxLength = 1_000_000;
    const used: number[] = [];
    const onProgress = ({ phase }: LogProgress) => {
      if (phase !== 'reading') return;
      collectGarbage();
      used.push(process.memoryUsage().heapUsed);
    };
    const log = await read({}, { maxLength, onProgress });
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
    write(first, { agoMs: 2000, logStreamName: 'a' });
    write(second, { agoMs: 1000, logStreamName: 'b' });
    const log = await read({ isAsynchronous: true });
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
    write([
      platform('start', OTHER),
      own[0] ?? '',
      platform('report', OTHER),
      platform('start', OTHER),
      line(OTHER),
      'nobody',
      ...own.slice(1),
    ]);
    for (const isConcurrent of [false, true]) {
      const log = await read({ isConcurrent });
      expect(linesOf(log)).toEqual(own);
      expect(log).toMatchObject({ isComplete: true, notes: [{ code: 'wholeLogShared' }], report: { durationMs: 3 } });
    }
  });

  test('ends without a report if the system log level hides it', async () => {
    const line = (requestId: string, text: string) => JSON.stringify({ level: 'INFO', message: text, requestId });
    const own = [line(OWN, 'a'), 'plain', line(OWN, 'b')];
    write([line(OTHER, 'x'), ...own, line(OTHER, 'y'), 'plain']);
    const log = await read({ hidesReport: true });
    expect(linesOf(log)).toEqual(own);
    expect(log).toMatchObject({ isComplete: true, notes: [{ code: 'wholeLogReportHidden' }] });
  });

  test('reads only the log stream that Lambda returned', async () => {
    write([START, 'here', END, REPORT], { logStreamName: 'a' });
    write([`about ${OWN}`], { logStreamName: 'b' });
    expect(linesOf(await read({ logStream: 'a' }))).toHaveLength(4);
    expect(logs.requests.every(({ input }) => input.logStreamNames?.join() === 'a')).toBe(true);
  });
});

describe('what is missing from the whole log', () => {
  test('is the log group, or the permission for it', async () => {
    expect(await read(LONG_AGO)).toMatchObject({
      text: '',
      events: 0,
      isComplete: false,
      missing: { code: 'logGroupMissing' },
    });
    home.services.answer(OPERATION, denies(400, 'AccessDeniedException', 'no'));
    const { reason } = await catchInvokeError(read());
    expect(reason).toEqual({
      code: 'readDenied',
      args: [expect.stringContaining(GROUP), 'logs:FilterLogEvents', `arn:aws:logs:eu-west-1:*:log-group:${GROUP}:*`],
    });
  });

  test('are all events after the retention period', async () => {
    write(['other']);
    expect(await read(LONG_AGO)).toMatchObject({ events: 0, missing: { code: 'wholeLogNothing', args: [GROUP] } });
    expect(logs.requests).toHaveLength(1);
  });

  test('is the report of an old invocation', async () => {
    write([START, 'plain'], { agoMs: 3_595_000 });
    expect(await read(LONG_AGO)).toMatchObject({
      events: 2,
      isComplete: false,
      missing: { code: 'wholeLogReportMissing' },
    });
  });
});

describe('canceling', () => {
  test('sends no further request while it waits for the report', async () => {
    write([START]);
    const reading = read({}, { onProgress: ({ phase }) => phase === 'waiting' && abort.abort() });
    expect((await catchInvokeError(reading)).reason.code).toBe('cancelledBeforeSending');
    expect(logs.requests).toHaveLength(1);
  });

  test('sends no further request between two pages', async () => {
    write([START, END, REPORT]);
    logs.pages.size = 1;
    logs.beforePage = (page) => {
      if (page === 2) abort.abort();
    };
    await catchInvokeError(read());
    expect(logs.requests).toHaveLength(2);
  });
});
