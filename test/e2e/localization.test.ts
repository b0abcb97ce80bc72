import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { FormPage } from '../support/formPage.ts';
import { pictureOfFailure } from '../support/pictureOfFailure.ts';
import { shows } from '../support/shows.ts';
import { cutTexts, isConcatenated, pageTexts } from '../support/translatedTexts.ts';
import { formFrame } from '../support/violations.ts';
import { Window } from '../support/window.ts';

let window: Window;
let form: FormPage;

beforeAll(async () => {
  window = await Window.open({ isPseudoLocalized: true });
  form = await window.openForm();
});

afterAll(() => window.close());

afterEach(({ task }) => pictureOfFailure(window, task));

/** Names that aren't translated: Lambda's, the connection Local, the sample workspace's, and units. */
const NAMES =
  /^(?:FunctionName|Qualifier|InvocationType|LogType|InvokeMode|ClientContext|TenantId|DurableExecutionName|Payload|RequestResponse|Event|DryRun|Tail|None|Buffered|ResponseStream|Local|hello|throws|\$LATEST|JSON|UTF-8|[\d.,:\s]+(?:ms|s|MB|kB|bytes|B)?)$/;

async function untranslated(): Promise<string[]> {
  const texts = await pageTexts(await formFrame(window));
  expect(texts.length).toBeGreaterThan(20);
  return texts
    .filter(({ text }) => !text.includes('⟦') && /[A-Za-z]{2}/.test(text) && !NAMES.test(text))
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

test('every text of a problem is translated', async () => {
  await form.field('FunctionName').fill('not a name');
  await form.invoke.click();
  await shows(form.frame.locator('[data-problem="FunctionName"]'), '⟦');
  await expectTranslated();
});

test('every text of a result is translated', async () => {
  await form.field('FunctionName').fill('hello');
  await form.invoke.click();
  await shows(form.response, 'Hello');
  await expectTranslated();
});

test('every text of a function error is translated', async () => {
  await form.field('FunctionName').fill('throws');
  await form.invoke.click();
  await shows(form.frame.locator('#outcome'), 'throws');
  await expectTranslated();
});

test.each([1400, 700])('longer texts fit a window of %i pixels', async (width) => {
  await window.page.setViewportSize({ width, height: 900 });
  expect(await cutTexts(await formFrame(window))).toEqual([]);
});
