import { expect, test } from 'vitest';
import { exportedPath } from '../../../../src/local/runtimes/hooks/packageExports.ts';

const IMPORT = new Set(['node', 'import']);

test.each([
  ['./a.js', '.', './a.js'],
  [{ import: './a.mjs', default: './a.js' }, '.', './a.mjs'],
  [{ browser: './b.js', node: { require: './c.cjs' }, default: './a.js' }, '.', './a.js'],
  [{ browser: './b.js' }, '.', undefined],
  [[{ require: './a.cjs' }, './a.js'], '.', './a.js'],
  [{ '.': './a.js', './b': './lib/b.js' }, './b', './lib/b.js'],
  [{ './*': './lib/*.js' }, './b/c', './lib/b/c.js'],
  [{ './*': './lib/*.js', './b/*': './other/*.js' }, './b/c', './other/c.js'],
  [{ './*.js': './lib/*.mjs' }, './b.js', './lib/b.mjs'],
  [{ './*': './*', './secret/*': null }, './secret/key', undefined],
  ['./a.js', './b', undefined],
  ['../outside.js', '.', undefined],
  [null, '.', undefined],
])('with the exports %j, %s is %s', (exports, subpath, expected) => {
  expect(exportedPath(exports, subpath, IMPORT)).toBe(expected);
});
