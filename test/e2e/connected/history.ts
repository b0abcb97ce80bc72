import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { denies } from '../../support/awsServices.ts';
import { expectText } from '../../support/expectText.ts';
import { focusedIn } from '../../support/focused.ts';
import { FormPage } from '../../support/formPage.ts';
import { openWorkbench } from '../../support/openWorkbench.ts';
import { chooseMenuWithKeyboard } from '../../support/window/menu.ts';
import { QuickPick } from '../../support/window/quickPick.ts';
import { HistoryView } from '../../support/window/views.ts';
import { connected, window } from './window.ts';

const invocations = () => connected.services.requestsOf('Invoke').length;
const formTabs = () => window.page.locator('.tabs-container .tab').filter({ hasText: 'Invoke' });
const headline = () => new FormPage(window.form()).headline;
const press = (key: string) => window.page.keyboard.press(key);
const welcome = () => window.history.pane.locator('.welcome-view-content');

/** Invokes a function in a form, without a payload, and waits for its result. */
async function invoke(FunctionName: string, verdict: RegExp): Promise<void> {
  const form = await window.openForm();
  await form.field('FunctionName').fill(FunctionName);
  await form.typePayload('');
  await form.invoke.click();
  await expectText(form.headline, verdict);
}

/** Chooses an item in the context menu of the focused row with the keyboard. */
const chooseInMenu = (title: string) => chooseMenuWithKeyboard(window.page, title);

/** Waits until a quick pick is open. */
const pickerIsOpen = (title: string) =>
  window.page.locator('.quick-input-widget:visible').filter({ hasText: title }).waitFor();

describe('the history', () => {
  beforeAll(async () => {
    await window.selectProfile('keys');
    await window.presets.open();
  });

  afterAll(async () => {
    connected.services.answer('Invoke', undefined);
    await window.command('View: Show Explorer');
  });

  test('shows the next step while it is empty', async () => {
    await expectText(welcome(), 'No invocations in this workspace yet.');
    await welcome().getByRole('button', { name: 'Invoke Function…' }).click();
    await new FormPage(window.form()).invoke.waitFor();
  });

  test('lists invocations with their results, the newest first', async () => {
    await invoke('orders', /Succeeded/);
    connected.services.answer('Invoke', denies(403, 'AccessDeniedException', 'no'));
    await invoke('secrets', /Rejected by Lambda/);
    connected.services.answer('Invoke', undefined);
    await expect.poll(() => window.history.invocations()).toEqual(['secrets', 'orders']);
    expect((await window.history.groups())[0]).toMatch(/^(Today|Yesterday)$/);
    await expectText(window.history.row('orders'), /keys · .*ms · now$/);
    const spoken = (name: string) => window.history.row(name).getAttribute('aria-label');
    await expect.poll(() => spoken('orders')).toMatch(/^orders, Succeeded, keys, .*ms, now/);
    await expect.poll(() => spoken('secrets')).toMatch(/^secrets, Rejected by Lambda \(AccessDeniedException\), keys/);
    await window.history.row('orders').locator('.codicon-pass').waitFor();
    await window.history.row('secrets').locator('.codicon-error').waitFor();
  });

  test('collapses a day with a click and expands it with Enter', async () => {
    const [day = ''] = await window.history.groups();
    await window.history.row(day).click();
    await expect.poll(() => window.history.invocations()).not.toContain('secrets');
    await press('Enter');
    await expect.poll(() => window.history.invocations()).toEqual(['secrets', 'orders']);
  });

  test('opens an invocation with Enter, in the form that already shows it', async () => {
    await window.history.focus('orders');
    await press('Enter');
    await expectText(headline(), /Succeeded/);
    await expect.poll(() => formTabs().count()).toBe(1);
    await expect.poll(() => new FormPage(window.form()).field('FunctionName').inputValue()).toBe('orders');
    await expectText(new FormPage(window.form()).connection, 'keys');
    await expect.poll(() => focusedIn(window)).not.toContain('not in the form');
    await new FormPage(window.form()).field('Qualifier').fill('edited');
    // Not with a click, which would be a double click if this was fast, and move the focus into the form.
    await window.command('Lambda Invoke: Focus on History View');
    await window.page.locator('.monaco-list:focus-within .monaco-list-row.focused').getByText('orders').waitFor();
    await press('Enter');
    await expect.poll(() => focusedIn(window)).not.toContain('not in the form');
    expect(await formTabs().count()).toBe(1);
    expect(await new FormPage(window.form()).field('Qualifier').inputValue()).toBe('edited');
  });

  test('previews an invocation with a click, which leaves the focus in the view', async () => {
    await window.history.row('secrets').click();
    await expectText(headline(), /Rejected by Lambda/);
    await window.page.locator('.monaco-list:focus-within .monaco-list-row.selected').getByText('secrets').waitFor();
  });

  test('is searched with the find of the view', async () => {
    await window.history.focus('orders');
    await press('Control+Alt+f');
    await window.page.locator('.monaco-tree-type-filter:visible input').first().waitFor();
    await window.page.keyboard.type('secr');
    await window.history.row('secrets').and(window.page.locator('.focused')).waitFor();
    await press('Escape');
  });

  test('repeats an invocation once, with its own connection', async () => {
    await window.selectProfile('Local');
    const before = invocations();
    await window.history.focus('orders');
    await press('Control+Enter');
    await press('Control+Enter'); // as a held key does
    await expect.poll(() => window.history.invocations()).toEqual(['orders', 'secrets', 'orders']);
    await expectText(headline(), /Succeeded/);
    expect(invocations()).toBe(before + 1);
    await window.history.row('secrets').hover();
    await window.history
      .row('secrets')
      .getByLabel(/^Repeat/)
      .dblclick();
    await expect.poll(() => window.history.invocations()).toEqual(['secrets', 'orders', 'secrets', 'orders']);
    expect(invocations()).toBe(before + 2);
    expect(await window.history.invocations()).toHaveLength(4);
  });

  test('asks for confirmation again before it repeats an invocation', async () => {
    await window.selectProfile('prod');
    const form = await window.openForm();
    await form.field('FunctionName').fill('protected');
    await form.typePayload('');
    await form.invoke.click();
    await connected.dialog.getByRole('button', { name: 'Invoke', exact: true }).click();
    await window.history.row('protected').waitFor();
    const before = invocations();
    await window.history.focus('protected');
    await press('Control+Enter');
    await expectText(connected.dialog, 'protected');
    await press('Escape');
    await window.history.row('protected').nth(1).waitFor();
    expect(invocations()).toBe(before);
    await expect
      .poll(() => window.history.row('protected').first().getAttribute('aria-label'))
      .toMatch(/^protected, Canceled/);
    await window.selectProfile('keys');
  });

  test('is filtered with the keyboard only, until the filter is cleared', async () => {
    await window.command('Lambda Invoke: Filter History…');
    await pickerIsOpen('Filter History');
    await window.page.keyboard.type('orders');
    await window.quickPick.row('orders').waitFor();
    await press('ArrowDown');
    await press('Space');
    await expectText(window.page.locator('.quick-input-count'), '1 Selected');
    await press('Enter');
    await expect.poll(() => window.history.invocations()).toEqual(['orders', 'orders']);
    await expectText(window.history.pane.locator('.message'), '2 of 6: orders');
    await window.command('Lambda Invoke: Clear History Filter');
    await expect.poll(async () => (await window.history.invocations()).length).toBe(6);
    await expect.poll(() => window.history.pane.locator('.message').isVisible()).toBe(false);
  });

  test('is searched by error type and request ID, and opens the selected invocation', async () => {
    await window.closeEditors();
    await window.command('Lambda Invoke: Search History…');
    await pickerIsOpen('Search History');
    await window.quickPick.filter('AccessDeniedException');
    await press('Enter');
    await expectText(headline(), /Rejected by Lambda/);
  });

  test('pins, unpins and deletes with the keyboard only', async () => {
    await window.history.focus('protected');
    await chooseInMenu('Pin');
    await expect.poll(async () => (await window.history.groups())[0]).toBe('Pinned');
    expect((await window.history.invocations())[0]).toBe('protected');
    await window.page.locator('.monaco-list:focus-within .monaco-list-row.focused').getByText('protected').waitFor();
    await chooseInMenu('Unpin');
    await expect.poll(() => window.history.groups()).not.toContain('Pinned');
    await press('Delete');
    await expect.poll(() => window.history.row('protected').count()).toBe(1);
    // The next row is selected, so that Delete deletes it too.
    await window.page.locator('.monaco-list:focus-within .monaco-list-row.selected.focused').waitFor();
    await press('Delete');
    await expect.poll(() => window.history.row('protected').count()).toBe(0);
  });

  test('is the same in another window of the workspace', async () => {
    const page = await window.page.context().newPage();
    await openWorkbench(page, window.page.url());
    await new QuickPick(() => page).command('View: Show Lambda Invoke');
    const other = new HistoryView(() => page);
    await expect.poll(async () => (await other.invocations()).length).toBeGreaterThan(1);
    const before = await window.history.invocations();
    expect(await other.invocations()).toEqual(before);
    await other.focus('orders');
    await page.keyboard.press('Delete');
    const left = before.length - 1;
    await expect.poll(async () => (await other.invocations()).length).toBe(left);
    await expect.poll(async () => (await window.history.invocations()).length).toBe(left);
    await page.close();
  });

  test('saves an invocation as a preset', async () => {
    await window.history.focus('orders');
    await chooseInMenu('Save as Preset');
    await window.quickPick.pick('Personal');
    await window.quickPick.answer('from the history');
    await window.notification('Saved preset "from the history".').waitFor();
    // Personal presets are below the others.
    await window.presets.focus('hello');
    await expect
      .poll(async () => {
        await press('End');
        return window.presets.row('from the history').isVisible();
      })
      .toBe(true);
    await rm(join(window.userStorage, 'lambda-invoke.json'));
  });

  test('opens an invocation after a reload, without the response and the log that are gone', async () => {
    await window.command('View: Show Explorer'); // the reload waits for its files
    await window.reload();
    await window.presets.open();
    await window.history.row('orders').first().dblclick();
    const form = new FormPage(window.form());
    await expectText(form.headline, /Succeeded/);
    await expectText(form.byId('response'), 'The response is no longer available.');
    await expectText(form.byId('log-state'), 'No longer available');
    await expectText(form.byId('result-notes'), 'were only in memory');
  });

  test('is cleared after a confirmation, with or without pinned invocations', async () => {
    await window.history.focus('orders');
    await chooseInMenu('Pin');
    await expect.poll(async () => (await window.history.groups())[0]).toBe('Pinned');
    await window.command('Lambda Invoke: Clear History…');
    await connected.dialog.waitFor();
    await press('Escape');
    await connected.dialog.waitFor({ state: 'hidden' });
    expect((await window.history.invocations()).length).toBeGreaterThan(1);
    await window.command('Lambda Invoke: Clear History…');
    await connected.dialog.getByRole('button', { name: 'Clear Unpinned' }).click();
    await expect.poll(() => window.history.invocations()).toEqual(['orders']);
    await window.command('Lambda Invoke: Clear History…');
    await connected.dialog.getByRole('button', { name: 'Clear All' }).click();
    await expectText(welcome(), 'No invocations in this workspace yet.');
  });
});
