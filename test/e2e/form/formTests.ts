import { expect, test } from 'vitest';
import { FormPage } from '../../support/formPage.ts';
import { expectText } from '../../support/expectText.ts';
import { formFrame } from '../../support/violations.ts';
import { waitForStoredText } from '../../support/waitForStoredText.ts';
import type { Window } from '../../support/window.ts';

/** Tests that run in every supported VS Code version. */
export function testForm(window: () => Window): void {
  test('a function can be invoked and its result read with the keyboard only', async () => {
    const form = await window().openForm();
    const { keyboard } = window().page;
    const focused = async () => {
      const frame = await formFrame(window());
      return frame.evaluate(() => {
        const { activeElement } = document;
        return activeElement?.id === '' ? activeElement.textContent : activeElement?.id;
      });
    };
    await expect.poll(focused).toBe('FunctionName');
    await form.byId('payload-typed').locator('.cm-editor').waitFor();
    await keyboard.type('hello');
    const order: (string | null | undefined)[] = [];
    for (let step = 0; step < 20 && order.at(-1) !== 'form-menu'; step++) {
      // In an editor, Tab indents.
      if (order.at(-1) === 'Payload') await keyboard.press('Escape');
      await keyboard.press('Tab');
      order.push(await focused());
    }
    expect(order.map((one) => one?.trim())).toEqual([
      'Select…',
      'Qualifier',
      'choose-sample',
      'format-payload',
      'edit-payload',
      expect.any(String), // Inline
      'Payload',
      expect.stringMatching(/^Options /),
      'invoke',
      'save-preset',
      'form-menu',
    ]);
    for (let step = 0; step < 2; step++) await keyboard.press('Shift+Tab');
    expect(await focused()).toBe('invoke');
    await keyboard.press('Enter');
    await expectText(form.headline, /Succeeded.*Lambda 200/);
    expect(await focused()).toBe('invoke');
    await expectText(form.byId('result-status'), /^Succeeded, Lambda 200, /);
    await expect.poll(() => form.byId('result-status').getAttribute('role')).toBe('status');
    // Then come the tabs, the response and the log, which scroll with the keyboard.
    const places = async () => {
      const frame = await formFrame(window());
      return frame.evaluate(() => document.activeElement?.closest('#result-tabs, #response-text, #splitter, #log')?.id);
    };
    const after: (string | undefined)[] = [];
    for (let step = 0; step < 24 && after.at(-1) !== 'log'; step++) {
      await keyboard.press('Tab');
      after.push(await places());
    }
    expect([...new Set(after.filter((place) => place !== undefined))]).toEqual([
      'result-tabs',
      'response-text',
      'splitter',
      'log',
    ]);
  });

  test('every control has an accessible name', async () => {
    const form = await window().openForm();
    await form.typePayload('{}');
    await form.showOptions();
    const controls = async () => {
      const tree = await window().form().locator('main').ariaSnapshot();
      return [
        ...tree.matchAll(
          /- (textbox|combobox|button|radio|radiogroup|checkbox|group|listbox|separator|tab)\b(?: "([^"]*)")?/g,
        ),
      ];
    };
    const nameless = async () =>
      (await controls()).filter(([, role, name]) => name === undefined && role !== 'group').map(([control]) => control);
    await expect.poll(nameless).toEqual([]);
    const names = (await controls())
      .filter(([, role]) => role === 'textbox' || role === 'combobox')
      .map(([, , name]) => name);
    expect(names).toEqual([
      'Function name or ARN',
      'Version or alias',
      'Payload',
      'Invocation type',
      'Log',
      'Response mode',
      'Tenant ID',
      'Durable execution name',
      'Client context',
    ]);
  });

  test('a draft survives Reload Window', async () => {
    const form = await window().openForm();
    await form.choose('InvocationType', 'DryRun');
    await form.field('FunctionName').fill('hello');
    await form.field('Qualifier').fill('7');
    await form.typePayload('{ "name": "kept over the reload" }');
    await waitForStoredText(window().page, 'kept over the reload');
    await window().reload();
    await window().page.locator('.tabs-container .tab').filter({ hasText: 'Invoke hello' }).waitFor();
    const again = new FormPage(window().form());
    await expect.poll(() => again.payload()).toBe('{ "name": "kept over the reload" }');
    await expect.poll(() => again.field('Qualifier').inputValue()).toBe('7');
    await expect.poll(() => again.field('InvocationType').inputValue()).toBe('DryRun');
    await expectText(again.byId('options-summary'), 'Dry run');
    await again.field('Qualifier').fill('');
    await again.invoke.click();
    await expectText(again.headline, 'Permission granted');
  });
}
