import { expect, test } from 'vitest';
import { inlineSourceMap, sourceMapName } from '../../../../src/core/outcome/sourceMapName.ts';
import { hasPosition } from '../../../../src/core/outcome/textPosition.ts';

test.each([
  [{ line: 1, column: 1 }, true],
  [{ line: 2, column: 4 }, true],
  [{ line: 3 }, true],
  [{}, true],
  [{ line: 2, column: 5 }, false],
  [{ line: 4 }, false],
  [{ line: 0 }, false],
  [{ line: 1, column: 0 }, false],
  [{ line: -1 }, false],
  [{ line: 1e20 }, false],
  [{ line: 2 ** 31 }, false],
])('a text of three lines contains %j: %s', (position, expected) => {
  expect(hasPosition('first\nabc\n', position)).toBe(expected);
});

test('finds the source map in the last comment', () => {
  expect(sourceMapName('a();\n//# sourceMappingURL=a.js.map\n')).toBe('a.js.map');
  expect(sourceMapName('/*# sourceMappingURL=a.css.map */')).toBe('a.css.map');
  expect(sourceMapName('//@ sourceMappingURL=old.map\n//# sourceMappingURL=new.map')).toBe('new.map');
  expect(sourceMapName('const text = "sourceMappingURL=x";')).toBeUndefined();
  expect(sourceMapName('')).toBeUndefined();
  expect(inlineSourceMap('data:application/json;charset=utf-8;base64,e30=')).toBe('e30=');
  expect(inlineSourceMap('a.js.map')).toBeUndefined();
});
