import { access, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { TestFiles } from '../../src/app/testing/testFiles.ts';
import { linkTarget } from '../../src/host/files/linkTarget.ts';

/** A folder with these files, which is removed after the test. */
export async function createTestFolder(
  contents: Readonly<Record<string, string>> = {},
): Promise<TestFiles & { readonly text: (path: string) => Promise<string> }> {
  const root = await mkdtemp(join(tmpdir(), 'li-tests-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const write = async (path: string, content: string | Uint8Array) => {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  };
  for (const [path, text] of Object.entries(contents)) await write(join(root, path), text);
  return {
    root,
    realPath: linkTarget,
    read: (path) => readFile(path).catch(() => undefined),
    exists: (path) =>
      access(path).then(
        () => true,
        () => false,
      ),
    write,
    text: (path) => readFile(join(root, path), 'utf8'),
  };
}
