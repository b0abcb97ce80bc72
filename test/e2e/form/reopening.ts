// A form that was closed is reopened by Invoke Function….
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectText } from '../../support/expectText.ts';
import { FormPage } from '../../support/formPage.ts';
import { formFrame } from '../../support/violations.ts';
import { openGate, WAITS } from '../../support/waitingFunction.ts';
import { selectLocal, selectLoopback } from './steps.ts';
import { server, window } from './window.ts';

const PRESETS = '.vscode/lambda-invoke.json';

const tabs = (title: string) => window.page.locator('.tabs-container .tab').filter({ hasText: title });

/** Closes the tab with the focus. Doesn't wait after the last key. */
async function closeTab(title: string): Promise<void> {
  await window.page.keyboard.press('Control+W');
  await tabs(title).waitFor({ state: 'detached' });
}

/** Waits until the payload editor is saved. */
async function isSaved(): Promise<void> {
  await window.page.locator('.tab.dirty').waitFor({ state: 'detached' });
}

async function reopenForm(): Promise<FormPage> {
  await window.command('Lambda Invoke: Invoke Function…');
  const form = new FormPage(window.form());
  await form.invoke.waitFor();
  return form;
}

test('a form that is closed right after the last key is reopened with everything that was typed', async () => {
  const form = await window.openForm();
  await form.field('FunctionName').fill('hello');
  await form.field('Qualifier').fill('7');
  await form.choose('LogType', 'None');
  await (await form.option('ClientContext')).fill('{"client":1}');
  await form.typePayload('{ "name": "kept" }');
  await window.page.keyboard.type(' ');
  await closeTab('Invoke hello');
  const again = await reopenForm();
  await expect.poll(() => again.payload()).toBe('{ "name": "kept" } ');
  const fields = { FunctionName: 'hello', Qualifier: '7', LogType: 'None', ClientContext: '{"client":1}' };
  for (const [field, value] of Object.entries(fields)) expect(await again.field(field).inputValue()).toBe(value);
  await tabs('Invoke hello').waitFor();
});

test('the form that was closed last is reopened with its result, and an empty form doesn’t replace it', async () => {
  const first = await window.openForm();
  await first.field('FunctionName').fill('hello');
  await window.command('Lambda Invoke: New Form');
  await expect.poll(() => new FormPage(window.form()).field('FunctionName').inputValue()).toBe('');
  const second = new FormPage(window.form());
  await second.field('FunctionName').fill('hello');
  await second.typePayload('{ "name": "second" }');
  await second.invoke.click();
  await expectText(second.response, 'Hello, second!');
  await tabs('Invoke hello').first().click();
  await expect.poll(() => new FormPage(window.form()).payload()).toBe('{}');
  await window.command('View: Close Editor');
  await window.closeEditors();
  await window.command('Lambda Invoke: New Form');
  await new FormPage(window.form()).invoke.waitFor();
  await window.closeEditors();
  const again = await reopenForm();
  await expect.poll(() => again.payload()).toBe('{ "name": "second" }');
  await expectText(again.response, 'Hello, second!');
  await window.command('Lambda Invoke: Invoke Function…');
  expect(await tabs('Invoke hello').count()).toBe(1);
  await again.typePayload('{}');
  await again.field('FunctionName').fill('');
  await window.closeEditors();
  const empty = await reopenForm();
  expect(await empty.payload()).toBe('{}');
});

test('a form that was closed during its invocation is opened again with the invocation and its result', async () => {
  const form = await window.openForm();
  await form.field('FunctionName').fill(WAITS);
  await form.typePayload('{ "gate": "reopened" }');
  await form.invoke.click();
  await expectText(form.headline, 'Running');
  await window.closeEditors();
  const again = await reopenForm();
  await expectText(again.headline, 'Running');
  await openGate(window, 'reopened');
  await expectText(again.headline, /Succeeded/);
  expect(await window.notification(WAITS).count()).toBe(0);
});

/** Opens a preset in the form. */
async function openPreset(): Promise<FormPage> {
  const presets = [{ name: 'greet', FunctionName: 'hello', Payload: { name: 'preset' }, endpoint: 'local' }];
  await window.writeFile(PRESETS, JSON.stringify({ presets }));
  await window.presets.open();
  await window.presets.row('greet').dblclick();
  const form = new FormPage(window.form());
  await expectText(form.byId('preset-name'), 'Preset: greet');
  return form;
}

describe('a preset', () => {
  let sample: string;

  beforeAll(async () => {
    sample = await readFile(join(window.workspace, PRESETS), 'utf8');
  });

  // Other tests use its local functions.
  afterAll(() => window.writeFile(PRESETS, sample));

  test('is reopened with its edits, and has edits until it equals the saved one', async () => {
    const form = await openPreset();
    await form.field('Qualifier').fill('7');
    await expectText(form.byId('preset-name'), 'Preset: greet •');
    await closeTab('Invoke hello');
    const again = await reopenForm();
    await expectText(again.byId('preset-name'), 'Preset: greet •');
    expect(await again.field('Qualifier').inputValue()).toBe('7');
    await again.field('Qualifier').fill('');
    await expect.poll(() => again.byId('preset-name').textContent()).toBe('Preset: greet');
  });
});

test('a text that was typed in the payload editor, even after the form was closed, is in the reopened form', async () => {
  const form = await window.openForm();
  await form.field('FunctionName').fill('hello');
  await form.byId('edit-payload').click();
  const lines = window.page.locator('.editor-instance .view-lines');
  await lines.filter({ hasText: '{}' }).click();
  await window.page.keyboard.press('Control+Home');
  await window.page.keyboard.type('1');
  await isSaved();
  await tabs('Invoke hello').click({ button: 'middle' });
  await tabs('Invoke hello').waitFor({ state: 'detached' });
  await lines.click();
  await window.page.keyboard.press('Control+Home');
  await window.page.keyboard.type('2');
  await isSaved();
  const again = await reopenForm();
  await expect.poll(() => again.payload()).toBe('21{}');
  await again.field('Payload').press('Control+Home');
  await window.page.keyboard.type('3');
  await tabs('hello-payload.json').click();
  await lines.filter({ hasText: '321{}' }).waitFor();
});

test('a form has the text of an editor that was closed after it without being saved', async () => {
  await window.command('New Untitled Text File');
  await window.page.keyboard.insertText('{ "name": "unsaved" }');
  await window.command('Lambda Invoke: Invoke with Active Editor…');
  await window.quickPick.pick('hello · RequestResponse · Local');
  await expectText(new FormPage(window.form()).response, 'Hello, unsaved!');
  await tabs('Invoke hello').click({ button: 'middle' });
  await tabs('Invoke hello').waitFor({ state: 'detached' });
  await window.closeEditors();
  const again = await reopenForm();
  await expect.poll(() => again.payload()).toBe('{ "name": "unsaved" }');
});

/** About 5 MB of JSON in many lines. */
function largePayload(): string {
  const record = JSON.stringify({ id: 1, name: 'item', tags: ['a', 'b'] });
  return `[\n${Array.from({ length: Math.ceil(5_000_000 / record.length) }, () => record).join(',\n')}\n]`;
}

describe('a large payload', () => {
  beforeAll(selectLoopback);

  afterAll(selectLocal);

  test.each([
    ['keyboard', () => window.page.keyboard.press('Control+W')],
    ['mouse', () => tabs('Invoke orders').click({ button: 'middle' })],
  ])('has the last key after its form is closed with the %s', async (_, close) => {
    const form = await window.openForm();
    await form.field('FunctionName').fill('orders');
    await form.byId('payload-typed').locator('.cm-editor').waitFor();
    const frame = await formFrame(window);
    const text = largePayload();
    await frame.evaluate((shown) => globalThis.postMessage({ type: 'payloadTyped', text: shown }), text);
    await form.field('Payload').locator('.cm-line').nth(1).waitFor();
    await form.field('Payload').press('Control+Home');
    await window.page.keyboard.press('ArrowRight');
    await window.page.keyboard.type(' ');
    await window.page.keyboard.type('  ');
    await close();
    await tabs('Invoke orders').waitFor({ state: 'detached' });
    const again = await reopenForm();
    await expectText(again.byId('typed-state'), 'MB');
    await again.invoke.click();
    await expectText(again.headline, /Succeeded.*Lambda 200/);
    expect(server.received.at(-1)?.body.toString() === `[   ${text.slice(1)}`).toBe(true);
  });
});
