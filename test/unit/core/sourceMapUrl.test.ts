import { expect, test } from 'vitest';
import { inlineMap, sourceMapUrl } from '../../../src/core/sourceMapUrl.ts';

test.each<[string, string | undefined]>([
  ['code();\n//# sourceMappingURL=app.js.map', 'app.js.map'],
  ['code();\n//@sourceMappingURL=app.js.map \n\n', 'app.js.map'],
  ['//# sourceMappingURL=one.map\n//# sourceMappingURL=two.map', 'two.map'],
  ['//# sourceMappingURL=app.js.map\ncode();', undefined],
  ['sourceMappingURL=app.js.map', undefined],
  ['//# sourceMappingURL=', undefined],
  ['//#sourceMappingURL='.repeat(300_000), undefined],
  ['', undefined],
])('the source map of %.60j', (text, url) => {
  expect(sourceMapUrl(text)).toBe(url);
});

test.each<[string, string | undefined]>([
  ['data:application/json;base64,e30=', 'e30='],
  ['data:application/json;charset=utf-8;base64,e30=', 'e30='],
  ['data:application/json,{}', undefined],
  ['data:application/json;base64,', undefined],
  ['app.js.map', undefined],
])('the map inside of %s', (url, base64) => {
  expect(inlineMap(url)).toBe(base64);
});
