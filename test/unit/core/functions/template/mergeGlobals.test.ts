import { expect, test } from 'vitest';
import { createWorkBudget } from '../../../../../src/core/async/workBudget.ts';
import { mergeGlobals } from '../../../../../src/core/functions/template/mergeGlobals.ts';
import { TEMPLATE_LIMITS } from '../../../../../src/core/functions/template/budgetProblem.ts';

const merge = (globals: Record<string, unknown>, own: Record<string, unknown>) =>
  mergeGlobals(globals, own, createWorkBudget(TEMPLATE_LIMITS));

test.each<[string, unknown, unknown, unknown]>([
  ['a text is replaced', 'a', 'b', 'b'],
  ['lists are appended', ['a'], ['b'], ['a', 'b']],
  ['objects are merged at any depth', { a: { b: 1, c: 2 } }, { a: { c: 3, d: 4 } }, { a: { b: 1, c: 3, d: 4 } }],
  ['an expression is replaced by another', { Ref: 'A' }, { 'Fn::GetAtt': ['B', 'C'] }, { 'Fn::GetAtt': ['B', 'C'] }],
  ['an expression replaces an object', { a: 1 }, { Ref: 'A' }, { Ref: 'A' }],
  ['an object replaces a list', ['a'], { a: 1 }, { a: 1 }],
  ['a value that the function leaves out stays', { a: 1 }, null, { a: 1 }],
])('in Globals, %s', (_, global, own, expected) => {
  expect(merge({ Field: global, Other: 1 }, { Field: own, Third: 3 })).toEqual({ Field: expected, Other: 1, Third: 3 });
});
