import { isRecord } from './isRecord.ts';

/** Whether a value from outside has a certain shape. */
export type Check = (value: unknown) => boolean;

export const isText = (value: unknown): value is string => typeof value === 'string';
export const isNumber = (value: unknown): value is number => typeof value === 'number';
/** The maximum of a date in JavaScript. Others can't be formatted. In milliseconds since the epoch. */
const MAX_TIME = 8.64e15;

export const isTime = (value: unknown): value is number => isNumber(value) && Math.abs(value) <= MAX_TIME;

export const isFigure: Check = (value) => isText(value) || isNumber(value);

export const oneOf =
  (choices: readonly unknown[]): Check =>
  (value) =>
    choices.includes(value);

export const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);

export const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

/** An object with these fields. Others aren't checked. */
export function fields(checks: Readonly<Record<string, Check>>): Check {
  const names = Object.keys(checks);
  return (value) => isRecord(value) && names.every((name) => checks[name]?.(value[name]));
}

/** An object whose values are all texts or numbers. */
export const isFlat: Check = (value) => isRecord(value) && Object.values(value).every(isFigure);
