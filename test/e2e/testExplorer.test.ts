import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { FormPage } from '../support/formPage.ts';
import { tidyUp } from '../support/tidyUp.ts';
import { Window } from '../support/window.ts';

let window: Window;

beforeAll(async () => {
  window = await Window.open();
  await window.testExplorer.open();
});

afterAll(() => window.close());

afterEach(({ task }) => tidyUp(window, task));

const snapshot = () => join(window.workspace, 'snapshots/hello.json');

test('the sample has tests that pass, and one whose difference is shown', async () => {
  const { testExplorer } = window;
  await testExplorer.expand('workspace');
  await testExplorer.expand('tests');
  await testExplorer.runAll();
  await testExplorer.inState('shows a failure', 'failed').waitFor();
  for (const label of ['greets Ada', 'greets everyone', 'rejects an order', 'is as in its snapshot'])
    await testExplorer.inState(label, 'passed').waitFor();
  // Screen readers read the names of the tests.
  await window.page.getByRole('treeitem', { name: /^greets Ada \(Passed/ }).waitFor();
  // Presets without "expect" aren't tests.
  expect(await testExplorer.row('hello').count()).toBe(0);
  await window.command('Test: Peek Output');
  // VS Code's diff, at the line in the presets file.
  const side = (name: string) => window.page.locator(`.zone-widget .monaco-diff-editor .editor.${name} .view-lines`);
  await expect.poll(() => side('original').innerText()).toMatch(/Goodbye,\sAda!/);
  await expect.poll(() => side('modified').innerText()).toMatch(/Hello,\sAda!/);
  expect(await window.page.locator('.zone-widget').innerText()).toContain('differs from "Payload" at $.message');
});

test('a different response is accepted as expected with one click', async () => {
  const { testExplorer } = window;
  const before = await readFile(snapshot(), 'utf8');
  await writeFile(snapshot(), before.replace('Grace', 'Ada'));
  await testExplorer.open();
  await testExplorer.runAll();
  await testExplorer.inState('is as in its snapshot', 'failed').waitFor();
  await testExplorer.row('is as in its snapshot').click({ button: 'right' });
  await window.chooseMenu('Accept as Expected');
  await expect.poll(() => readFile(snapshot(), 'utf8')).toBe(before);
  await testExplorer.runAll();
  await testExplorer.inState('is as in its snapshot', 'passed').waitFor();
});

test('the result in the form of a test is accepted as expected', async () => {
  const before = await readFile(snapshot(), 'utf8');
  await window.presets.open();
  await window.presets.row('is as in its snapshot').dblclick();
  const form = new FormPage(window.form());
  await form.invoke.click();
  await expect.poll(() => form.response.innerText()).toContain('Hello, Grace!');
  await writeFile(snapshot(), '{}\n');
  await window.page.locator('.editor-actions').getByRole('button', { name: 'Accept as Expected' }).click();
  await expect.poll(() => readFile(snapshot(), 'utf8')).toBe(before);
});

test('an invocation of the history is checked without invoking', async () => {
  await window.presets.open();
  await window.command('Lambda Invoke: Focus on History View');
  const count = await window.history.rows.count();
  await window.history.row('hello').first().click({ button: 'right' });
  await window.chooseMenu('Check Against Expected Result');
  await window.notification('The result is as expected by "is as in its snapshot".').waitFor();
  expect(await window.history.rows.count()).toBe(count);
});

test('one question lists the tests that need confirmation, and Cancel runs none', async () => {
  await window.writeFile('.vscode/settings.json', JSON.stringify({ 'lambdaInvoke.confirm': ['throws'] }));
  await window.presets.open();
  const count = await window.history.rows.count();
  await window.testExplorer.open();
  await window.testExplorer.runAll();
  const dialog = window.page.locator('.monaco-dialog-box');
  await expect.poll(() => dialog.innerText()).toContain('rejects an order: throws · Local');
  expect(await dialog.innerText()).not.toContain('greets Ada');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await window.presets.open();
  expect(await window.history.rows.count()).toBe(count);
});

test('a double click on Run Test invokes once', async () => {
  const { history, testExplorer } = window;
  await window.presets.open();
  await window.command('Lambda Invoke: Clear History…');
  await window.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Clear All' }).click();
  await testExplorer.open();
  const run = async (label: string, clickCount: number) => {
    await testExplorer.row(label).hover();
    await testExplorer.row(label).getByRole('button', { name: 'Run Test' }).click({ clickCount });
  };
  await run('shows a failure', 2);
  // What the second click would have invoked comes before this test.
  await run('greets Ada', 1);
  await testExplorer.inState('greets Ada', 'passed').waitFor();
  await window.presets.open();
  await expect.poll(() => history.row('hello').count()).toBe(2);
});

test('personal presets are tests, with cases of the workspace', async () => {
  const { testExplorer } = window;
  const expected = { message: 'Hello, ${case:who}!' };
  const preset = {
    name: 'mine',
    FunctionName: 'hello',
    endpoint: 'local',
    Payload: { name: '${case:who}' },
    expect: { Payload: expected },
    cases: 'cases/greetings.jsonl',
  };
  await writeFile(join(window.userStorage, 'lambda-invoke.json'), JSON.stringify({ presets: [preset] }));
  await testExplorer.open();
  await testExplorer.row('Personal').waitFor();
  await testExplorer.expand('Personal');
  await testExplorer.expand('mine');
  await testExplorer.row('an empty name').first().waitFor();
  await testExplorer.row('Personal').hover();
  await testExplorer.row('Personal').getByRole('button', { name: 'Run Test' }).click();
  await testExplorer.inState('Personal', 'passed').waitFor();
  await rm(join(window.userStorage, 'lambda-invoke.json'));
  await testExplorer.row('Personal').waitFor({ state: 'detached' });
});

test('nothing was logged as an error', () => {
  expect(window.errors).toEqual([]);
});
