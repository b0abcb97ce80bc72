import { expect, test } from 'vitest';
import { differingPaths } from '../../../../src/core/compare/differingPaths.ts';
import { parseIgnoredPath, withoutPaths, type IgnoredPath } from '../../../../src/core/json/ignoredPaths.ts';
import { printJsonTree, readJsonTree, type JsonTree } from '../../../../src/core/json/jsonTree.ts';

function tree(value: unknown): JsonTree {
  const read = readJsonTree(JSON.stringify(value));
  if (read === undefined) throw new Error('invalid JSON');
  return read;
}

test('elements of an array have one path', () => {
  const at = (time: number) => ({
    items: [
      { at: time, id: 1 },
      { at: time + 1, id: 2 },
    ],
    total: 3,
  });
  expect(differingPaths(tree(at(1)), tree(at(5)))).toEqual(['items[].at']);
});

test('unusual keys are quoted, and all paths can be ignored', () => {
  const one = { 'a.b': 1, 'c d': { '': 1, 'x"y': 2, $z: 3 }, list: [[1]] };
  const other = { 'a.b': 2, 'c d': { '': 2, 'x"y': 3, $z: 4 }, list: [[2]], more: 1 };
  const paths = differingPaths(tree(one), tree(other));
  expect(paths).toEqual(['["a.b"]', 'c d[""]', 'c d["x\\"y"]', 'c d["$z"]', 'list[][]', 'more']);
  const ignored = paths.map(parseIgnoredPath) as IgnoredPath[];
  const print = (value: unknown) => printJsonTree(withoutPaths(tree(value), ignored));
  expect(print(one)).toBe(print(other));
});

test('equal values have no paths, and neither do values that differ as a whole', () => {
  expect(differingPaths(tree({ a: 1 }), tree({ a: 1 }))).toEqual([]);
  expect(differingPaths(tree(1), tree(2))).toEqual([]);
});

test('the number of paths is limited', () => {
  const many = (value: number) => Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`k${at}`, value]));
  expect(differingPaths(tree(many(1)), tree(many(2)), 3)).toEqual(['k0', 'k1', 'k2']);
});
