import { expect, test } from 'vitest';
import { FormReads } from '../../../src/host/finding/formReads.ts';

const dev = { kind: 'aws', profile: 'dev' } as const;

test('a read stops the one of its kind before it, and no other', () => {
  const reads = new FormReads();
  const [facts, browse] = [reads.begin('facts', dev), reads.begin('browse', dev)];
  const again = reads.begin('facts', dev);
  expect([facts, browse, again].map(({ aborted }) => aborted)).toEqual([true, false, false]);
});

test('another connection stops what is read for the one before', () => {
  const reads = new FormReads();
  const facts = reads.begin('facts', dev);
  reads.keep({ profile: 'dev', kind: 'aws' });
  expect(facts.aborted).toBe(false);
  reads.keep({ kind: 'aws', profile: 'dev', region: 'eu-west-1' });
  expect(facts.aborted).toBe(true);
});

test('closing the form stops everything, and nothing begins after it', () => {
  const reads = new FormReads();
  const facts = reads.begin('facts', dev);
  reads.close();
  expect([facts.aborted, reads.begin('browse', dev).aborted]).toEqual([true, true]);
});
