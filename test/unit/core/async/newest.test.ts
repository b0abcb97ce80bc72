import { expect, test } from 'vitest';
import { createTurns, newestOf } from '../../../../src/core/async/newest.ts';

function reads() {
  const pending: { readonly resolve: (value: string) => void; readonly reject: (error: Error) => void }[] = [];
  const read = newestOf(() => new Promise<string>((resolve, reject) => pending.push({ resolve, reject })));
  return { pending, read };
}

test('an older read that finishes later returns the newer result', async () => {
  const { pending, read } = reads();
  const results = [read(), read(), read()];
  pending[2]?.resolve('new');
  pending[1]?.reject(new Error('old'));
  pending[0]?.resolve('oldest');
  expect(await Promise.all(results)).toEqual(['new', 'new', 'new']);
});

test('an older read that finishes first waits for the newer one', async () => {
  const { pending, read } = reads();
  const results = [read(), read()];
  pending[0]?.resolve('old');
  await Promise.resolve();
  pending[1]?.resolve('new');
  expect(await Promise.all(results)).toEqual(['new', 'new']);
});

test('an error of the newest read rejects all reads', async () => {
  const { pending, read } = reads();
  const results = Promise.allSettled([read(), read()]);
  pending[0]?.resolve('old');
  pending[1]?.reject(new Error('gone'));
  expect((await results).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});

test('only the last turn is the newest', () => {
  const startTurn = createTurns();
  const [first, second] = [startTurn(), startTurn()];
  expect([first(), second()]).toEqual([false, true]);
});
