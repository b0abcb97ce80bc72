import { describe, expect, test } from 'vitest';
import type { LogEvent } from '../../../../src/core/logs/logEvent.ts';
import { createRequestEvents } from '../../../../src/core/logs/requestEvents.ts';
import { createRequestTimes } from '../../../../src/core/logs/requestTimes.ts';

const OWN = '11111111-1111-4111-8111-111111111111';
const OTHER = '22222222-2222-4222-8222-222222222222';

/** Events of one stream, a millisecond apart, unless a line names its stream: `b: …`. */
function eventsOf(lines: readonly string[]): LogEvent[] {
  return lines.map((line, at) => {
    const [, stream = 'a', message = ''] = /^(?:([ab]): )?([^]*)$/.exec(line) ?? [];
    return { id: String(at), timestamp: 1000 + at, message, logGroup: '/aws/lambda/hello', logStream: stream };
  });
}

/** The lines of OWN. */
function select(lines: readonly string[]): { readonly own: string[]; readonly isShared: boolean } {
  const events = eventsOf(lines);
  const times = createRequestTimes(OWN);
  for (const event of events.filter(({ message }) => message.includes(OWN))) times.add(event);
  const reportedAt = (stream: string) => times.streams.get(stream)?.reportedAt;
  const selected = createRequestEvents({ requestId: OWN, reportedAt });
  const own = events.flatMap((event) => selected.next(event)).map(({ message }) => message);
  return { own, isShared: selected.isShared };
}

const start = (id: string) => `START RequestId: ${id} Version: $LATEST\n`;
const end = (id: string) => `END RequestId: ${id}\n`;
const report = (id: string) =>
  `REPORT RequestId: ${id}\tDuration: 3.00 ms\tBilled Duration: 4 ms\tMemory Size: 128 MB\tMax Memory Used: 30 MB\t\n`;
const json = (type: string, requestId: string) =>
  JSON.stringify({ time: '2026-11-28T12:00:00.000Z', type: `platform.${type}`, record: { requestId } });
const line = (requestId: string, text: string) => JSON.stringify({ level: 'INFO', message: text, requestId });

describe('the events of a request', () => {
  test('include lines without its ID between START and the next START', () => {
    const before = [start(OTHER), 'other', end(OTHER), report(OTHER)];
    const own = [
      start(OWN),
      'plain',
      'Traceback (most recent call last):\n  File "a.py"',
      end(OWN),
      report(OWN),
      'extension',
    ];
    expect(select([...before, ...own, start(OTHER), 'next']).own).toEqual(own);
  });

  test('include the initialization before it, and not that of another request', () => {
    const init = ['INIT_START Runtime Version: nodejs:22.v1', 'loaded'];
    const own = [start(OWN), 'plain', report(OWN)];
    expect(select([...init, ...own, ...init, start(OTHER), 'next']).own).toEqual([...init, ...own]);
    expect(select([...init, start(OTHER), report(OTHER), ...own]).own).toEqual(own);
  });

  test('include an initialization that is repeated within it', () => {
    const own = [start(OWN), 'INIT_START Runtime Version: nodejs:22.v1', 'loaded again', report(OWN)];
    expect(select(own).own).toEqual(own);
  });

  test('include the attempts in all log streams', () => {
    const first = [start(OWN), 'first', report(OWN)].map((text) => `a: ${text}`);
    const second = [start(OWN), 'second', report(OWN)].map((text) => `b: ${text}`);
    const others = [start(OTHER), 'other', report(OTHER)].map((text) => `a: ${text}`);
    const withoutStream = [...first, ...second].map((text) => text.slice(3));
    expect(select([...first, ...others, ...second]).own).toEqual(withoutStream);
  });

  test('include a START line of another request that the function has printed', () => {
    const own = [start(OWN), start(OTHER), line(OTHER, 'about another request'), 'plain', report(OWN)];
    expect(select(own)).toEqual({ own, isShared: false });
  });

  test('end with the next START if the request has no report', () => {
    const own = [start(OWN), 'plain'];
    expect(select([...own, start(OTHER), 'next']).own).toEqual(own);
  });

  test('are shared if another request starts within it, in JSON', () => {
    const lines = [json('start', OWN), json('start', OTHER), line(OWN, 'a'), line(OTHER, 'b'), json('report', OWN)];
    expect(select(lines).isShared).toBe(true);
    expect(select([json('start', OWN), line(OWN, 'a'), json('report', OWN), json('start', OTHER)]).isShared).toBe(
      false,
    );
  });

  test('exclude lines of another request in JSON logs without platform events', () => {
    const own = [line(OWN, 'a'), 'plain', line(OWN, 'b')];
    expect(select([line(OTHER, 'x'), 'its own', ...own, line(OTHER, 'y'), 'its own']).own).toEqual(own);
  });

  test('include lines with the ID in an unknown field in logs without platform events', () => {
    const own = [JSON.stringify({ correlation: OWN, text: 'a' }), JSON.stringify({ correlation: OWN, text: 'b' })];
    expect(select(own).own).toEqual(own);
  });

  test('exclude lines of other requests that mention its ID', () => {
    expect(select([start(OTHER), `caused by ${OWN}`, report(OTHER)]).own).toEqual([]);
  });
});

describe('the times of a request', () => {
  const timesOf = (lines: readonly string[]) => {
    const times = createRequestTimes(OWN);
    for (const event of eventsOf(lines)) times.add(event);
    return times;
  };

  test('have the report of the last attempt', () => {
    const { report: found, attempts } = timesOf([start(OWN), report(OWN)]);
    expect([found?.durationMs, found?.maxMemoryUsedMB, attempts]).toEqual([3, 30, 1]);
    const retried = timesOf([start(OWN), report(OWN), start(OWN)]);
    expect([retried.report, retried.attempts]).toEqual([undefined, 2]);
  });

  test('are those of the request’s log streams, unless none has its events', () => {
    expect([...timesOf([`a: ${start(OWN)}`, `b: about ${OWN}`]).streams.keys()]).toEqual(['a']);
    expect([...timesOf([`b: about ${OWN}`]).streams.keys()]).toEqual(['b']);
  });

  test('count each event once', () => {
    const times = timesOf([start(OWN), report(OWN)]);
    for (const event of eventsOf([start(OWN), report(OWN)])) times.add(event);
    expect([times.events, times.attempts]).toEqual([2, 1]);
  });
});
