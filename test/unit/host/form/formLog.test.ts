import { beforeEach, describe, expect, test } from 'vitest';
import type { EndedInvocation } from '../../../../src/app/invocations.ts';
import type { WholeLog } from '../../../../src/app/logs/wholeLog.ts';
import { createResults } from '../../../../src/app/results.ts';
import { message } from '../../../../src/core/messages/messages.ts';
import { InvokeError } from '../../../../src/core/outcome/invokeError.ts';
import { FormLog } from '../../../../src/host/form/formLog.ts';
import type { ReadLogOptions } from '../../../../src/host/logs/wholeLog.ts';
import type { ToForm } from '../../../../src/protocol/messages.ts';
import { orderOf } from '../../../support/formInvocations.ts';
import { succeeded } from '../../../support/historyEntry.ts';

const WHOLE: WholeLog = {
  text: 'START\n',
  events: 1,
  isComplete: true,
  notes: [],
  logEvents: [],
  report: { durationMs: 3 },
};
const ended = (invocationId: string): EndedInvocation => ({
  invocationId,
  order: orderOf(''),
  result: { outcome: { ...succeeded, requestId: invocationId } },
});

interface Read extends ReadLogOptions {
  readonly id: string;
  readonly resolve: (log: WholeLog) => void;
  readonly reject: (error: unknown) => void;
}

let posted: ToForm[];
let reads: Read[];
let fetched: Set<string>;
let results: ReturnType<typeof createResults>;
let shown: ReturnType<ReturnType<typeof createResults>['open']>;
let log: FormLog;

/** A form with two results, the second of which is shown. The test decides what is read. */
beforeEach(() => {
  [posted, reads, fetched, results] = [[], [], new Set(), createResults()];
  shown = results.open();
  shown.add(ended('1'));
  shown.add(ended('2'));
  const dependencies = {
    results,
    localLog: () => Promise.resolve(undefined),
    fetchesLog: ({ invocationId }: EndedInvocation) => fetched.delete(invocationId),
    readLog: ({ invocationId: id }: EndedInvocation, options: ReadLogOptions) =>
      new Promise<WholeLog>((resolve, reject) => reads.push({ ...options, id, resolve, reject })),
  };
  log = new FormLog(dependencies, { post: (one) => posted.push(one), shown: () => shown.shown });
});

const last = () => posted.at(-1);

describe('the whole log of a form', () => {
  test('is posted with its progress, and again when its result is shown again', async () => {
    const reading = log.read();
    expect(last()).toEqual({ type: 'logProgress', invocationId: '2', progress: { phase: 'searching', events: 0 } });
    reads[0]?.onProgress({ phase: 'waiting', events: 5 });
    await log.show(ended('2')); // the page has loaded again
    expect(posted.slice(1)).toEqual(
      Array.from({ length: 2 }, () => ({
        type: 'logProgress',
        invocationId: '2',
        progress: { phase: 'waiting', events: 5 },
      })),
    );
    reads[0]?.resolve(WHOLE);
    await reading;
    const read = { isComplete: true, notes: [], report: { durationMs: 3 } };
    expect(last()).toEqual({ type: 'log', invocationId: '2', text: 'START\n', read });
    posted.length = 0;
    await log.show(ended('2'));
    expect(posted).toEqual([{ type: 'log', invocationId: '2', text: 'START\n', read }]);
  });

  test('fills the figures that the response lacks', async () => {
    const reading = log.read();
    reads[0]?.resolve(WHOLE);
    await reading;
    expect(results.find('2')?.ended.result.outcome).toMatchObject({ report: { durationMs: 3 } });
    expect(results.find('1')?.ended.result.outcome).not.toHaveProperty('report');
  });

  test.each<[string, (read: Read) => void]>([
    ['an error', ({ reject }) => reject(new InvokeError(message('wholeLogNotYet')))],
    ['no event', ({ resolve }) => resolve({ ...WHOLE, text: '', events: 0, missing: message('wholeLogNotYet') })],
  ])('leaves the log that is shown after %s', async (_, end) => {
    const reading = log.read();
    if (reads[0] !== undefined) end(reads[0]);
    await reading;
    expect(last()).toEqual({ type: 'logProgress', invocationId: '2', problem: message('wholeLogNotYet') });
    expect(results.find('2')?.wholeLog).toBeUndefined();
  });

  test('is read once at a time: another result stops it', () => {
    void log.read();
    void log.read();
    expect(reads).toHaveLength(1);
    shown.step(-1);
    void log.read();
    expect(reads.map(({ id, signal }) => [id, signal.aborted])).toEqual([
      ['2', true],
      ['1', false],
    ]);
  });

  test('is canceled, without a problem', async () => {
    const reading = log.read();
    log.stop();
    expect(reads[0]?.signal.aborted).toBe(true);
    expect(last()).toEqual({ type: 'logProgress', invocationId: '2' });
    reads[0]?.reject(new InvokeError(message('cancelledBeforeSending')));
    await reading;
    expect(posted).toHaveLength(2);
  });

  test('is not read after the form was closed', () => {
    void log.read();
    log.dispose();
    void log.read();
    expect(reads.map(({ signal }) => signal.aborted)).toEqual([true]);
  });

  test('is read once without a click if a setting says so', async () => {
    fetched.add('2');
    void log.show(ended('2'));
    expect(reads.map(({ id }) => id)).toEqual(['2']);
    await log.show(ended('2'));
    expect(reads).toHaveLength(1);
  });
});
