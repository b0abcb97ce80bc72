import { sep } from 'node:path';
import { expect, test } from 'vitest';
import { folderLabels } from '../../../../src/local/workspace/folderLabels.ts';

const labels = (...paths: string[]) => folderLabels(paths.map((path) => path.replaceAll('/', sep)));

test('workspace folders with the same name have different labels, which include their parent folders', () => {
  expect(labels('/w/shop')).toEqual(['shop']);
  expect(labels('/w/shop', '/w/app')).toEqual(['shop', 'app']);
  expect(labels('/w/a/app', '/w/b/app', '/w/shop')).toEqual(['a/app', 'b/app', 'shop']);
  expect(labels('/w/a/x/app', '/w/b/x/app')).toEqual(['a/x/app', 'b/x/app']);
  expect(labels('/app', '/w/app')).toEqual(['/app', 'w/app']);
  expect(labels()).toEqual([]);
});
