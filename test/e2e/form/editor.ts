import { beforeEach, describe, expect, test } from 'vitest';
import type { Locator } from 'playwright-core';
import type * as editorsBundle from '../../../webview/editor/index.ts';
import type { Viewer } from '../../../webview/editor/editors.ts';
import type { FormPage } from '../../support/formPage.ts';
import { expectText } from '../../support/expectText.ts';
import { formFrame, violations } from '../../support/violations.ts';
import { window } from './window.ts';

const keyboard = () => window.page.keyboard;

describe('the payload editor', () => {
  let form: FormPage;
  let editor: Locator;

  beforeEach(async () => {
    form = await window.openForm();
    await form.field('FunctionName').fill('hello');
    editor = form.byRole('textbox', { name: 'Payload', exact: true });
    await form.byId('Payload').and(editor).locator('.cm-line').first().waitFor();
  });

  const text = () => form.payload();

  test('takes typing like an editor of VS Code, and undoes once per key', async () => {
    await editor.fill('');
    await editor.click();
    await keyboard().type('{');
    await expect.poll(text).toBe('{}');
    await keyboard().press('Enter');
    await expect.poll(text).toBe('{\n  \n}');
    await keyboard().press('Control+z');
    await expect.poll(text).toBe('{}');
    await keyboard().press('Control+y');
    await expect.poll(text).toBe('{\n  \n}');
    await keyboard().press('ArrowUp');
    await keyboard().press('Tab');
    await expect.poll(text).toBe('{\n    \n}');
    await keyboard().press('Escape');
    await keyboard().press('Tab');
    await expect.poll(() => editor.evaluate((element) => element.contains(document.activeElement))).toBe(false);
    await expect.poll(text).toBe('{\n    \n}');
  });

  test('leaves Ctrl+Enter to the form, which invokes once', async () => {
    await editor.fill('{"name":"Ada"}');
    await keyboard().press('Control+Enter');
    await expectText(form.headline, /Succeeded.*Lambda 200/);
    expect(await text()).toBe('{"name":"Ada"}');
  });

  test('marks its problems, and F8 goes to them', async () => {
    await editor.fill('{\n"a": 1,\n"a": 9007199254740993\n}');
    const warnings = form.byId('payload').locator('.cm-lintRange-warning');
    await expect.poll(() => warnings.allTextContents()).toEqual(['"a"', '9007199254740993']);
    await keyboard().press('Control+Home');
    await keyboard().press('F8');
    const tooltip = form.byId('payload').locator('.cm-tooltip .cm-diagnostic');
    await expectText(tooltip, 'Duplicate key "a" (line 3, column 1). Most runtimes use the last value.');
    await keyboard().press('F8');
    await expectText(tooltip, /^The number 9007199254740993/);
    await keyboard().press('Control+Home');
    await tooltip.waitFor({ state: 'detached' });
    await editor.fill('{');
    await expect.poll(() => editor.getAttribute('aria-invalid')).toBe('true');
    await form.byId('payload').locator('.cm-lintRange-error').waitFor();
  });

  test('finds in the whole text with a panel like VS Code’s', async () => {
    await editor.fill(Array.from({ length: 300 }, (_, row) => `row ${row}`).join('\n'));
    await keyboard().press('Control+Home');
    await keyboard().press('Control+f');
    const panel = form.byId('payload').getByRole('search');
    await panel.getByRole('textbox', { name: 'Find' }).waitFor();
    await keyboard().type('ROW 29');
    const matches = panel.getByRole('status');
    await expectText(matches, '1 of 11');
    await keyboard().press('Shift+Enter');
    await expectText(matches, '11 of 11');
    await expectText(form.byId('payload').locator('.cm-match-current'), 'row 29');
    await panel.getByRole('button', { name: 'Match Case' }).click();
    await expectText(matches, 'No results');
    await panel.getByRole('button', { name: 'Match Case' }).click();
    await panel.getByRole('button', { name: 'Match Whole Word' }).click();
    await expectText(matches, '1 of 1');
    expect(await violations(window)).toEqual([]);
    await panel.getByRole('button', { name: 'Match Whole Word' }).click();
    await keyboard().press('Escape');
    await panel.waitFor({ state: 'detached' });
    expect(await editor.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  test('formats without changing a value, in one step of undo', async () => {
    await editor.fill('{"b":9007199254740993,"a":[],"b":1.0}');
    await form.byRole('button', { name: 'Format' }).click();
    await expect.poll(text).toBe('{\n  "b": 9007199254740993,\n  "a": [],\n  "b": 1.0\n}');
    await editor.focus();
    await keyboard().press('Control+z');
    await expect.poll(text).toBe('{"b":9007199254740993,"a":[],"b":1.0}');
  });
});

describe('the viewer', () => {
  /** Opens a viewer with a JSON text over the form. */
  async function open(json: string): Promise<Locator> {
    const form = await window.openForm();
    await form.byId('Payload').locator('.cm-line').first().waitFor(); // the editors are loaded
    const frame = await formFrame(window);
    await frame.evaluate(async (shown) => {
      const parent = document.createElement('main');
      parent.id = 'viewer';
      const heading = document.createElement('h1');
      heading.append('Viewer');
      document.body.replaceChildren(heading, parent);
      parent.style.height = '400px';
      const { editors } = globalThis as unknown as { editors: typeof editorsBundle };
      const viewer = editors.createViewer({ parent, label: 'Response' });
      Object.assign(globalThis, { viewer });
      await viewer.show({ language: 'json', text: shown });
    }, json);
    return frame.locator('#viewer');
  }

  /** What is copied at the caret: the path and the value. */
  function copied(root: Locator): Promise<unknown> {
    return root.evaluate(() => {
      const { viewer } = globalThis as unknown as { viewer: Viewer };
      return [viewer.copyPath(), viewer.copyValue()];
    });
  }

  test('shows values as they were received, and copies value and path at the caret', async () => {
    const viewer = await open('{"id":9007199254740993,"b c":[{"id" : 1.0,"id":2}]}');
    const lines = viewer.locator('.cm-content > .cm-line');
    expect(await lines.allTextContents()).toEqual([
      '{',
      '  "id": 9007199254740993,',
      '  "b c": [',
      '    {',
      '      "id": 1.0,',
      '      "id": 2',
      '    }',
      '  ]',
      '}',
    ]);
    await lines.nth(3).click();
    await expect.poll(() => copied(viewer)).toEqual(['$["b c"][0]', '{"id" : 1.0,"id":2}']);
    await keyboard().press('ArrowDown');
    await expect.poll(() => copied(viewer)).toEqual(['$["b c"][0].id', '1.0']);
    await keyboard().type('x');
    expect(await lines.count()).toBe(9);
    await keyboard().press('Control+a');
    const selected = () => viewer.evaluate(() => getSelection()?.toString().includes('9007199254740993'));
    await expect.poll(selected).toBe(true);
  });

  test('expands JSON and base64 in strings, with the mouse and with Enter', async () => {
    const inner = JSON.stringify({ deep: JSON.stringify({ id: 1 }) });
    const viewer = await open(JSON.stringify({ body: inner, data: btoa('{"hello":"world"}'), text: 'plain' }));
    const buttons = viewer.getByRole('button', { name: 'Expand (Enter)' });
    await expect.poll(() => buttons.count()).toBe(2);
    await buttons.first().click();
    const expanded = viewer.getByRole('textbox', { name: 'JSON in a string', exact: true });
    await expectText(expanded, /"deep"/);
    await expanded.locator('.cm-line').nth(1).click();
    await keyboard().press('Enter');
    await expect.poll(() => viewer.getByText('"id"').count()).toBe(1);
    await viewer.locator('.cm-line', { hasText: '"data"' }).click();
    await keyboard().press('Enter');
    await expectText(viewer.getByRole('textbox', { name: 'Decoded base64' }), /"hello": "world"/);
    expect(await violations(window)).toEqual([]);
    await keyboard().press('Enter');
    await viewer.getByRole('textbox', { name: 'Decoded base64' }).waitFor({ state: 'detached' });
  });
});
