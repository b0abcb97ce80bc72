import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { historyFolder } from '../../../../src/host/history/historyFolder.ts';

let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'li-storage-'));
  for (const workspace of ['-2a437784', '-2a437784-1', '1764288000000-1', '-3']) await mkdir(join(root, workspace));
});

afterAll(() => rm(root, { recursive: true, force: true }));

test.each([
  ['-2a437784', '-2a437784'],
  ['-2a437784-1', '-2a437784'],
  ['-2a437784-9', '-2a437784'],
  ['-2a437784-10', '-2a437784-10'],
  // These IDs only look like one.
  ['1764288000000-1', '1764288000000-1'],
  ['-3', '-3'],
])('the history of the workspace storage %s is in %s', (workspace, expected) => {
  const storage = join(root, workspace, 'publisher.extension');
  expect(historyFolder(storage)).toBe(join(root, expected, 'publisher.extension', 'history'));
});
