import { describe, expect, test } from 'vitest';
import type { Locator } from 'playwright-core';
import { EMPTY_DRAFT } from '../../../src/core/invocation/draft.ts';
import type { ToForm } from '../../../src/protocol/messages.ts';
import { FormPage } from '../../support/formPage.ts';
import { expectText } from '../../support/expectText.ts';
import { openGate, WAITS } from '../../support/waitingFunction.ts';
import { formFrame } from '../../support/violations.ts';
import { focused, showFile } from './steps.ts';
import { window } from './window.ts';

/** Posts a message as the host does. */
async function post(message: ToForm): Promise<void> {
  const frame = await formFrame(window);
  await frame.evaluate((data) => globalThis.postMessage(data), message);
}

const keyboard = () => window.page.keyboard;
const isExpanded = (locator: Locator) => () => locator.getAttribute('aria-expanded');

const options = (form: FormPage) => form.byRole('listbox', { name: 'Functions' }).getByRole('option');

test('every control is found by its role and name', async () => {
  const form = await window.openForm();
  await form.showOptions();
  const controls = [
    ['combobox', 'Function name or ARN'],
    ['textbox', 'Version or alias'],
    ['textbox', 'Payload'],
    ['radio', 'Inline'],
    ['radio', 'File'],
    ['combobox', 'Invocation type'],
    ['combobox', 'Log'],
    ['combobox', 'Response mode'],
    ['textbox', 'Tenant ID'],
    ['textbox', 'Durable execution name'],
    ['textbox', 'Client context'],
    ['button', 'Browse Functions…'],
    ['button', 'Select Version or Alias…'],
    ['button', 'Sample Event…'],
    ['button', 'Format'],
    ['button', 'Invoke'],
    ['button', 'Save…'],
    ['separator', 'Width of the request'],
  ] as const;
  await form.byRole('button', { name: 'Invoke', exact: true }).waitFor(); // its element is registered after the first paint
  const counts = controls.map(async ([role, name]) => [name, await form.byRole(role, { name, exact: true }).count()]);
  expect(await Promise.all(counts)).toEqual(controls.map(([, name]) => [name, 1]));
  await form.byRole('radio', { name: 'File' }).check();
  await form.byRole('button', { name: 'Payload file No payload' }).waitFor();
});

test('a problem is the description of its field', async () => {
  const form = await window.openForm();
  const field = form.field('FunctionName');
  await field.fill('two words');
  await expectText(form.problem('FunctionName'), 'Invalid function name or ARN.');
  expect(await field.getAttribute('aria-invalid')).toBe('true');
  expect(await field.getAttribute('aria-describedby')).toBe(await form.problem('FunctionName').getAttribute('id'));
  await field.fill('hello');
  await expect.poll(() => field.getAttribute('aria-invalid')).toBeNull();
});

describe('the list of functions', () => {
  /** A form that knows the functions of the workspace. */
  async function formWithList(): Promise<FormPage> {
    const form = await window.openForm();
    await form.byRole('button', { name: 'Show Functions' }).waitFor();
    return form;
  }

  test('opens while typing, and leaves the text as it is typed', async () => {
    const form = await formWithList();
    const field = form.field('FunctionName');
    await field.click();
    expect(await isExpanded(field)()).toBe('false');
    await keyboard().type('thr');
    await expect.poll(isExpanded(field)).toBe('true');
    expect(await options(form).first().textContent()).toMatch(/^throws/);
    expect(await field.getAttribute('aria-activedescendant')).toBeNull();
    await keyboard().press('Enter');
    expect(await field.inputValue()).toBe('thr');
    await keyboard().press('Escape');
    await expect.poll(isExpanded(field)).toBe('false');
    await keyboard().type('ow');
    await expect.poll(isExpanded(field)).toBe('true');
    await keyboard().press('Tab');
    await expect.poll(isExpanded(field)).toBe('false');
    expect(await field.inputValue()).toBe('throw');
    await field.fill('throws');
    await expect.poll(isExpanded(field)).toBe('false');
  });

  test('is used with the arrow keys or the mouse', async () => {
    const form = await formWithList();
    const field = form.field('FunctionName');
    await field.fill('old');
    await form.field('Qualifier').fill('7');
    await field.fill('');
    await keyboard().press('ArrowDown');
    const all = await options(form).allTextContents();
    const active = form.byRole('listbox').getByRole('option', { selected: true });
    await expect.poll(() => active.textContent()).toBe(all[0]);
    expect(await field.getAttribute('aria-activedescendant')).toBe(await active.getAttribute('id'));
    await keyboard().press('ArrowUp');
    await expect.poll(() => active.textContent()).toBe(all.at(-1));
    await keyboard().press('Escape');
    await field.fill('thro');
    await keyboard().press('ArrowDown');
    await keyboard().press('Enter');
    expect(await field.inputValue()).toBe('throws');
    expect(await form.field('Qualifier').inputValue()).toBe('');
    expect(await focused()).toBe('FunctionName');
    await form.byRole('button', { name: 'Show Functions' }).click();
    expect(await form.byRole('group', { name: 'Workspace' }).getByRole('option').count()).toBeGreaterThan(1);
    await options(form)
      .filter({ hasText: /^hello/ })
      .first()
      .click();
    expect(await field.inputValue()).toBe('hello');
    expect(await focused()).toBe('FunctionName');
    await form.invoke.click();
    await expectText(form.headline, /Succeeded.*Lambda 200/);
  });
});

test('the file menu lists the payload files of the workspace', async () => {
  const form = await window.openForm();
  await form.field('FunctionName').fill('hello');
  await form.byRole('radio', { name: 'File' }).check();
  const items = form.byRole('menuitem');
  // The files are listed soon after the page has loaded.
  await expect
    .poll(async () => {
      await form.byId('file-menu').focus();
      await keyboard().press('Enter');
      const texts = await items.allTextContents();
      await keyboard().press('Escape');
      return texts;
    })
    .toEqual(['events/chatty.json', 'events/hello.json', 'events/slow.json', 'Choose File…']);
  await items.first().waitFor({ state: 'hidden' });
  expect(await focused()).toBe('file-menu');
  await keyboard().press('ArrowDown');
  expect(await form.byRole('group', { name: 'Workspace' }).getByRole('menuitem').count()).toBe(3);
  await keyboard().press('ArrowDown');
  await keyboard().press('Enter');
  await expectText(form.file, /events\/hello\.json.*18 bytes · valid JSON/s);
});

test('the folded options have a summary, and open for a problem once', async () => {
  const form = await window.openForm();
  await expectText(form.byId('options-summary'), 'Synchronous · Log tail · Buffered');
  const options = form.byId('options');
  const isOpen = () => options.getAttribute('open');
  await post({ type: 'draft', draft: { ...EMPTY_DRAFT, FunctionName: 'hello', TenantId: 'acme' } });
  await expectText(form.byId('options-summary'), 'Synchronous · Log tail · Buffered · tenant acme');
  expect(await isOpen()).toBeNull();
  await post({ type: 'draft', draft: { ...EMPTY_DRAFT, FunctionName: 'hello', TenantId: '***' } });
  await expect.poll(isOpen).not.toBeNull();
  await options.locator('summary').click();
  await form.field('FunctionName').fill('hello2');
  await expectText(form.byId('bar-function'), 'hello2');
  expect(await isOpen()).toBeNull();
  await form.choose('InvocationType', 'DryRun');
  await expectText(form.byId('options-note'), 'Not sent with DryRun: Log, Client context');
});

test('the name of the preset has a dot as long as the form differs from it, and Ctrl+S saves', async () => {
  const form = await window.openForm();
  const draft = { ...EMPTY_DRAFT, FunctionName: 'hello', Payload: '{}' };
  await post({ type: 'draft', draft, preset: { name: 'order', store: 'file:///presets.json' } });
  await expect.poll(() => form.byId('preset-name').textContent()).toBe('Preset: order');
  await form.typePayload('{ "edited": true }');
  await expect.poll(() => form.byId('preset-name').textContent()).toBe('Preset: order •');
  await form.byRole('button', { name: 'Save', exact: true }).waitFor();
  await post({
    type: 'presetSaved',
    draft: { ...draft, Payload: '{ "edited": true }' },
    preset: { name: 'new name', store: 'file:///presets.json' },
  });
  await expect.poll(() => form.byId('preset-name').textContent()).toBe('Preset: new name');
  await window.closeEditors();
  const next = await window.openForm();
  await next.field('FunctionName').fill('hello');
  await keyboard().press('Control+s');
  await window.quickPick.row('workspace').waitFor();
  await keyboard().press('Escape');
});

test('the menu of the form is used with the keyboard', async () => {
  const form = await window.openForm();
  await form.field('FunctionName').fill('hello');
  await form.byId('form-menu').focus();
  await keyboard().press('Enter');
  await form.byRole('menuitem', { name: 'Copy As…' }).waitFor();
  await keyboard().press('Escape');
  await form.byRole('menu').waitFor({ state: 'hidden' });
  expect(await focused()).toBe('form-menu');
  await keyboard().press('Enter');
  await form.byRole('menuitem', { name: 'Debug Locally' }).waitFor();
  await keyboard().press('ArrowDown');
  await keyboard().press('ArrowDown');
  await keyboard().press('Enter');
  await window.quickPick.row('AWS CLI').first().waitFor();
  await keyboard().press('Escape');
  await expect.poll(focused).toBe('form-menu');
});

describe('the focus', () => {
  /** A form with the caret between `"name": "` and `"`. */
  async function formWithCaret(): Promise<FormPage> {
    const form = await window.openForm();
    await form.field('FunctionName').fill('hello');
    await form.typePayload('{ "name": "" }');
    await form.field('Payload').focus();
    await keyboard().press('Control+End');
    for (let step = 0; step < 3; step++) await keyboard().press('ArrowLeft');
    return form;
  }

  /** Types at the caret. */
  async function expectCaret(form: FormPage): Promise<void> {
    await expect.poll(focused).toBe('Payload');
    await keyboard().type('Ada');
    await expect.poll(() => form.payload()).toBe('{ "name": "Ada" }');
  }

  test('is in the function name of a new form, and in the payload of a draft', async () => {
    const form = await window.openForm();
    await expect.poll(focused).toBe('FunctionName');
    await post({ type: 'draft', draft: { ...EMPTY_DRAFT, FunctionName: 'hello' } });
    await expect.poll(focused).toBe('Payload');
    await keyboard().press('Control+Home');
    await keyboard().type('[1, ');
    // An editor closes brackets.
    await expect.poll(() => form.payload()).toMatch(/^\[1, \]?\{\}$/);
    await form.field('FunctionName').focus();
    await post({ type: 'draft', draft: { ...EMPTY_DRAFT, FunctionName: 'throws' } });
    await expect.poll(() => form.field('FunctionName').inputValue()).toBe('throws');
    expect(await focused()).toBe('FunctionName');
  });

  test('returns to the caret after a quick pick', async () => {
    const form = await formWithCaret();
    await form.byId('profile').click();
    await window.quickPick.input.waitFor();
    await keyboard().press('Escape');
    await expectCaret(form);
  });

  test('stays at the caret when a button is clicked', async () => {
    const form = await formWithCaret();
    await form.invoke.click();
    await expectText(form.headline, /Succeeded.*Lambda 200/);
    await expectCaret(form);
  });

  test('returns to the caret after a switch to another tab', async () => {
    const form = await formWithCaret();
    await showFile();
    await window.page.locator('.tabs-container .tab').filter({ hasText: 'Invoke hello' }).click();
    const again = new FormPage(window.form());
    await again.invoke.waitFor();
    await expectCaret(again);
    expect(again).not.toBe(form);
  });
});

test('Esc stops waiting, except in an editor', async () => {
  const form = await window.openForm();
  await form.field('FunctionName').fill(WAITS);
  await form.typePayload('{ "gate": "escape" }');
  await form.field('Payload').focus();
  await keyboard().press('Control+Enter');
  await form.byId('stop-waiting').waitFor();
  await keyboard().press('Escape');
  await form.invoke.focus();
  await expectText(form.headline, 'Running');
  await keyboard().press('Escape');
  await expectText(form.outcome, 'Stopped waiting.');
  await openGate(window, 'escape');
});
