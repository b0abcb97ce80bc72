import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectText } from '../../support/expectText.ts';
import { THEMES, violations, formFrame } from '../../support/violations.ts';
import { openGate, WAITS } from '../../support/waitingFunction.ts';
import { window } from './window.ts';

test('nothing moves when reduced motion is preferred', async () => {
  const form = await window.openForm();
  await form.field('FunctionName').fill(WAITS);
  await form.typePayload('{ "gate": "motion" }');
  const frame = await formFrame(window);
  const moving = () =>
    frame.evaluate(() => {
      const all: Element[] = [...document.querySelectorAll('*')];
      for (const { shadowRoot } of all) if (shadowRoot !== null) all.push(...shadowRoot.querySelectorAll('*'));
      return all
        .filter((element) => {
          const { transitionDuration, animationName } = getComputedStyle(element);
          return animationName !== 'none' || transitionDuration.split(', ').some((time) => parseFloat(time) > 0);
        })
        .map(({ tagName, className }) => `${tagName} ${className}`);
    });
  await form.invoke.click();
  await form.byId('stop-waiting').waitFor();
  expect(await moving()).toEqual([]);
  await openGate(window, 'motion');
  await expectText(form.headline, /Succeeded.*Lambda 200/);
  expect(await moving()).toEqual([]);
});

test('forced colors don’t hide which tab is selected', async () => {
  const form = await window.openForm();
  await form.field('FunctionName').fill('hello');
  await form.invoke.click();
  await expectText(form.headline, /Succeeded.*Lambda 200/);
  const underline = (name: 'response' | 'details') =>
    form.tab(name).evaluate((tab) => getComputedStyle(tab).borderBottomColor);
  await window.page.emulateMedia({ forcedColors: 'active' });
  try {
    await expect.poll(() => underline('details')).toBe('rgba(0, 0, 0, 0)');
    expect(await underline('response')).not.toBe('rgba(0, 0, 0, 0)');
  } finally {
    await window.page.emulateMedia({ forcedColors: 'none' });
  }
});

test('the connection stays visible while the form scrolls', async () => {
  await window.page.setViewportSize({ width: 1400, height: 620 });
  const form = await window.openForm();
  await form.showOptions();
  const frame = await formFrame(window);
  const scroll = () =>
    frame.evaluate(() => {
      const request = document.getElementById('request');
      request?.scrollTo(0, request.scrollHeight);
      return [request?.scrollTop !== 0, document.getElementById('connection')?.getBoundingClientRect().top];
    });
  await expect.poll(scroll).toEqual([true, 0]);
  await window.page.setViewportSize({ width: 1400, height: 900 });
});

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
  await (await form.option('ClientContext')).fill('[]');
  await checkForm('with problems');
  await form.field('ClientContext').fill('');
  await form.fillPayload('{ "reason": "out of stock" }');
  await form.invoke.click();
  await expectText(form.headline, 'Function error');
  await checkForm('a function error');
  const gate = `axe-${kind}`;
  await form.field('FunctionName').fill(WAITS);
  await form.fillPayload(JSON.stringify({ gate }));
  await form.invoke.click();
  await form.byId('stop-waiting').waitFor();
  await checkForm('running');
  await openGate(window, gate);
  await expectText(form.headline, /Succeeded.*Lambda 200/);
  await checkForm('succeeded');
  expect(violationsFound).toEqual([]);
});

describe('a narrow window', () => {
  beforeAll(() => window.command('View: Close Primary Side Bar'));

  afterAll(async () => {
    await window.page.setViewportSize({ width: 1400, height: 900 });
    await window.command('View: Show Explorer');
  });

  test.each([
    ['400 px', { width: 458, height: 700 }, 400],
    ['200 % zoom of 1280 px', { width: 640, height: 450 }, 582],
  ])('at %s nothing is cut off, scrolls sideways or is covered', async (_, size, width) => {
    await window.page.setViewportSize(size);
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
    await form.fillPayload('{}');
    await form.invoke.click();
    await expectText(form.headline, /Succeeded.*Lambda 200/);
    expect(await layoutProblems()).toEqual({ page: 0, outside: [] });
    // The footer doesn't cover the focused field.
    await form.byRole('tab', { name: 'Request' }).click();
    await (await form.option('ClientContext')).focus();
    const isCovered = await frame.evaluate(() => {
      const field = document.getElementById('ClientContext')?.getBoundingClientRect();
      const footer = document.querySelector('footer')?.getBoundingClientRect();
      return (
        field === undefined || footer === undefined || (field.bottom > footer.top + 1 && field.top < footer.bottom)
      );
    });
    expect(isCovered).toBe(false);
  });
});
