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

test('a budget allows its limits and nothing beyond them', () => {
  const { step, addOutput } = createWorkBudget(LIMITS);
  step(10_000);
  addOutput(5);
  expect(limitOf(() => step())).toBe('steps');
  expect(limitOf(() => addOutput(1))).toBe('output');
});

test('depth counts what is open, not what was opened', () => {
  const { nest } = createWorkBudget(LIMITS);
  const recurse = (levels: number): number => (levels === 0 ? 0 : nest(() => recurse(levels - 1)));
  for (let call = 0; call < 10; call++) expect(recurse(3)).toBe(0);
  expect(limitOf(() => recurse(4))).toBe('depth');
  expect(recurse(3)).toBe(0);
});

test('the clock ends work that its steps do not end', () => {
  let now = 0;
  const { step } = createWorkBudget(LIMITS, { now: () => now, at: 100 });
  step();
  now = 101;
  expect(limitOf(() => Array.from({ length: 5000 }, () => step()))).toBe('time');
});
