import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { FormPage } from '../support/formPage.ts';
import { screenshotOnFailure } from '../support/screenshotOnFailure.ts';
import { expectText } from '../support/expectText.ts';
import { clippedTexts, isConcatenated, pageTexts } from '../support/translatedTexts.ts';
import { formFrame } from '../support/violations.ts';
import { Window } from '../support/window.ts';

let window: Window;
let form: FormPage;

beforeAll(async () => {
  window = await Window.open({ isPseudoLocalized: true });
  form = await window.openForm();
});

afterAll(() => window.close());

afterEach(({ task }) => screenshotOnFailure(window, task));

/** Names that aren't translated: Lambda's, the connection Local, the sample functions', units, keys and JSON. */
const NAMES = [
  'FunctionName',
  'Qualifier',
  'InvocationType',
  'LogType',
  'InvokeMode',
  'ClientContext',
  'TenantId',
  'DurableExecutionName',
  'Payload',
  'StatusCode',
  'FunctionError',
  'RequestResponse',
  'Event',
  'DryRun',
  'Local',
  'hello',
  'throws',
  '$LATEST',
  'Ctrl+Enter',
];
const VALUE = /^(?:\d{3}(?: Unhandled)?|[\d.,:]+ ?(?:ms|s|MB|kB|bytes|B)?(?: · JSON)?|\{.*\})$/;

async function untranslated(): Promise<string[]> {
  const texts = await pageTexts(await formFrame(window));
  expect(texts.length).toBeGreaterThan(20);
  return texts
    .filter(({ text }) => !text.includes('⟦') && /[A-Za-z]{2}/.test(text) && !NAMES.includes(text) && !VALUE.test(text))
    .map(({ text, element }) => `${element}: ${text}`);
}

async function concatenated(): Promise<string[]> {
  const texts = await pageTexts(await formFrame(window));
  return texts.filter(({ text }) => isConcatenated(text)).map(({ text }) => text);
}

async function expectTranslated(): Promise<void> {
  expect(await untranslated()).toEqual([]);
  expect(await concatenated()).toEqual([]);
}

test('every text of an empty form is translated', async () => {
  await expectTranslated();
});

test('every text of a validation error is translated', async () => {
  await form.field('FunctionName').fill('not a name');
  await form.invoke.click();
  await expectText(form.problem('FunctionName'), '⟦');
  await expectTranslated();
});

test('every text of a result is translated', async () => {
  await form.field('FunctionName').fill('hello');
  await form.invoke.click();
  await expectText(form.response, 'Hello');
  await expectTranslated();
});

test('every text of a function error is translated', async () => {
  await form.field('FunctionName').fill('throws');
  await form.invoke.click();
  await expectText(form.outcome, 'throws');
  await expectTranslated();
});

test.each(['Event', 'DryRun'])('every text of a result of type %s is translated', async (type) => {
  await form.field('FunctionName').fill('hello');
  await form.choose('InvocationType', type);
  await form.invoke.click();
  await form.headline.filter({ hasNotText: 'Unhandled' }).waitFor();
  await expectTranslated();
});

test('every text of a rejected invocation is translated', async () => {
  await form.choose('InvocationType', 'RequestResponse');
  await form.field('FunctionName').fill('missing');
  await form.invoke.click();
  await expectText(form.outcome, 'ResourceNotFoundException');
  await expectTranslated();
});

test('the connection picker is translated', async () => {
  await window.command('Lambda Invoke: Select Profile…');
  await window.page.locator('.quick-input-title').filter({ hasText: '⟦' }).waitFor();
  await window.quickPick.row('Local').waitFor();
  const labels = window.quickPick.rows.locator('.label-name:visible');
  const plain = async () =>
    (await labels.allTextContents()).filter((label) => !label.includes('⟦') && label.trim() !== 'Local');
  await expect.poll(plain).toEqual([]);
  await window.page.keyboard.press('Escape');
});

test.each([1400, 700])('longer texts fit a window of %i pixels', async (width) => {
  await window.page.setViewportSize({ width, height: 900 });
  expect(await clippedTexts(await formFrame(window))).toEqual([]);
});
