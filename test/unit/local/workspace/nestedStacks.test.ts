import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createWorkspaceFunctions } from '../../../../src/local/workspace/workspaceFunctions.ts';
import { childTemplate, parentTemplate } from '../../../support/templateTexts.ts';
import { createWatchedFolder, type WatchedFolder } from '../../../support/watchedFolder.ts';

const open: WatchedFolder[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

async function start(files: Readonly<Record<string, string>>) {
  const workspace = await createWatchedFolder();
  open.push(workspace);
  for (const [name, text] of Object.entries(files)) await workspace.write(name, text);
  const functions = createWorkspaceFunctions([workspace.folder], { watcher: workspace.watcher });
  return {
    ...workspace,
    handlers: async () => {
      const listing = await functions.list();
      return listing.functions.map(({ name, fn }) => `${name} ${fn.handler}`).toSorted();
    },
    layers: async () => {
      const listing = await functions.list();
      return Object.fromEntries(
        listing.functions.map(({ name, layers = [] }) => [name, layers.map(({ parts }) => parts[0]?.folder)]),
      );
    },
    problems: async () => (await functions.list()).problems.map(({ code, args }) => [code, ...args].slice(0, 3)),
  };
}

test.each(['child/template.yaml', 'dist/child.yaml', '.hidden/child.json', 'child/any.name'])(
  'the template of a nested stack is read once, with its parameters: %s',
  async (file) => {
    const { handlers, problems } = await start({
      'template.yaml': parentTemplate(`./${file}`),
      [file]: childTemplate('F'),
    });
    expect(await handlers()).toEqual(['F parent.handler']);
    expect(await problems()).toEqual([]);
  },
);

test('a nested stack of a nested stack is listed', async () => {
  const { handlers } = await start({
    'template.yaml': parentTemplate('a/one.yaml'),
    'a/one.yaml': childTemplate('One', '../b/two.yaml'),
    'b/two.yaml': childTemplate('Two'),
  });
  expect(await handlers()).toEqual(['One parent.handler', 'Two default.handler']);
});

test('layers that a stack passes to its nested stacks are those of its folder', async () => {
  const stack = (location: string, parameters: Record<string, unknown>) => ({
    Type: 'AWS::Serverless::Application',
    Properties: { Location: location, Parameters: parameters },
  });
  const layer = { Type: 'AWS::Serverless::LayerVersion', Properties: { ContentUri: 'layers/shared' } };
  const fn = (layers: unknown[]) => ({
    Type: 'AWS::Serverless::Function',
    Properties: { CodeUri: '.', Handler: 'app.handler', Runtime: 'python3.12', Layers: layers },
  });
  const parameters = { L: { Type: 'String' }, Arn: { Type: 'String' } };
  const { folder, layers } = await start({
    'template.json': JSON.stringify({
      Resources: {
        Shared: layer,
        Child: stack('child/template.json', {
          L: { Ref: 'Shared' },
          Arn: { 'Fn::GetAtt': ['Shared', 'LayerVersionArn'] },
        }),
      },
    }),
    'child/template.json': JSON.stringify({
      Parameters: parameters,
      Resources: {
        F: fn([{ Ref: 'L' }, { Ref: 'Arn' }]),
        Grandchild: stack('deep/template.json', { L: { Ref: 'L' }, Arn: 'arn:aws:lambda:us-east-1:1:layer:other:1' }),
      },
    }),
    'child/deep/template.json': JSON.stringify({
      Parameters: parameters,
      Resources: { G: fn([{ Ref: 'L' }, { Ref: 'Arn' }]) },
    }),
  });
  const shared = join(folder, 'layers', 'shared');
  expect(await layers()).toEqual({ F: [shared, shared], G: [shared, undefined] });
});

test('stacks that include each other are listed once', async () => {
  const { handlers, problems } = await start({
    'a/template.yaml': childTemplate('A', '../b/template.yaml'),
    'b/template.yaml': childTemplate('B', '../a/template.yaml'),
    'c/template.yaml': childTemplate('C', 'template.yaml'),
  });
  expect(await handlers()).toEqual(['A default.handler', 'B default.handler', 'C default.handler']);
  expect(await problems()).toEqual([]);
});

test('changes of both templates are noticed', async () => {
  const { write, handlers, problems } = await start({ 'template.yaml': parentTemplate('dist/child.yaml') });
  expect(await problems()).toEqual([['nestedStackMissing', 'template.yaml', 'dist/child.yaml']]);
  await write('dist/child.yaml', childTemplate('F'));
  await expect.poll(handlers).toEqual(['F parent.handler']);
  expect(await problems()).toEqual([]);
  await write('dist/child.yaml', childTemplate('G'));
  await expect.poll(handlers).toEqual(['G parent.handler']);
  await write('template.yaml', parentTemplate('dist/child.yaml', 'other.handler'));
  await expect.poll(handlers).toEqual(['G other.handler']);
});

test.skipIf(process.platform === 'win32')('a template outside the workspace folder isn’t read', async () => {
  const other = await start({ 'child.yaml': childTemplate('F') });
  const { path, write, handlers, problems } = await start({ 'template.yaml': parentTemplate('link.yaml') });
  await symlink(other.path('child.yaml'), path('link.yaml'));
  await expect.poll(problems).toEqual([['nestedStackOutside', 'template.yaml', 'link.yaml']]);
  await write('template.yaml', parentTemplate('../child.yaml'));
  await expect.poll(problems).toEqual([['nestedStackOutside', 'template.yaml', '../child.yaml']]);
  expect(await handlers()).toEqual([]);
});
