import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

const text = await readFile('CONTRIBUTING.md', 'utf8');
const manifest = JSON.parse(await readFile('package.json', 'utf8')) as {
  scripts: Record<string, string>;
  devDependencies: Record<string, string>;
};

test('CONTRIBUTING.md can be read in one sitting', () => {
  expect(text.split('\n').length).toBeLessThanOrEqual(201);
});

test('CONTRIBUTING.md says why each library was chosen, and names no other', () => {
  const [, libraries = ''] = text.split('\n## Libraries');
  const [list = ''] = libraries.split('\n## ');
  const items = list.split('\n- ').slice(1);
  const named = items.flatMap((item) =>
    [...(item.split(': ')[0] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name),
  );
  expect(named.toSorted()).toEqual(Object.keys(manifest.devDependencies).toSorted());
});

test('CONTRIBUTING.md describes every script, and none that is gone', () => {
  const described = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name);
  const scripts = Object.keys(manifest.scripts).filter((name) => name !== 'start' && name !== 'test');
  expect([...new Set(described)].toSorted()).toEqual(scripts.toSorted());
});

test('the folders and files that CONTRIBUTING.md names exist', () => {
  const paths = [...text.matchAll(/`((?:src|test|webview|media|\.github|\.devcontainer)(?:\/[\w./-]*)?)`/g)];
  const named = paths.map(([, path = '']) => path);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((path) => !existsSync(path))).toEqual([]);
});
