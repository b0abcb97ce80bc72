import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Locator } from 'playwright-core';
import { FormPage } from '../../support/formPage.ts';
import { expectText } from '../../support/expectText.ts';
import { focused, showFile } from './steps.ts';
import { window } from './window.ts';

const keyboard = () => window.page.keyboard;

test('the splitter is moved with the keyboard or the mouse, and stays where it is', async () => {
  const form = await window.openForm();
  const splitter = form.byRole('separator', { name: 'Width of the request' });
  const width = async () => (await form.byId('request').boundingBox())?.width ?? 0;
  const value = (separator: Locator) => () => separator.getAttribute('aria-valuenow');
  const before = await width();
  await splitter.focus();
  await keyboard().press('ArrowRight');
  await keyboard().press('ArrowRight');
  await expect.poll(value(splitter)).toBe('44');
  await expect.poll(width).toBeGreaterThan(before);
  const box = await splitter.boundingBox();
  if (box === null) throw new Error('no splitter');
  await window.page.mouse.move(box.x + 2, box.y + 200);
  await window.page.mouse.down();
  await window.page.mouse.move(box.x + 102, box.y + 200, { steps: 3 });
  await window.page.mouse.up();
  const moved = Number(await value(splitter)());
  expect(moved).toBeGreaterThan(48);
  await showFile();
  await window.page.locator('.tabs-container .tab').filter({ hasText: 'Invoke' }).click();
  const again = new FormPage(window.form());
  await expect.poll(value(again.byRole('separator', { name: 'Width of the request' }))).toBe(String(moved));
});

describe('in a narrow window', () => {
  beforeAll(async () => {
    await window.command('View: Close Primary Side Bar');
    await window.page.setViewportSize({ width: 700, height: 800 });
  });

  afterAll(async () => {
    await window.page.setViewportSize({ width: 1400, height: 900 });
    await window.command('View: Show Explorer');
  });

  test('Ctrl+Enter shows the response, and Esc returns to the caret in the request', async () => {
    const form = await window.openForm();
    await form.field('FunctionName').fill('hello');
    await expectText(form.byId('bar-function'), 'hello');
    await form.typePayload('{ "name": "Ada" }');
    await form.field('Payload').focus();
    await keyboard().press('Control+End');
    for (let step = 0; step < 6; step++) await keyboard().press('ArrowLeft');
    await keyboard().press('Control+Enter');
    await expectText(form.headline, /Succeeded.*Lambda 200/);
    expect(await form.byRole('tab', { selected: true, name: 'Response' }).first().isVisible()).toBe(true);
    expect(await form.field('FunctionName').isVisible()).toBe(false);
    expect(await focused()).toBe('pane-response-tab');
    await keyboard().press('Escape');
    await expect.poll(focused).toBe('Payload');
    await keyboard().type('B');
    await expect.poll(() => form.payload()).toBe('{ "name": "BAda" }');
    await form.byRole('tab', { name: 'Request' }).focus();
    await keyboard().press('ArrowRight');
    await expect.poll(focused).toBe('pane-response-tab');
    expect(await form.field('Payload').isVisible()).toBe(false);
  });

  test('Ctrl+Enter in the response shows the field with a problem', async () => {
    const form = await window.openForm();
    await form.field('FunctionName').fill('two words');
    await form.byRole('tab', { name: 'Response' }).first().click();
    await keyboard().press('Control+Enter');
    await expect.poll(focused).toBe('FunctionName');
    await expectText(form.problem('FunctionName'), 'Invalid function name or ARN.');
  });

  test('the response of an invocation that was started elsewhere is shown', async () => {
    await window.command('Lambda Invoke: Invoke Preset…');
    await window.quickPick.pick('context · RequestResponse · Local');
    const form = new FormPage(window.form());
    await form.headline.filter({ hasText: 'Succeeded' }).waitFor();
    await form.byRole('tab', { name: 'Request' }).click();
    await expect.poll(() => form.field('FunctionName').inputValue()).toBe('context');
  });
});
