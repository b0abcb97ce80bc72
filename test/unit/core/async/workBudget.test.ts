import { expect, test } from 'vitest';
import { createWorkBudget, WorkBudgetExceeded, type WorkLimit } from '../../../../src/core/async/workBudget.ts';

function limitOf(work: () => void): WorkLimit | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof WorkBudgetExceeded) return error.limit;
    throw error;
  }
}

const LIMITS = { steps: 10_000, depth: 3, output: 5 };

test('allows work up to each limit', () => {
  const { step, addOutput } = createWorkBudget(LIMITS);
  step(10_000);
  addOutput(5);
  expect(limitOf(() => step())).toBe('steps');
  expect(limitOf(() => addOutput(1))).toBe('output');
});

test('limits the current depth, not the number of levels entered', () => {
  const { nest } = createWorkBudget(LIMITS);
  const recurse = (levels: number): number => (levels === 0 ? 0 : nest(() => recurse(levels - 1)));
  for (let call = 0; call < 10; call++) expect(recurse(3)).toBe(0);
  expect(limitOf(() => recurse(4))).toBe('depth');
  expect(recurse(3)).toBe(0);
});

test('stops at the deadline before the steps run out', () => {
  let now = 0;
  const { step } = createWorkBudget(LIMITS, { now: () => now, at: 100 });
  step();
  now = 101;
  expect(limitOf(() => Array.from({ length: 5000 }, () => step()))).toBe('time');
});
