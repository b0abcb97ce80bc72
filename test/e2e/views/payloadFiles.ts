import { beforeAll, describe, expect, test } from 'vitest';
import { FormPage } from '../../support/formPage.ts';
import { expectText } from '../../support/expectText.ts';
import { window } from './window.ts';

const titleButton = () =>
  window.page
    .locator('.editor-group-container .editor-actions')
    .getByRole('button', { name: /^Invoke Lambda with File/ });

describe('payload files', () => {
  beforeAll(() => window.command('View: Show Explorer'));

  test('run their function in three actions the first time: right click, command, Enter', async () => {
    await window.explorer.invokeFile('shop/inputs/stock.json');
    await window.quickPick.acceptActive('Stock');
    await expectText(new FormPage(window.form()).response, 'checked');
  });

  test('run the function that was used last in the same three actions', async () => {
    await window.explorer.invokeFile('shop/inputs/any.json');
    await window.quickPick.pick('Checks');
    await expectText(new FormPage(window.form()).response, 'checked');
    await window.explorer.invokeFile('shop/inputs/any.json');
    await expect.poll(() => window.quickPick.firstRow.textContent()).toMatch(/Checks.*Last used with this file/);
    await window.page.keyboard.press('Escape');
  });

  test('have an Invoke button in the title of their editor, and other JSON files have none', async () => {
    await (await window.explorer.row('shop/settings.json')).dblclick();
    await window.page.locator('.tab.active').filter({ hasText: 'settings.json' }).waitFor();
    await window.page.locator('.editor-instance .view-lines').waitFor();
    expect(await titleButton().count()).toBe(0);
    await (await window.explorer.row('shop/payloads/first.json')).dblclick();
    await titleButton().click();
    await window.quickPick.acceptActive('Checks');
    await expectText(new FormPage(window.form()).response, 'checked');
    // Outside of the folder for events, but used as a payload before.
    await (await window.explorer.row('shop/inputs/any.json')).dblclick();
    await titleButton().waitFor();
  });
});

describe('several payload files', () => {
  const row = (name: string) => window.results.row(`${name}.json`);

  test('are offered functions, run once each and end in a list of results', async () => {
    await window.command('View: Show Explorer');
    await window.explorer.invokeFiles('shop/payloads/first.json', 'shop/payloads/third.json');
    await window.quickPick.pick('Checks');
    await expectText(window.results.pane, '1 of 3 succeeded, 1 failed, 1 with HTTP 4xx');
    await expectText(row('first'), / ms$/);
    await expectText(row('second'), 'Error: out of stock');
    await expectText(row('third'), 'HTTP 404');
    expect(await row('second').getAttribute('aria-label')).toContain('second.json, function error (200 Unhandled)');
    const channel = await window.outputChannel();
    expect(channel.split('checking { fails: true').length - 1).toBe(1);
  });

  test('open their results in the form with a click', async () => {
    await row('second').click();
    const form = new FormPage(window.form());
    await expectText(form.headline, /Function error/);
    await row('first').click();
    await expectText(new FormPage(window.form()).response, 'checked');
    expect(await window.page.locator('.tabs-container .tab').count()).toBe(1);
  });

  test('that failed run again, and the list is reachable until it is cleared', async () => {
    await window.writeFile('shop/payloads/second.json', '{}');
    await window.results.pane.hover();
    await window.results.button('Rerun Failed').click();
    await expectText(window.results.pane, '2 of 3 succeeded, 1 with HTTP 4xx');
    await window.command('View: Show Explorer');
    await window.command('Lambda Invoke: Focus on Results View');
    await row('second').waitFor();
    await window.results.pane.hover();
    await window.results.button('Clear Results').click();
    await window.results.pane.waitFor({ state: 'hidden' });
  });
});
