import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { LocalFunctions } from '../../src/host/functions/localFunctions.ts';
import { samTemplate } from '../support/templateTexts.ts';
import { closeEditors, codeLenses, inWorkspace, waitUntil, writeFile } from './workspace.ts';

const HANDLER = 'export async function handler() {}\n';

async function lensTitles(uri: vscode.Uri): Promise<string[]> {
  const titles = (await codeLenses(uri)).map(({ command }) => command?.title ?? '');
  return titles.filter((title) => title.includes('Run ')).map((title) => title.replace('$(play) ', ''));
}

describe('Templates of the workspace', () => {
  let handler: vscode.Uri;

  /** Waits until the handler has these lenses. */
  async function expectLenses(...expected: readonly string[]): Promise<void> {
    let titles: string[] = [];
    const isShown = async () => {
      titles = (await lensTitles(handler)).toSorted();
      return titles.join() === expected.join();
    };
    await waitUntil(isShown, `the lenses ${expected.join(', ')}`);
    assert.deepEqual(titles, expected);
  }

  beforeEach(async () => {
    handler = await writeFile('stacks/orders/index.mjs', HANDLER);
  });

  afterEach(async () => {
    await closeEditors();
    await vscode.workspace.fs.delete(inWorkspace('stacks'), { recursive: true });
  });

  it('are recognized by their content when they are saved, and removed with their folder', async () => {
    await expectLenses();
    await writeFile('stacks/orders/orders-stack.yml', samTemplate('Orders'));
    await expectLenses('Run Orders');
    await writeFile('stacks/orders/orders-stack.yml', samTemplate('Shipping'));
    await expectLenses('Run Shipping');
    await vscode.workspace.fs.delete(inWorkspace('stacks/orders/orders-stack.yml'));
    await expectLenses();
  });

  it('can have functions with the same name', async () => {
    await writeFile('stacks/orders/api.yaml', samTemplate('OnEvents'));
    await writeFile('stacks/orders/jobs.yaml', samTemplate('OnEvents'));
    await expectLenses('Run api.OnEvents', 'Run jobs.OnEvents');
    await vscode.workspace.fs.delete(inWorkspace('stacks/orders/jobs.yaml'));
    await expectLenses('Run OnEvents');
  });

  it('are listed again when a file that they include is saved', async () => {
    const service =
      'service: shop\nprovider: { name: aws, runtime: nodejs20.x }\nfunctions: ${file(./functions.yml)}\n';
    await writeFile('stacks/orders/serverless.yml', service);
    await writeFile('stacks/orders/functions.yml', 'one: { handler: index.handler }');
    await expectLenses('Run one');
    await writeFile('stacks/orders/functions.yml', 'two: { handler: index.handler }');
    await expectLenses('Run two');
  });

  it('are distinguished from other files, whose changes have no effect', async () => {
    let lists = 0;
    const functions = new LocalFunctions({
      ask: () => Promise.resolve({ functions: [], problems: [], files: [`${++lists}`] }),
    });
    let changes = 0;
    const listening = functions.onDidChange(() => changes++);
    await functions.list();
    for (let index = 0; index < 50; index++) await writeFile(`stacks/data/${index}.json`, '{"some":"data"}');
    await writeFile('stacks/data/last.json', samTemplate('Orders'));
    await waitUntil(() => changes > 0, 'a change');
    const afterTemplate = changes;
    await writeFile('stacks/data/1.json', '{"other":"data"}');
    await writeFile('stacks/data/node_modules/x/template.yaml', samTemplate('Package'));
    await writeFile('stacks/data/last.json', samTemplate('Shipping'));
    await waitUntil(() => changes > afterTemplate, 'another change');
    assert.ok(changes <= 3, `${changes} changes`);
    listening.dispose();
    functions.dispose();
  });

  it('don’t start anything in a workspace without functions', async () => {
    let lists = 0;
    const ask = () => Promise.resolve({ functions: [], problems: [], files: [`${++lists}`] });
    await vscode.workspace.fs.rename(inWorkspace('.vscode/lambda-invoke.json'), inWorkspace('kept.txt'));
    const functions = new LocalFunctions({ ask });
    try {
      await writeFile('stacks/data.json', '{"some":"data"}');
      assert.deepEqual(await functions.list(), { functions: [], problems: [], files: [] });
      assert.equal(lists, 0);
      const changed = new Promise<void>((resolve) => void functions.onDidChange(() => resolve()));
      await writeFile('stacks/any.json', samTemplate('Orders'));
      await changed;
      await functions.list();
      assert.equal(lists, 1);
    } finally {
      functions.dispose();
      await vscode.workspace.fs.rename(inWorkspace('kept.txt'), inWorkspace('.vscode/lambda-invoke.json'));
    }
  });
});
