import { isRecord } from '../../json/isRecord.ts';
import type { WorkBudget } from '../../async/workBudget.ts';
import { yamlBoolean } from './yamlValues.ts';

/** The value of an expression that only a deployed stack can resolve. */
export const UNRESOLVED = Symbol('unresolved');

/** A scalar as text. Undefined for objects and lists. */
export function plainText(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}

export function propertyOf(value: unknown, key: string): unknown {
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** A value of a mapping. A key such as `yes` is a boolean for CloudFormation, and so is what refers to it. */
export function mappingValue(part: unknown, key: string): unknown {
  const value = propertyOf(part, key);
  if (value !== undefined || !isRecord(part) || (key !== 'true' && key !== 'false')) return value;
  const spelling = Object.keys(part).find((each) => String(yamlBoolean(each)) === key);
  return spelling === undefined ? undefined : part[spelling];
}

/** Whether a resolved value is known completely. JSON.stringify would omit unresolved parts. */
export function isKnown(value: unknown, budget: WorkBudget): boolean {
  budget.step();
  if (Array.isArray(value)) return value.every((part) => isKnown(part, budget));
  if (isRecord(value)) return Object.values(value).every((part) => isKnown(part, budget));
  return value !== UNRESOLVED;
}
