import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

const text = await readFile('CONTRIBUTING.md', 'utf8');
const manifest = JSON.parse(await readFile('package.json', 'utf8')) as {
  scripts: Record<string, string>;
  devDependencies: Record<string, string>;
};

test('CONTRIBUTING.md has at most 200 lines', () => {
  expect(text.split('\n').length).toBeLessThanOrEqual(201);
});

test('CONTRIBUTING.md explains each library, and no others', () => {
  const [, libraries = ''] = text.split('\n## Libraries');
  const [list = ''] = libraries.split('\n## ');
  const items = list.split('\n- ').slice(1);
  const named = items.flatMap((item) =>
    [...(item.split(': ')[0] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name),
  );
  expect(named.toSorted()).toEqual(Object.keys(manifest.devDependencies).toSorted());
});

test('CONTRIBUTING.md describes every script, and no removed ones', () => {
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
