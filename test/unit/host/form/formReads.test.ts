import { expect, test } from 'vitest';
import type { Connection } from '../../../../src/core/connection/connection.ts';
import { FormReads } from '../../../../src/host/form/formReads.ts';

const dev = { kind: 'aws', profile: 'dev' } as const;

/** Starts a read that fails when its signal is aborted. */
function begin(reads: FormReads, kind: string, connection: Connection = dev) {
  let seen = AbortSignal.abort();
  const done = reads.run(kind, connection, (signal) => {
    seen = signal;
    return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))));
  });
  return { done, isAborted: () => seen.aborted };
}

test('a read stops the previous one of the same kind only', async () => {
  const reads = new FormReads();
  const [facts, browse] = [begin(reads, 'facts'), begin(reads, 'browse')];
  const again = begin(reads, 'facts');
  expect([facts, browse, again].map(({ isAborted }) => isAborted())).toEqual([true, false, false]);
  await facts.done; // resolves without an error
});

test('a connection change stops the reads of the previous connection', () => {
  const reads = new FormReads();
  const facts = begin(reads, 'facts');
  reads.keep({ profile: 'dev', kind: 'aws' });
  expect(facts.isAborted()).toBe(false);
  reads.keep({ kind: 'aws', profile: 'dev', region: 'eu-west-1' });
  expect(facts.isAborted()).toBe(true);
});

test('closing the form stops all reads and prevents new ones', async () => {
  const reads = new FormReads();
  const facts = begin(reads, 'facts');
  reads.close();
  expect([facts.isAborted(), begin(reads, 'browse').isAborted()]).toEqual([true, true]);
  await facts.done;
});

test('a failed read rejects', async () => {
  await expect(new FormReads().run('facts', dev, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
});
