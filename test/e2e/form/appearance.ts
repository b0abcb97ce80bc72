import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { expectText } from '../support/expectText.ts';
import { tidyUp } from '../support/tidyUp.ts';
import { THEMES, violations, formFrame } from '../support/violations.ts';
import { openGate, waitingFunction, WAITS } from '../support/waitingFunction.ts';
import { Window } from '../support/window.ts';
import { testForm } from './shared/formTests.ts';

let window: Window;

beforeAll(async () => {
  window = await Window.open({ files: await waitingFunction() });
});

afterAll(() => window.close());

afterEach(({ task }) => tidyUp(window, task));

testForm(() => window);

test.each(THEMES)('axe-core finds no violation in %s', async (theme, kind) => {
  await window.selectTheme(theme);
  const form = await window.openForm();
  const frame = await formFrame(window);
  await expect.poll(() => frame.evaluate(() => document.body.dataset['vscodeThemeKind'])).toBe(kind);
  const violationsFound: string[] = [];
  const checkForm = async (state: string) =>
    violationsFound.push(...(await violations(window)).map((violation) => `${state}: ${violation}`));
  await checkForm('empty');
  await form.field('FunctionName').fill('throws');
  await form.typePayload('{ "reason": }');
  await form.byId('send-as-is').waitFor();
  await checkForm('with Send as Is');
  await form.field('ClientContext').fill('[]');
  await frame.locator('#more > summary').click();
  await checkForm('with problems');
  await form.field('ClientContext').fill('');
  await form.field('Payload').fill('{ "reason": "out of stock" }');
  await form.invoke.click();
  await expectText(form.headline, 'Function error');
  await checkForm('a function error');
  const gate = `axe-${kind}`;
  await form.field('FunctionName').fill(WAITS);
  await form.field('Payload').fill(JSON.stringify({ gate }));
  await form.invoke.click();
  await form.byId('stop-waiting').waitFor();
  await checkForm('running');
  await openGate(window, gate);
  await expectText(form.headline, /Succeeded\s*200/);
  await checkForm('succeeded');
  expect(violationsFound).toEqual([]);
});

test.each([
  ['400 px', { viewport: { width: 458, height: 700 } }, 400],
  ['200 % zoom of 1280 px', { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 }, 582],
])('at %s nothing is cut off, scrolls sideways or is covered', async (_, page, width) => {
  // VS Code doesn't lay out its window again when the driver resizes it, so each size needs a new one.
  await window.reopen(page);
  await window.selectTheme('Dark Modern');
  await window.command('View: Close Primary Side Bar');
  const form = await window.openForm();
  const frame = await formFrame(window);
  await expect.poll(() => frame.evaluate(() => globalThis.innerWidth)).toBe(width);
  const layoutProblems = () =>
    frame.evaluate(() => ({
      page: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      outside: [...document.querySelectorAll<HTMLElement>('#form *, #result *')]
        .filter((element) => element.checkVisibility() && !element.classList.contains('visually-hidden'))
        .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
        .map(({ outerHTML }) => outerHTML.slice(0, 120)),
    }));
  await form.typePayload('{ "a-key-without-any-space-that-is-rather-long": ');
  await form.field('FunctionName').fill(`arn:aws:lambda:eu-west-1:123456789012:function:${'a-long-name-'.repeat(6)}`);
  await expectText(form.problem('FunctionName'), /64/);
  expect(await layoutProblems()).toEqual({ page: 0, outside: [] });
  await form.field('FunctionName').fill('hello');
  await form.field('Payload').fill('{}');
  await form.invoke.click();
  await expectText(form.headline, /Succeeded\s*200/);
  expect(await layoutProblems()).toEqual({ page: 0, outside: [] });
  // The footer doesn't cover the focused field.
  await form.field('ClientContext').focus();
  const isCovered = await frame.evaluate(() => {
    const field = document.getElementById('ClientContext')?.getBoundingClientRect();
    const footer = document.querySelector('footer')?.getBoundingClientRect();
    return field === undefined || footer === undefined || (field.bottom > footer.top + 1 && field.top < footer.bottom);
  });
  expect(isCovered).toBe(false);
});

test('nothing was logged as an error, and nothing violated the content security policy', () => {
  expect(window.errors).toEqual([]);
});
