import { rm, symlink } from 'node:fs/promises';
import { afterEach, expect, test } from 'vitest';
import { createWorkspaceFunctions } from '../../../../src/local/workspace/workspaceFunctions.ts';
import { createWatchedFolder, type WatchedFolder } from '../../../support/watchedFolder.ts';

const open: WatchedFolder[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

const serverless = (include: string) =>
  `service: shop\nprovider: { name: aws, runtime: nodejs20.x }\nfunctions: \${file(${include})}\n`;
const functionsFile = (name: string) => `${name}: { handler: index.${name} }\n`;

async function start(files: Readonly<Record<string, string>>) {
  const workspace = await createWatchedFolder();
  open.push(workspace);
  for (const [name, text] of Object.entries(files)) await workspace.write(name, text);
  const functions = createWorkspaceFunctions([workspace.folder], { watcher: workspace.watcher });
  return {
    ...workspace,
    names: async () => (await functions.list()).functions.map(({ name }) => name).toSorted(),
    problems: async () => (await functions.list()).problems.length,
    problemCodes: async () => (await functions.list()).problems.map(({ code }) => code),
    definitions: async () => (await functions.list()).functions.map(({ file, line }) => [file, line]),
    files: async () => (await functions.list()).files,
  };
}

test('files that a template includes are read and watched, also those that they include', async () => {
  const { write, names, files, path } = await start({
    'a/serverless.yml': serverless('./config/functions.yml'),
    'a/config/functions.yml': functionsFile('one'),
  });
  expect(await names()).toEqual(['one']);
  expect(await files()).toContain(path('a/config/functions.yml'));
  await write('a/config/functions.yml', functionsFile('two'));
  await expect.poll(names).toEqual(['two']);
  await rm(path('a/config'), { recursive: true });
  await expect.poll(names).toEqual([]);
  await write('a/config/functions.yml', functionsFile('three'));
  await expect.poll(names).toEqual(['three']);
});

test('a file that doesn’t exist yet is noticed when it appears', async () => {
  const { write, names, problems } = await start({ 'serverless.yml': serverless('./dist/functions.yml') });
  expect(await names()).toEqual([]);
  expect(await problems()).toBe(1);
  await write('dist/functions.yml', functionsFile('one'));
  await expect.poll(names).toEqual(['one']);
  expect(await problems()).toBe(0);
});

test.skipIf(process.platform === 'win32')('files outside the workspace folder aren’t read', async () => {
  const other = await start({ 'functions.yml': functionsFile('secret') });
  const { write, path, names, problems } = await start({ 'serverless.yml': serverless('./link.yml') });
  await symlink(other.path('functions.yml'), path('link.yml'));
  await expect.poll(problems).toBe(1);
  expect(await names()).toEqual([]);
  await write('serverless.yml', serverless(other.path('functions.yml')));
  await write('inner/serverless.yml', serverless('../../functions.yml'));
  await expect.poll(problems).toBe(2);
  expect(await names()).toEqual([]);
});

test.skipIf(process.platform === 'win32')('special and large files aren’t read', async () => {
  const { names, problems, path } = await start({
    'a/serverless.yml': serverless('./device.yml'),
    'b/serverless.yml': serverless('./large.yml'),
    'b/large.yml': functionsFile('x'.repeat(1_000_000)),
  });
  await symlink('/dev/zero', path('a/device.yml'));
  expect(await names()).toEqual([]);
  expect(await problems()).toBe(2);
});

test('a function is defined where the included file says so', async () => {
  const { path, definitions } = await start({
    'a/serverless.yml': serverless('./config/functions.yml'),
    'a/config/functions.yml': `# the functions\n${functionsFile('one')}`,
  });
  expect(await definitions()).toEqual([[path('a/config/functions.yml'), 2]]);
});

test('files that include one another without end are reported', async () => {
  const levels = Array.from({ length: 30 }, (_, level): [string, string] => [
    `${level}.yml`,
    `\${file(./${level + 1}.yml)}\n`,
  ]);
  const { names, problemCodes } = await start({
    'serverless.yml': serverless('./0.yml'),
    ...Object.fromEntries(levels),
    '30.yml': functionsFile('one'),
  });
  expect(await names()).toEqual([]);
  expect(await problemCodes()).toContain('tooManyIncludedFiles');
});
