import { describe, expect, test } from 'vitest';
import { base64Length, fromBase64, toBase64 } from '../../../../src/core/invocation/base64.ts';
import { confirmingPattern } from '../../../../src/core/connection/confirmPatterns.ts';
import { describeConnection, isRegion } from '../../../../src/core/connection/connection.ts';
import { lastWithFile, recentPayloadFiles } from '../../../../src/core/history/historyEntry.ts';
import { toHistoryEntry } from '../../../../src/core/history/toHistoryEntry.ts';
import type { Invocation, PayloadSource } from '../../../../src/core/invocation/invocation.ts';
import { fillIn, message, SENTENCES, toSentence } from '../../../../src/core/messages/messages.ts';
import { REGIONS } from '../../../../src/core/connection/regions.ts';
import { historyEntry } from '../../../support/historyEntry.ts';

describe('confirmingPattern', () => {
  const invocation = { FunctionName: 'orders-production', InvocationType: 'RequestResponse' } as const;

  test.each([
    [['prod*'], 'prod*'],
    [['*-production'], '*-production'],
    [['ORDERS-*'], 'ORDERS-*'],
    [['dev', 'orders'], undefined],
    [[], undefined],
  ])('%j matches with %s', (patterns, expected) => {
    expect(confirmingPattern(patterns, invocation, { profile: 'prod-eu' })).toBe(expected);
  });

  test('matches a qualifier in its own field', () => {
    const qualified = { ...invocation, FunctionName: 'orders', Qualifier: 'prod' };
    expect(confirmingPattern(['*:prod'], qualified, { profile: 'dev' })).toBe('*:prod');
  });

  test('never matches a dry run', () => {
    expect(
      confirmingPattern(['*'], { ...invocation, InvocationType: 'DryRun' }, { profile: 'prod-eu' }),
    ).toBeUndefined();
  });

  test('treats characters other than * literally', () => {
    expect(confirmingPattern(['orders.production'], invocation, { profile: 'prod-eu' })).toBeUndefined();
  });
});

describe('connections', () => {
  test.each([
    [{ kind: 'local' }, 'Local'],
    [{ kind: 'aws' }, 'default chain'],
    [{ kind: 'aws', chain: 'AWS_PROFILE dev', region: 'us-east-1' }, 'default chain (AWS_PROFILE dev) · us-east-1'],
    [{ kind: 'aws', profile: 'dev', region: 'us-east-1', isFips: true }, 'dev · us-east-1 · FIPS'],
    [
      { kind: 'aws', profile: 'dev', region: 'us-east-1', isFips: true, isDualStack: true },
      'dev · us-east-1 · FIPS · dual-stack',
    ],
    [{ kind: 'aws', profile: 'dev', region: 'eu-west-1', endpoint: 'http://x' }, 'dev · eu-west-1 · http://x'],
  ] as const)('%o is described as %s', (connection, text) => {
    expect(describeConnection(connection)).toBe(text);
  });

  test('all known regions look like regions', () => {
    expect(Object.keys(REGIONS).filter((region) => !isRegion(region))).toEqual([]);
    expect(isRegion('eusc-de-east-1')).toBe(true);
    expect(['', 'us', 'US-EAST-1', 'us-east'].some(isRegion)).toBe(false);
  });
});

describe('history', () => {
  const entryOf = (invocationId: string, payload: PayloadSource) => {
    const invocation: Invocation = { FunctionName: 'hello', InvocationType: 'Event', payload };
    const outcome = { state: 'cancelled', reason: message('stoppedWaiting'), clientMs: 5, notes: [] } as const;
    return toHistoryEntry({ invocationId, invocation, connection: { kind: 'local' }, result: { outcome }, at: 1 });
  };

  test('stores that a payload was inline, but not its text', () => {
    const entry = entryOf('id', { kind: 'typed', text: 'secret' });
    expect(entry.invocation.payload).toEqual({ kind: 'typed' });
    expect(JSON.stringify(entry)).not.toContain('secret');
  });

  test('notes that an invocation had environment variables, also if they are no longer known', () => {
    const entry = historyEntry({ environment: { TABLE: 'secret' } });
    expect([entry.hasEnvironment, JSON.stringify(entry).includes('secret')]).toEqual([true, false]);
    expect(historyEntry({ lacksEnvironment: true }).hasEnvironment).toBe(true);
    expect(historyEntry().hasEnvironment).toBeUndefined();
  });

  test('treats an untitled editor like an inline payload', () => {
    const entry = entryOf('id', { kind: 'file', uri: 'untitled:Untitled-1' });
    expect(entry.invocation.payload).toEqual({ kind: 'typed' });
  });

  test('finds the last invocation with a file, and recent files without duplicates', () => {
    const file = (uri: string) => entryOf(uri, { kind: 'file', uri });
    const history = [file('file:///b'), file('untitled:1'), file('file:///a'), file('file:///b')];
    expect(lastWithFile(history, 'file:///a')?.invocationId).toBe('file:///a');
    expect(recentPayloadFiles(history)).toEqual(['file:///b', 'file:///a']);
  });
});

describe('message texts', () => {
  test('contain their arguments, with grouped digits', () => {
    expect(toSentence(message('payloadTooLarge', 6_291_457, 6_291_456, 'RequestResponse'))).toBe(
      'The payload has 6,291,457 bytes. The maximum for RequestResponse is 6,291,456.',
    );
    expect(fillIn('{0} {1}', ['a'])).toBe('a {1}');
  });

  test('are the keys for translation', () => {
    expect(toSentence(message('emptyPayload'), (template) => `[${template}]`)).toBe(`[${SENTENCES.emptyPayload}]`);
  });
});

test('base64Length matches the encoded length', () => {
  for (const text of ['', 'a', 'ab', 'abc', 'grüße']) expect(toBase64(text)).toHaveLength(base64Length(text));
  expect(new TextDecoder().decode(fromBase64(toBase64('grüße')))).toBe('grüße');
});
