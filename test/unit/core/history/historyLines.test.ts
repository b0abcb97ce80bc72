import { describe, expect, test } from 'vitest';
import type { HistoryEntry } from '../../../../src/core/history/historyEntry.ts';
import type { HistoryOperation } from '../../../../src/core/history/historyState.ts';
import { message } from '../../../../src/core/messages/messages.ts';
import { toOutcome, type Outcome } from '../../../../src/core/outcome/outcome.ts';
import { parseLine, toLine } from '../../../../src/core/history/historyLines.ts';
import { historyEntry, succeeded } from '../../../support/historyEntry.ts';

const encode = (text: string) => new TextEncoder().encode(text);

const responded = toOutcome(
  {
    StatusCode: 200,
    FunctionError: 'Unhandled',
    LogResult: Buffer.from('REPORT RequestId: 1\tDuration: 1.5 ms\tMemory Size: 128 MB\n').toString('base64'),
    Payload: encode(
      '{"errorType":"Error","errorMessage":"no","trace":["at f"],"cause":{"errorMessage":"why","trace":[]}}',
    ),
    requestId: '1',
    connection: { kind: 'aws', profile: 'dev', region: 'eu-west-1', confirmPatterns: ['prod'] },
  },
  {
    clientMs: 1.5,
    notes: [message('attemptRefused', 1, 'no')],
    attempts: 2,
    stream: { chunks: 1, bytes: 2, bufferedBytes: 2 },
  },
);

const failed: Outcome = {
  state: 'failed',
  reason: message('unexpected', 'x'),
  problems: [{ field: 'Payload', message: message('payloadNotJson', 1, 2) }],
  exception: { name: 'E', message: 'm' },
  remedy: { kind: 'signIn', profile: 'dev' },
  clientMs: 0,
  notes: [],
};

const cancelled: Outcome = {
  state: 'cancelled',
  reason: message('notConfirmed'),
  nothingSent: true,
  declined: 'confirmation',
  clientMs: 0,
  notes: [],
};

const full: HistoryEntry = {
  ...historyEntry({
    invocation: {
      FunctionName: 'hello',
      Qualifier: 'live',
      InvocationType: 'RequestResponse',
      LogType: 'None',
      ClientContext: '{}',
      InvokeMode: 'RESPONSE_STREAM',
      payload: { kind: 'typed', text: 'secret' },
    },
    connection: { kind: 'aws', profile: 'dev', region: 'eu-west-1', endpoint: 'http://localhost:4566' },
    preset: { name: 'p', store: 'file:///presets.json' },
    result: { outcome: responded, sent: encode('secret') },
  }),
  isPinned: true,
};

const OPERATIONS: HistoryOperation[] = [
  { op: 'add', entry: full },
  { op: 'add', entry: { ...full, outcome: responded } },
  { op: 'add', entry: historyEntry({ result: { outcome: failed } }) },
  { op: 'add', entry: historyEntry({ result: { outcome: cancelled } }) },
  { op: 'add', entry: historyEntry({ result: { outcome: succeeded, Payload: encode('{"statusCode":404}') } }) },
  { op: 'pin', ids: ['a', 'b'], isPinned: false },
  { op: 'delete', ids: ['a'] },
  { op: 'clear' },
];

describe('a line of the history', () => {
  test('has no part of a payload that Lambda has quoted', () => {
    const quoted = "Could not parse payload into json: Unrecognized token 'secret'";
    const exception = { name: 'InvalidRequestContentException', message: quoted, StatusCode: 400 };
    const outcome: Outcome = { ...failed, exception };
    const line = toLine({ op: 'add', entry: historyEntry({ result: { outcome } }) });
    expect([line.includes('InvalidRequestContentException'), line.includes('secret')]).toEqual([true, false]);
  });

  test.each(OPERATIONS)('contains a complete change ($op)', (operation) => {
    const line = toLine(operation);
    expect(line.indexOf('\n')).toBe(line.length - 1);
    expect(parseLine(line)).toEqual(operation);
  });

  test.each(OPERATIONS)('is ignored if only a part of it was written ($op)', (operation) => {
    const line = toLine(operation).trimEnd();
    for (let length = 0; length < line.length; length++) expect(parseLine(line.slice(0, length))).toBeUndefined();
  });

  test.each(['{"v":2,"op":"add","entry":{"format":"other"}}', '{"v":2}', '{"v":1.5,"op":"clear"}'])(
    'of a newer version is recognized: %s',
    (line) => {
      expect(parseLine(line)).toBe('newer');
    },
  );

  test('is ignored if its time is no date, because it could not be shown', () => {
    for (const at of [8.64e15 + 1, -1e300]) {
      expect(parseLine(toLine({ op: 'add', entry: historyEntry({ at }) }))).toBeUndefined();
    }
    expect(parseLine(toLine({ op: 'add', entry: historyEntry({ at: 8.64e15 }) }))).toBeDefined();
  });

  test.each([
    '',
    'null',
    '[]',
    '{}',
    '{"op":"clear"}',
    '{"v":1}',
    '{"v":1,"op":"unknown"}',
    '{"v":1,"op":"add"}',
    '{"v":1,"op":"add","entry":null}',
    '{"v":1,"op":"delete"}',
    '{"v":1,"op":"delete","ids":[1]}',
    '{"v":1,"op":"pin","ids":["a"]}',
  ])('is ignored if it is damaged: %s', (line) => {
    expect(parseLine(line)).toBeUndefined();
  });

  /** Every value in an entry, replaced by one of another type. */
  function* damagedValues(value: unknown): Generator {
    if (typeof value !== 'object' || value === null) {
      yield { damaged: true };
      return;
    }
    yield 'damaged';
    for (const [key, inner] of Object.entries(value)) {
      for (const damaged of damagedValues(inner)) {
        yield Array.isArray(value) ? value.with(Number(key), damaged) : { ...value, [key]: damaged };
      }
    }
  }

  const http = historyEntry({ result: { outcome: succeeded, Payload: encode('{"statusCode":404}') } });

  test.each([{ ...full, outcome: responded }, { ...full, outcome: failed }, http])(
    'never lets a value of another type through',
    (entry) => {
      const types = (value: unknown): unknown => {
        if (Array.isArray(value)) return value.map(types);
        if (typeof value !== 'object' || value === null) return typeof value;
        return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, types(inner)]));
      };
      const expected = types(entry) as Record<string, unknown>;
      let count = 0;
      for (const damaged of damagedValues(entry)) {
        count++;
        const parsed = parseLine(JSON.stringify({ v: 1, op: 'add', entry: damaged }));
        if (parsed === undefined || parsed === 'newer' || parsed.op !== 'add') continue;
        // Optional values can be missing, and the connection of a response has fields that are only displayed.
        const { outcome, ...fields } = types(parsed.entry) as { outcome: Record<string, unknown> };
        for (const [key, type] of Object.entries(fields))
          expect([key, type]).toEqual([key, keyed(expected[key], type)]);
        const { connection: _, ...rest } = outcome;
        expect(expected['outcome']).toMatchObject(rest);
      }
      expect(count).toBeGreaterThan(20);
    },
  );

  /** The parts of a type that another one has. */
  function keyed(type: unknown, like: unknown): unknown {
    if (typeof type !== 'object' || type === null || typeof like !== 'object' || like === null) return type;
    return Object.fromEntries(Object.entries(type).filter(([key]) => key in like));
  }
});
