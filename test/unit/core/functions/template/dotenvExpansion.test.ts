import { expect, test } from 'vitest';
import { createWorkBudget, WorkBudgetExceeded } from '../../../../../src/core/async/workBudget.ts';
import { TEMPLATE_LIMITS } from '../../../../../src/core/functions/template/budgetProblem.ts';
import { expandDotenv } from '../../../../../src/core/functions/template/dotenvExpansion.ts';

const expand = (values: Readonly<Record<string, string>>, shell: Readonly<Record<string, string>> = {}) =>
  Object.fromEntries(
    expandDotenv(new Map(Object.entries(values)), {
      shellValue: (name) => shell[name],
      budget: createWorkBudget(TEMPLATE_LIMITS),
    }),
  );

test.each<[Record<string, string>, Record<string, string>]>([
  [
    { A: '$B/${C}', B: 'b', C: '$B' },
    { A: 'b/b', B: 'b', C: 'b' },
  ],
  [{ A: '$X-${X:-x}-${X:-}' }, { A: '-x-' }],
  [{ A: String.raw`\$B pa$$ 5$` }, { A: '$B pa$$ 5$' }],
  [
    { A: '${SHELL_VALUE}', S: 'file' },
    { A: 'shell', S: 'shell' },
  ],
  [
    { A: 'a$A', B: '$C', C: '$B' },
    { A: 'a', B: '', C: '' },
  ],
  [{ A: '${B' }, { A: '' }],
])('the variables in %j are filled in', (values, expected) => {
  expect(expand(values, { SHELL_VALUE: 'shell', S: 'shell' })).toEqual(expected);
});

test('the amount of text is limited', () => {
  const values = Object.fromEntries(
    Array.from({ length: 60 }, (_, i) => [`V${i}`, i === 0 ? 'x' : `$V${i - 1}$V${i - 1}`]),
  );
  expect(() => expand(values)).toThrow(WorkBudgetExceeded);
});
