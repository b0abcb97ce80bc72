import { mkdir, rm, writeFile } from 'node:fs/promises';
import { expect, onTestFinished, test } from 'vitest';
import { createEntryFilter } from '../../../../../src/local/workspace/watching/entryFilter.ts';
import { createWatchedFolder } from '../../../../support/watchedFolder.ts';

test('only files that are read, folders and links are relevant', async () => {
  const { folder, path, close } = await createWatchedFolder();
  onTestFinished(close);
  const { isRelevant, setFolders } = createEntryFilter(folder, {
    isFile: (name) => name.endsWith('.js'),
    isSkipped: (name) => name === 'node_modules',
  });
  expect(isRelevant('rename', 'unknown until the folder has been read')).toBe(true);
  expect(isRelevant('rename', 'node_modules')).toBe(false);
  setFolders(['removed']);
  await mkdir(path('added'));
  await writeFile(path('app.log'), '');
  const relevant = (kind: 'rename' | 'change') =>
    ['a.js', 'removed', 'added', 'app.log', 'removed.log', 'node_modules'].filter((name) => isRelevant(kind, name));
  expect(relevant('rename')).toEqual(['a.js', 'removed', 'added']);
  expect(relevant('change')).toEqual(['a.js']);
  await rm(path('added'), { recursive: true });
  expect(relevant('rename')).toEqual(['a.js', 'removed']);
});
