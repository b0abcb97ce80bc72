import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { HOST_1_100 } from '../host/hostVersions.ts';
import { FormPage } from '../support/formPage.ts';
import { tidyUp } from '../support/tidyUp.ts';
import { expectText } from '../support/expectText.ts';
import { formFrame, THEMES, violations } from '../support/violations.ts';
import { waitingFunction } from '../support/waitingFunction.ts';
import { Window } from '../support/window.ts';
import { chooseMenuWithKeyboard } from '../support/window/menu.ts';
import { testForm } from './form/formTests.ts';

let window: Window;

beforeAll(async () => {
  const settings = { 'editor.autoClosingBrackets': 'never' };
  window = await Window.open({ vscode: HOST_1_100, settings, files: await waitingFunction() });
});

afterAll(() => window.close());

afterEach(({ task }) => tidyUp(window, task));

testForm(() => window);

test('a right-click on a file invokes the preset that uses it, and every part of the result is shown', async () => {
  await window.explorer.invokeFile('events/hello.json');
  await window.quickPick.acceptActive('hello');
  const form = new FormPage(window.form());
  await expectText(form.headline, /Succeeded.*Lambda 200/);
  await expectText(form.response, 'Hello, Ada!');
  await expectText(form.file, /events\/hello\.json.*valid JSON/s);
  await expectText(form.log, 'greeting Ada');
  await expectText(await form.openDetails(), /Request ID/);
  expect(await window.outputChannel()).toMatch(/^\S+Z hello RequestResponse Local → succeeded \(200\) in /m);
});

test('a payload that is edited in an editor is sent, and its function error is shown', async () => {
  const form = await window.openForm();
  await form.field('FunctionName').fill('throws');
  await form.typePayload('{ "reason": }');
  await expectText(form.problem('Payload'), 'line 1, column 13');
  await form.byId('edit-payload').click();
  const editor = window.page.locator('.editor-instance .view-lines').filter({ hasText: '"reason"' });
  await editor.click();
  await window.page.keyboard.press('Control+A');
  await window.page.keyboard.press('Delete');
  await window.page.keyboard.insertText('{ "reason": "edited" }');
  await expect.poll(() => form.payload()).toBe('{ "reason": "edited" }');
  await form.invoke.click();
  await expectText(form.headline, /Function error.*Lambda 200 Unhandled/);
  await expectText(form.outcome, 'The order was rejected: edited');
});

test('two invocations of the history are compared with the keyboard only, in an editor with buttons', async () => {
  const { page } = window;
  await window.presets.open();
  const form = await window.openForm();
  await form.field('FunctionName').fill('hello');
  await form.field('Qualifier').fill('$LATEST'); // no other invocation has it
  for (const [at, name] of ['Ada', 'Bob'].entries()) {
    await form.typePayload(JSON.stringify({ name }));
    await form.invoke.click();
    await expectText(form.response, `Hello, ${name}!`);
    await expect.poll(() => window.history.row('hello:$LATEST').count()).toBe(at + 1);
  }
  await window.history.focus('hello:$LATEST');
  await page.keyboard.press('Shift+ArrowDown');
  await chooseMenuWithKeyboard(page, 'Compare Selected');
  const lines = page.locator('.multiDiffEditor .view-line');
  await lines
    .filter({ hasText: /^Response:\s+Different$/ })
    .first()
    .waitFor();
  for (const name of ['Ada', 'Bob'])
    await lines
      .filter({ hasText: `Hello, ${name}!` })
      .first()
      .waitFor();
  const button = (name: string) => page.locator('.editor-actions').getByRole('button', { name });
  await button('Hide Times and IDs').click();
  await button('Show Times and IDs').click();
  await button('Hide Times and IDs').waitFor();
  await window.command('View: Show Explorer');
});

test('axe-core finds no violation in a form with problems and a function error, in every theme', async () => {
  const form = await window.openForm();
  const frame = await formFrame(window);
  await form.field('FunctionName').fill('throws');
  await form.typePayload('{ "reason": "out of stock" }');
  await form.invoke.click();
  await expectText(form.headline, 'Function error');
  await form.fillPayload('{ "reason": }');
  await form.byId('send-as-is').waitFor();
  await (await form.option('ClientContext')).fill('[]');
  await expectText(form.problem('ClientContext'), 'ClientContext');
  const found: string[] = [];
  for (const [theme, kind] of THEMES) {
    await window.selectTheme(theme);
    await expect.poll(() => frame.evaluate(() => document.body.dataset['vscodeThemeKind'])).toBe(kind);
    found.push(...(await violations(window)).map((violation) => `${theme}: ${violation}`));
  }
  expect(found).toEqual([]);
});

test('nothing was logged as an error, and nothing violated the content security policy', () => {
  expect(window.errors).toEqual([]);
});
