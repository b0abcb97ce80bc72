import { describe, expect, test } from 'vitest';
import type { Connection } from '../../../../src/core/connection/connection.ts';
import { entriesOfFunction, functionsOfHistory } from '../../../../src/core/history/functionHistory.ts';
import type { HistoryEntry } from '../../../../src/core/history/historyEntry.ts';
import { message } from '../../../../src/core/messages/messages.ts';
import type { Outcome } from '../../../../src/core/outcome/outcome.ts';
import { historyEntry, succeeded } from '../../../support/historyEntry.ts';

const KEYS: Connection = { kind: 'aws', profile: 'keys' };
const LOCAL: Connection = { kind: 'local' };
const ARN = 'arn:aws:lambda:eu-west-1:111122223333:function:orders';
const OTHER_ACCOUNT = 'arn:aws:lambda:eu-west-1:999988887777:function:orders';
const OTHER_REGION = 'arn:aws:lambda:us-east-1:111122223333:function:orders';

interface Invoked {
  readonly connection?: Connection;
  /** The values that the request was sent with. */
  readonly used?: { readonly region?: string; readonly accountId?: string };
  readonly qualifier?: string;
  readonly fails?: boolean;
}

const failure: Outcome = { state: 'failed', reason: message('functionNotFound', 'x'), clientMs: 1, notes: [] };

function invoked(FunctionName: string, { connection = KEYS, used, qualifier, fails }: Invoked = {}): HistoryEntry {
  const outcome = fails === true ? failure : { ...succeeded, connection: { ...connection, ...used } };
  return historyEntry({
    connection,
    invocation: {
      FunctionName,
      ...(qualifier !== undefined && { Qualifier: qualifier }),
      InvocationType: 'RequestResponse',
      payload: { kind: 'none' },
    },
    result: { outcome },
  });
}

/** Whether two entries are of one function, from either side, whatever else the history has. */
function areSame(one: HistoryEntry, other: HistoryEntry, ...rest: readonly HistoryEntry[]): boolean {
  const all = [one, other, ...rest];
  const [first, second] = [one, other].map(({ invocation: { FunctionName }, connection }) =>
    entriesOfFunction(all, { FunctionName, connection }),
  );
  expect(first?.includes(one)).toBe(true);
  expect(second?.includes(other)).toBe(true);
  expect(first?.includes(other)).toBe(second?.includes(one));
  return first?.includes(other) === true;
}

const used = { region: 'eu-west-1', accountId: '111122223333' };

describe('the history of a function', () => {
  test('includes its names, ARNs, versions and aliases', () => {
    const plain = invoked('orders', { used });
    for (const name of [ARN, `${ARN}:live`, 'orders:7', '111122223333:function:orders', 'function:orders']) {
      expect(areSame(plain, invoked(name, { used }))).toBe(true);
    }
    expect(areSame(plain, invoked('orders', { used, qualifier: 'live' }))).toBe(true);
    expect(areSame(plain, invoked('order', { used }))).toBe(false);
  });

  test('is that of one connection', () => {
    expect(areSame(invoked('orders'), invoked('orders', { connection: LOCAL }))).toBe(false);
    const other = { connection: { kind: 'aws', profile: 'prod' } } as const;
    expect(areSame(invoked('orders'), invoked('orders', other))).toBe(false);
    const endpoint = { connection: { ...KEYS, endpoint: 'http://localhost:4566' } } as const;
    expect(areSame(invoked('orders'), invoked('orders', endpoint))).toBe(false);
  });

  test('is that of one region, which can be selected, or come from an ARN or the profile', () => {
    const ofProfile = invoked('orders', { used });
    const selected = (region: string) => invoked('orders', { connection: { ...KEYS, region } });
    expect(areSame(ofProfile, selected('eu-west-1'))).toBe(true);
    expect(areSame(ofProfile, selected('us-east-1'))).toBe(false);
    expect(areSame(ofProfile, invoked(OTHER_REGION, { used }))).toBe(false);
    expect(areSame(selected('us-east-1'), invoked(OTHER_REGION, { used }), ofProfile)).toBe(true);
  });

  test('includes failed requests, which have no region', () => {
    const failed = invoked('orders', { fails: true });
    expect(areSame(failed, invoked('orders', { used }))).toBe(true);
    expect(
      areSame(failed, invoked('orders', { connection: { ...KEYS, region: 'us-east-1' } }), invoked('x', { used })),
    ).toBe(false);
  });

  test('is that of one account, if the account of the connection is known', () => {
    const plain = invoked('orders', { used });
    expect(areSame(plain, invoked(OTHER_ACCOUNT, { used }))).toBe(false);
    expect(areSame(invoked(ARN, { used }), invoked(OTHER_ACCOUNT, { used }))).toBe(false);
  });

  test('takes the only account in ARNs for that of the connection, as long as there is only one', () => {
    const unknown = { used: { region: 'eu-west-1' } };
    const plain = invoked('orders', unknown);
    expect(areSame(plain, invoked(ARN, unknown))).toBe(true);
    expect(areSame(plain, invoked(ARN, unknown), invoked(OTHER_ACCOUNT, unknown))).toBe(false);
    expect(
      areSame(plain, invoked('orders:live', unknown), invoked(ARN, unknown), invoked(OTHER_ACCOUNT, unknown)),
    ).toBe(true);
  });

  test('is found for a name that is not a function name, such as one with a typing error', () => {
    expect(areSame(invoked('my orders', { fails: true }), invoked('my orders', { fails: true }))).toBe(true);
  });
});

test('the functions of the history are listed once, the last used first', () => {
  const all = [
    invoked(ARN, { used }),
    invoked('hello', { connection: LOCAL }),
    invoked('orders', { used }),
    invoked('hello', { connection: LOCAL }),
    invoked('orders', { connection: LOCAL }),
  ];
  expect(functionsOfHistory(all)).toEqual([
    { FunctionName: ARN, connection: KEYS },
    { FunctionName: 'hello', connection: LOCAL },
    { FunctionName: 'orders', connection: LOCAL },
  ]);
  expect(functionsOfHistory([])).toEqual([]);
});
