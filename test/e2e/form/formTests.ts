import { expect, test } from 'vitest';
import { FormPage } from '../../support/formPage.ts';
import { expectText } from '../../support/expectText.ts';
import { formFrame } from '../../support/violations.ts';
import { waitForStoredText } from '../../support/waitForStoredText.ts';
import type { Window } from '../../support/window.ts';

/** Tests that run in every supported VS Code version. */
export function testForm(window: () => Window): void {
  test('a function can be invoked and its result read with the keyboard only', async () => {
    await window().command('Lambda Invoke: Invoke Function…');
    const form = new FormPage(window().form());
    await form.invoke.waitFor();
    const { keyboard } = window().page;
    const focused = async () => {
      const frame = await formFrame(window());
      return frame.evaluate(() => {
        const { activeElement } = document;
        return activeElement?.id === '' ? activeElement.textContent : activeElement?.id;
      });
    };
    await expect.poll(focused).toBe('FunctionName');
    await keyboard.type('hello');
    const order: (string | null | undefined)[] = [];
    for (let step = 0; step < 20 && order.at(-1) !== 'profile'; step++) {
      await keyboard.press('Tab');
      order.push(await focused());
    }
    expect(order.slice(0, 3).map((one) => one?.trim())).toEqual(['Select…', 'Qualifier', 'InvocationType']);
    expect(order.slice(-6)).toEqual([
      'ClientContext',
      'Tenant and durable execution',
      'invoke',
      'save-preset',
      'copy-as',
      'profile',
    ]);
    for (let step = 0; step < 3; step++) await keyboard.press('Shift+Tab');
    expect(await focused()).toBe('invoke');
    await keyboard.press('Enter');
    await expectText(form.headline, /Succeeded\s*200/);
    expect(await focused()).toBe('invoke');
    await expectText(form.byId('result-status'), /^Succeeded, 200, /);
    await expect.poll(() => form.byId('result-status').getAttribute('role')).toBe('status');
    // The buttons come next, then the response, which scrolls with the keyboard.
    const after: (string | null | undefined)[] = [];
    for (let step = 0; step < 24 && !after.at(-1)?.includes('greeting'); step++) {
      await keyboard.press('Tab');
      after.push(await focused());
    }
    expect(after).toContain('response-text');
    expect(after.at(-1)).toContain('greeting');
  });

  test('every control has an accessible name', async () => {
    const form = await window().openForm();
    await form.typePayload('{}');
    await form.byId('more').locator('summary').click();
    await form.field('TenantId').waitFor();
    const controls = async () => {
      const tree = await window().form().locator('main').ariaSnapshot();
      return [
        ...tree.matchAll(/- (textbox|combobox|button|radio|radiogroup|checkbox|group|listbox)\b(?: "([^"]*)")?/g),
      ];
    };
    const nameless = async () =>
      (await controls()).filter(([, role, name]) => name === undefined && role !== 'group').map(([control]) => control);
    await expect.poll(nameless).toEqual([]);
    const names = (await controls()).filter(([, role]) => role === 'textbox').map(([, , name]) => name);
    expect(names).toEqual([
      'Function name or ARN',
      'Version or alias',
      'Payload',
      'Client context',
      'Tenant ID',
      'Durable execution name',
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
    await expect.poll(() => again.field('Payload').inputValue()).toBe('{ "name": "kept over the reload" }');
    await expect.poll(() => again.field('Qualifier').inputValue()).toBe('7');
    await expectText(again.byId('InvocationType').locator('.selected-value'), 'Dry run (DryRun)');
    await again.field('Qualifier').fill('');
    await again.invoke.click();
    await expectText(again.headline, 'Permission granted');
  });
}
