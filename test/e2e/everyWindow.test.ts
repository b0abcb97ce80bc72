import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { HOSTS } from '../host/hostVersions.ts';
import { FormPage } from '../support/formPage.ts';
import { pictureOfFailure } from '../support/pictureOfFailure.ts';
import { shows } from '../support/shows.ts';
import { formFrame, violations } from '../support/violations.ts';
import { Window } from '../support/window.ts';

const THEMES = [
  ['Dark Modern', 'vscode-dark'],
  ['Light Modern', 'vscode-light'],
  ['Dark High Contrast', 'vscode-high-contrast'],
  ['Light High Contrast', 'vscode-high-contrast-light'],
] as const;

describe.each(HOSTS)('VS Code $vscode', (host) => {
  let window: Window;

  beforeAll(async () => {
    window = await Window.open({ vscode: host });
  });

  afterAll(() => window.close());

  afterEach(async ({ task }) => {
    await pictureOfFailure(window, task);
    await window.closeEditors();
  });

  test('the keyboard alone leads from the palette to the outcome, and along it', async () => {
    await window.command('Lambda Invoke: Invoke Function…');
    const form = new FormPage(window.form());
    await form.invoke.waitFor();
    const { keyboard } = window.page;
    const focused = async () => {
      const frame = await formFrame(window);
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
    expect(order.slice(0, 3).map((one) => one?.trim())).toEqual(['Choose…', 'Qualifier', 'InvocationType']);
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
    await shows(form.headline, /Succeeded\s*200/);
    expect(await focused()).toBe('invoke');
    await shows(form.byId('outcome-said'), /^Succeeded, 200, /);
    await expect.poll(() => form.byId('outcome-said').getAttribute('role')).toBe('status');
    // Through the buttons behind it to the response, which scrolls with the keyboard.
    const behind: (string | null | undefined)[] = [];
    for (let step = 0; step < 16 && behind.at(-1) !== 'log-text'; step++) {
      await keyboard.press('Tab');
      behind.push(await focused());
    }
    expect(behind).toContain('response-text');
    expect(behind.at(-1)).toBe('log-text');
  });

  test('a screen reader says what each field, choice and button is for', async () => {
    const form = await window.openForm();
    await form.typePayload('{}');
    await form.byId('more').locator('summary').click();
    await form.field('TenantId').waitFor();
    const controls = async () => {
      const tree = await window.form().locator('main').ariaSnapshot();
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

  test.each(THEMES)('axe-core finds nothing to object to in %s', async (theme, kind) => {
    await window.command('Preferences: Color Theme');
    await window.pick(theme);
    const form = await window.openForm();
    const frame = await formFrame(window);
    await expect.poll(() => frame.evaluate(() => document.body.dataset['vscodeThemeKind'])).toBe(kind);
    const found: string[] = [];
    const look = async (what: string) =>
      found.push(...(await violations(window)).map((violation) => `${what}: ${violation}`));
    await look('empty');
    await form.field('FunctionName').fill('throws');
    await form.typePayload('{ "reason": }');
    await form.byId('send-anyway').waitFor();
    await look('with Send Anyway');
    await form.field('ClientContext').fill('[]');
    await frame.locator('#more > summary').click();
    await look('with problems');
    await form.field('ClientContext').fill('');
    await form.field('Payload').fill('{ "reason": "out of stock" }');
    await form.invoke.click();
    await shows(form.headline, 'Function error');
    await look('a function error');
    await form.field('FunctionName').fill('slow');
    await form.field('Payload').fill('{ "seconds": 6 }');
    await form.invoke.click();
    await form.byId('stop-waiting').waitFor();
    await look('running');
    await shows(form.headline, /Succeeded\s*200/);
    await look('succeeded');
    expect(found).toEqual([]);
  });

  test('nothing moves where motion is not wanted', async () => {
    const form = await window.openForm();
    await form.field('FunctionName').fill('slow');
    await form.typePayload('{ "seconds": 4 }');
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
    await shows(form.headline, /Succeeded\s*200/);
    expect(await moving()).toEqual([]);
  });

  test('several forms are open at once, each named for its function; a hidden one shows its last outcome again', async () => {
    const first = await window.openForm();
    await first.field('FunctionName').fill('hello');
    await first.invoke.click();
    await shows(first.response, 'Hello, world!');
    await window.command('Lambda Invoke: New Form');
    const tabs = window.page.locator('.tabs-container .tab');
    await expect.poll(() => tabs.count()).toBe(2);
    const second = new FormPage(window.form());
    await expect.poll(() => second.field('FunctionName').inputValue()).toBe('');
    await second.field('FunctionName').fill('arn:aws:lambda:eu-west-1:123456789012:function:orders:live');
    await expect.poll(() => tabs.allTextContents()).toEqual(['Invoke hello', 'Invoke orders:live']);
    await tabs.filter({ hasText: 'Invoke hello' }).click();
    const again = new FormPage(window.form());
    await shows(again.headline, /Succeeded\s*200/);
    await shows(again.response, 'Hello, world!');
    await tabs.filter({ hasText: 'Invoke orders' }).click();
    const back = new FormPage(window.form());
    await expect.poll(() => back.field('FunctionName').inputValue()).toContain('function:orders');
  });

  test('a typed draft is there again after Reload Window', async () => {
    const form = await window.openForm();
    await form.field('FunctionName').fill('hello');
    await form.typePayload('{ "name": "kept over the reload" }');
    await form.choose('InvocationType', 'DryRun');
    await window.page.waitForTimeout(1000); // the page hands its state over a moment later
    await window.reload();
    await window.page.locator('.tabs-container .tab').filter({ hasText: 'Invoke hello' }).waitFor({ timeout: 30_000 });
    const again = new FormPage(window.form());
    await expect
      .poll(() => again.field('Payload').inputValue(), { timeout: 30_000 })
      .toBe('{ "name": "kept over the reload" }');
    await shows(again.byId('InvocationType').locator('.selected-value'), 'Check permission only');
    await again.invoke.click();
    await shows(again.headline, 'Dry run passed');
  });

  test('nothing was logged as an error, and nothing violated the content security policy', () => {
    expect(window.errors).toEqual([]);
  });
});

// VS Code lays its window out anew for a person's resizing, not for the driver's: each size is a window of its own.
describe.each([
  ['400 px', { viewport: { width: 458, height: 700 } }, 400],
  ['200 % zoom of 1280 px', { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 }, 582],
])('at %s', (_, page, width) => {
  let window: Window;

  beforeAll(async () => {
    window = await Window.open({ page });
  });

  afterAll(() => window.close());

  afterEach(({ task }) => pictureOfFailure(window, task));

  test('nothing is cut off, scrolls sideways or is covered', async () => {
    await window.command('View: Close Primary Side Bar');
    const form = await window.openForm();
    const frame = await formFrame(window);
    await expect.poll(() => frame.evaluate(() => globalThis.innerWidth)).toBe(width);
    const wrong = () =>
      frame.evaluate(() => ({
        page: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        outside: [...document.querySelectorAll<HTMLElement>('#form *, #outcome *')]
          .filter((element) => element.checkVisibility() && !element.classList.contains('visually-hidden'))
          .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
          .map(({ outerHTML }) => outerHTML.slice(0, 120)),
      }));
    await form.typePayload('{ "a-key-without-any-space-that-is-rather-long": ');
    await form.field('FunctionName').fill(`arn:aws:lambda:eu-west-1:123456789012:function:${'a-long-name-'.repeat(6)}`);
    await shows(form.problem('FunctionName'), /64/);
    expect(await wrong()).toEqual({ page: 0, outside: [] });
    await form.field('FunctionName').fill('hello');
    await form.field('Payload').fill('{}');
    await form.invoke.click();
    await shows(form.headline, /Succeeded\s*200/);
    expect(await wrong()).toEqual({ page: 0, outside: [] });
    // What is at the foot covers no field that has the focus.
    await form.field('ClientContext').focus();
    const isCovered = await frame.evaluate(() => {
      const field = document.getElementById('ClientContext')?.getBoundingClientRect();
      const foot = document.querySelector('footer')?.getBoundingClientRect();
      return field === undefined || foot === undefined || (field.bottom > foot.top + 1 && field.top < foot.bottom);
    });
    expect(isCovered).toBe(false);
    expect(window.errors).toEqual([]);
  });
});
