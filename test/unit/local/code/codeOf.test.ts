import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LOCAL_DEFAULTS } from '../../../../src/core/functions/localFunctions.ts';
import { codeOf } from '../../../../src/local/code/codeOf.ts';
import type { WorkspaceFunction } from '../../../../src/local/workspace/workspaceFunctions.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'li-code-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** Writes files, empty if they have no text, with their ages in hours. */
async function write(files: Readonly<Record<string, number | readonly [hours: number, text: string]>>): Promise<void> {
  for (const [name, value] of Object.entries(files)) {
    const [hours, text] = typeof value === 'number' ? [value, ''] : value;
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
    const time = Date.now() / 1000 - hours * 3600;
    await utimes(path, time, time);
  }
}

function define(handler: string, codeUri = ''): WorkspaceFunction {
  return {
    name: 'orders',
    plainName: 'orders',
    otherNames: [],
    fn: { ...LOCAL_DEFAULTS, handler },
    taskRoot: join(folder, codeUri),
    folder,
    file: join(folder, 'serverless.yml'),
    build: { tool: 'serverless', folders: ['.serverless/build'], archives: [], isBundled: false, folder },
    notes: [],
  };
}

describe('a handler in TypeScript', () => {
  test('runs from source if the compiled one is older, with a note', async () => {
    await write({ 'src/app.ts': 1, 'dist/src/app.js': 3, 'package.json': [4, '{ "scripts": { "build": "tsc" } }'] });
    expect(await codeOf(define('src/app.handler'))).toMatchObject({
      file: join(folder, 'src/app.ts'),
      handler: 'src/app.handler',
      notes: [{ code: 'sourceRuns', args: ['dist', 'npm run build'] }],
    });
  });

  test.each([
    ['a test', 'src/app.test.ts'],
    ['a file of the tests', 'test/data.ts'],
    ['a package', 'node_modules/orders/index.js'],
    ['the template', 'serverless.yml'],
    ['a document', 'README.md'],
    ['a report', 'coverage/report.js'],
  ])('runs compiled although %s is newer', async (_, name) => {
    await write({ 'src/app.ts': 3, 'dist/src/app.js': 2, 'package.json': [3, '{}'], [name]: 1 });
    expect(await codeOf(define('src/app.handler'))).toMatchObject({
      file: join(folder, 'dist/src/app.js'),
      handler: 'dist/src/app.handler',
    });
  });

  test('runs from the first build that isn’t older than the source', async () => {
    await write({
      'src/app.ts': 2,
      '.serverless/build/src/app.js': 3,
      'dist/src/app.js': 1,
      'package.json': [4, '{}'],
    });
    expect((await codeOf(define('src/app.handler'))).file).toBe(join(folder, 'dist/src/app.js'));
  });
});
