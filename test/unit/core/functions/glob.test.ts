import { describe, expect, test } from 'vitest';
import { createGlob } from '../../../../src/core/functions/glob.ts';

describe('a glob matches', () => {
  test.each([
    ['infra/api.yaml', 'infra/api.yaml'],
    ['./infra/', 'infra/api.yaml'],
    ['**/api.yaml', 'api.yaml'],
    ['**/api.yaml', 'a/b/api.yaml'],
    ['a/**/z.json', 'a/z.json'],
    ['a/**/z.json', 'a/b/c/z.json'],
    ['docs/**', 'docs/a/b.yaml'],
    ['docs', 'docs/a/b.yaml'],
    ['*.tmpl', 'x.tmpl'],
    ['t?st-[a-c0-9].{yml,yaml}', 'test-b.yaml'],
    ['[!x]*.json', 'y.json'],
    ['{a,b}/**/{c,d}.json', 'b/x/d.json'],
    ['a\\b.json', 'a/b.json'],
    ['x{y.json', 'x{y.json'],
  ])('%s: %s', (pattern, path) => {
    expect(createGlob(pattern).matches(path)).toBe(true);
  });
});

describe("a glob doesn't match", () => {
  test.each([
    ['api.yaml', 'infra/api.yaml'],
    ['*.yaml', 'infra/api.yaml'],
    ['docs', 'docs2/a.yaml'],
    ['[!x]*.json', 'x.json'],
    ['a/*/z.json', 'a/z.json'],
    ['', 'a.json'],
    ['x'.repeat(1001), 'x'.repeat(1001)],
  ])('%.20s: %.20s', (pattern, path) => {
    expect(createGlob(pattern).matches(path)).toBe(false);
  });
});

test.each([
  ['dist/**', 'dist', true],
  ['dist', 'dist', true],
  ['packages/*/dist/*.json', 'packages/a/dist', true],
  ['**/.infra/*.json', 'a/b/.infra', true],
  ['**/*.json', 'node_modules', false],
  ['**', 'dist', false],
  ['src/**', 'src/dist', false],
  ['other/dist', 'dist', false],
])('%s names %s: %s', (pattern, folder, isNamed) => {
  expect(createGlob(pattern).names(folder)).toBe(isNamed);
});

test('a pattern with many wildcards and braces takes a bounded number of steps', () => {
  expect(createGlob(`${'**/'.repeat(200)}${'*a'.repeat(150)}b`).matches(`${'x/'.repeat(300)}${'a'.repeat(2000)}`)).toBe(
    false,
  );
  expect(createGlob('{a,b}'.repeat(180)).matches('a'.repeat(180))).toBe(true);
});
