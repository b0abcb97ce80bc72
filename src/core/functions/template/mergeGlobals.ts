import { isRecord } from '../../json/isRecord.ts';
import type { WorkBudget } from '../../async/workBudget.ts';
import { record, type Values } from './templateFunction.ts';

function isIntrinsic(value: Values): boolean {
  const [name = '', ...others] = Object.keys(value);
  return others.length === 0 && (name === 'Ref' || name === 'Condition' || name.startsWith('Fn::'));
}

function mergeValues(global: unknown, own: unknown, budget: WorkBudget): unknown {
  if (Array.isArray(global) && Array.isArray(own)) {
    budget.step(global.length); // copied for each function
    return [...(global as unknown[]), ...(own as unknown[])];
  }
  if (!isRecord(global) || !isRecord(own) || isIntrinsic(global) || isIntrinsic(own)) return own ?? global;
  budget.step(Object.keys(global).length);
  return budget.nest(() => mergeGlobals(global, own, budget));
}

/**
 * Merges SAM globals with a function's properties: objects key by key, lists by appending, and otherwise with the
 * function's value. Throws WorkBudgetExceeded. Source: SAM developer guide, "Globals", and the SAM translator.
 */
export function mergeGlobals(globals: Values, own: Values, budget: WorkBudget): Values {
  const merged = Object.entries(own).map(([name, value]): [string, unknown] => [
    name,
    Object.hasOwn(globals, name) ? mergeValues(globals[name], value, budget) : value,
  ]);
  return record({ ...globals, ...Object.fromEntries(merged) });
}
