import { exactDecimal } from './exactDecimal.ts';
import type { JsonTree } from './jsonTree.ts';

/** A step into a JSON value: a key or the index of an element. */
export type JsonStep = string | number;

/** Where a value isn't as expected. A missing `expected` or `actual` means that the member or element doesn't exist. */
export interface JsonMismatch {
  /** The steps from the root. */
  readonly steps: readonly JsonStep[];
  readonly expected?: JsonTree;
  readonly actual?: JsonTree;
}

/** With `subset`, objects may have more keys than expected, at every level. With `exact`, they may not. */
export type MatchMode = 'subset' | 'exact';

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

function stepText(step: JsonStep): string {
  if (typeof step === 'number') return `[${step}]`;
  return IDENTIFIER.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
}

/** The text of a path, such as `$.items[0]["a b"]`. */
export function stepsText(steps: readonly JsonStep[]): string {
  return `$${steps.map(stepText).join('')}`;
}

type ObjectTree = Extract<JsonTree, { kind: 'object' }>;

/** The values of an object by key. The last of duplicate keys applies, as in JSON.parse. */
function valuesOf({ members }: ObjectTree): ReadonlyMap<string, JsonTree> {
  return new Map(members.map(({ key, value }) => [key, value]));
}

function isSameScalar(expected: JsonTree, actual: JsonTree): boolean {
  if (!('source' in expected) || !('source' in actual) || expected.kind !== actual.kind) return false;
  if (expected.source === actual.source) return true;
  if (expected.kind === 'number') return exactDecimal(expected.source) === exactDecimal(actual.source);
  return expected.kind === 'string' && JSON.parse(expected.source) === JSON.parse(actual.source);
}

/**
 * Compares a JSON value with what is expected. Arrays must have the same length and order, numbers the same exact
 * decimal value, strings the same characters, however they're escaped. The order of keys doesn't matter. Returns every
 * mismatch, in the order of the expected value.
 */
export function matchJson(
  expected: JsonTree,
  actual: JsonTree,
  mode: MatchMode,
  steps: readonly JsonStep[] = [],
): JsonMismatch[] {
  if (expected.kind === 'object' && actual.kind === 'object') {
    const [wanted, found] = [valuesOf(expected), valuesOf(actual)];
    const mismatches = [...wanted].flatMap(([key, value]) => {
      const other = found.get(key);
      const inner = [...steps, key];
      return other === undefined ? [{ steps: inner, expected: value }] : matchJson(value, other, mode, inner);
    });
    const more = mode === 'subset' ? [] : [...found].filter(([key]) => !wanted.has(key));
    return [...mismatches, ...more.map(([key, value]) => ({ steps: [...steps, key], actual: value }))];
  }
  if (expected.kind === 'array' && actual.kind === 'array') {
    const length = Math.max(expected.elements.length, actual.elements.length);
    return Array.from({ length }, (_, at) => at).flatMap((at) => {
      const [one, other] = [expected.elements[at], actual.elements[at]];
      const inner = [...steps, at];
      if (one !== undefined && other !== undefined) return matchJson(one, other, mode, inner);
      return [{ steps: inner, ...(one && { expected: one }), ...(other && { actual: other }) }];
    });
  }
  return isSameScalar(expected, actual) ? [] : [{ steps, expected, actual }];
}

/** The value at a path. Undefined if there is none. */
export function subtree(tree: JsonTree, steps: readonly JsonStep[]): JsonTree | undefined {
  const [step, ...rest] = steps;
  if (step === undefined) return tree;
  let inner: JsonTree | undefined;
  if (tree.kind === 'object' && typeof step === 'string') inner = valuesOf(tree).get(step);
  if (tree.kind === 'array' && typeof step === 'number') inner = tree.elements[step];
  return inner && subtree(inner, rest);
}

/**
 * The actual value with only the keys that are expected, and in their order, so that a diff with the expected value shows
 * only mismatches. A value that is equal is replaced by the expected one, because it may be written differently.
 */
export function onlyExpected(expected: JsonTree, actual: JsonTree): JsonTree {
  if (matchJson(expected, actual, 'subset').length === 0) return expected;
  if (expected.kind === 'object' && actual.kind === 'object') {
    const found = valuesOf(actual);
    const members = expected.members.flatMap((member) => {
      const value = found.get(member.key);
      return value === undefined ? [] : [{ ...member, value: onlyExpected(member.value, value) }];
    });
    return { kind: 'object', members };
  }
  if (expected.kind === 'array' && actual.kind === 'array') {
    const elements = actual.elements.map((element, at) => {
      const wanted = expected.elements[at];
      return wanted === undefined ? element : onlyExpected(wanted, element);
    });
    return { kind: 'array', elements };
  }
  return actual;
}
