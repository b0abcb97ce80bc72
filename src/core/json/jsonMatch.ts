import { exactDecimal } from './exactDecimal.ts';
import type { JsonTree } from './jsonTree.ts';

/** Where a value isn't as expected. A missing `expected` or `actual` means that the member or element doesn't exist. */
export interface JsonMismatch {
  /** The path from the root, such as `$.items[0].id`. */
  readonly path: string;
  readonly expected?: JsonTree;
  readonly actual?: JsonTree;
}

/** `subset`: an object may have more keys than expected, at every level. `exact`: it must not. */
export type MatchMode = 'subset' | 'exact';

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

function memberPath(path: string, key: string): string {
  return IDENTIFIER.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}

type ObjectTree = Extract<JsonTree, { kind: 'object' }>;

/** The values of an object by key. Of duplicate keys the last one counts, as in JSON.parse. */
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
export function matchJson(expected: JsonTree, actual: JsonTree, mode: MatchMode, path = '$'): JsonMismatch[] {
  if (expected.kind === 'object' && actual.kind === 'object') {
    const [wanted, found] = [valuesOf(expected), valuesOf(actual)];
    const mismatches = [...wanted].flatMap(([key, value]) => {
      const other = found.get(key);
      const at = memberPath(path, key);
      return other === undefined ? [{ path: at, expected: value }] : matchJson(value, other, mode, at);
    });
    const more = mode === 'subset' ? [] : [...found].filter(([key]) => !wanted.has(key));
    return [...mismatches, ...more.map(([key, value]) => ({ path: memberPath(path, key), actual: value }))];
  }
  if (expected.kind === 'array' && actual.kind === 'array') {
    const length = Math.max(expected.elements.length, actual.elements.length);
    return Array.from({ length }, (_, at) => at).flatMap((at) => {
      const [one, other] = [expected.elements[at], actual.elements[at]];
      const place = `${path}[${at}]`;
      if (one !== undefined && other !== undefined) return matchJson(one, other, mode, place);
      return [{ path: place, ...(one && { expected: one }), ...(other && { actual: other }) }];
    });
  }
  return isSameScalar(expected, actual) ? [] : [{ path, expected, actual }];
}
