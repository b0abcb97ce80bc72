import type { FrameLocator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { denies } from '../../support/awsServices.ts';
import { expectText } from '../../support/expectText.ts';
import { FormPage } from '../../support/formPage.ts';
import { THEMES, violations } from '../../support/violations.ts';
import { chooseMenuWithKeyboard } from '../../support/window/menu.ts';
import { connected, window } from './window.ts';

const NAME = 'reporting';

/** The duration of each invocation, in milliseconds. The first one is a cold start. */
const DURATIONS = [90, 10, 30, 20, 50, 40];

/** The page of the visible tab, or of the one beside it. */
let nth = 0;
const page = (): FrameLocator => window.form(nth);
const heading = () => page().locator('h1');
const row = (label: string) =>
  page()
    .locator('main > .scroll tr')
    .filter({ has: page().getByText(label, { exact: true }) });
const cells = (label: string) => row(label).locator('td').allTextContents();
const fact = (label: string) =>
  page()
    .locator('.facts > div')
    .filter({ has: page().getByText(label, { exact: true }) })
    .locator('dd');
const marks = (kind: string) => page().locator(`.picture .mark.${kind}`);
const tab = () => window.page.locator('.tabs-container .tab').filter({ hasText: `Statistics: ${NAME}` });
const press = (key: string) => window.page.keyboard.press(key);

/** The contrast of each kind of mark to the background, by WCAG's formula. */
function contrasts(): Promise<number[]> {
  return page()
    .locator('.legend .mark')
    .evaluateAll((shown) => {
      const channels = (color: string) => [...color.matchAll(/[\d.]+/g)].map(Number);
      const background = channels(getComputedStyle(document.body).backgroundColor);
      const luminance = (color: readonly number[]) =>
        [0.2126, 0.7152, 0.0722].reduce((sum, weight, at) => {
          const alpha = color[3] ?? 1;
          const share = ((color[at] ?? 0) * alpha + (background[at] ?? 0) * (1 - alpha)) / 255;
          return sum + weight * (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4);
        }, 0);
      return shown.map((element) => {
        const { stroke, fill } = getComputedStyle(element);
        const own = luminance(channels(stroke === 'none' ? fill : stroke));
        const other = luminance(background);
        return (Math.max(own, other) + 0.05) / (Math.min(own, other) + 0.05);
      });
    });
}

/** Answers each invocation with a report of the next duration. */
function answerWithReports(first = 0): void {
  let at = first;
  connected.services.answer('Invoke', (response) => {
    const ms = DURATIONS[at] ?? 60;
    const init = at === 0 ? '\tInit Duration: 208.10 ms' : '';
    const requestId = `request-${at++}`;
    const log = `REPORT RequestId: ${requestId}\tDuration: ${ms} ms\tBilled Duration: 100 ms\tMemory Size: 128 MB\tMax Memory Used: 43 MB${init}\n`;
    response.writeHead(200, {
      'x-amzn-requestid': requestId,
      'x-amz-log-result': Buffer.from(log).toString('base64'),
    });
    response.end('{}');
  });
}

/** Selects the page with statistics among two visible ones. */
async function selectPage(): Promise<void> {
  await expect
    .poll(async () => {
      for (const at of [0, 1]) {
        if ((await window.form(at).locator('figure').count()) === 0) continue;
        nth = at;
        return true;
      }
      return false;
    })
    .toBe(true);
}

/** Invokes in the form, and waits until the invocation is in the history. */
async function invoke(form: FormPage, FunctionName: string): Promise<void> {
  const before = await window.history.row(FunctionName).count();
  await form.field('FunctionName').fill(FunctionName);
  await form.invoke.click();
  await expect.poll(() => window.history.row(FunctionName).count()).toBe(before + 1);
}

describe('statistics', () => {
  beforeAll(async () => {
    await window.selectProfile('keys');
    await window.presets.open();
    answerWithReports();
  });

  afterAll(async () => {
    connected.services.answer('Invoke', undefined);
    await window.selectTheme('Dark Modern');
    await window.command('View: Show Explorer');
  });

  test('the details of a result show its GB-seconds with their formula and a link to the prices', async () => {
    const form = await window.openForm();
    await form.typePayload('');
    await invoke(form, NAME);
    const details = await form.openDetails();
    await expectText(details.locator('.fact').filter({ hasText: 'GB-seconds' }), '0.0125 GB-s = 100 ms × 128 MB');
    const link = details.getByRole('link', { name: 'AWS Lambda Pricing' });
    expect(await link.getAttribute('href')).toBe('https://aws.amazon.com/lambda/pricing/');
  });

  test('a result of a local function has no GB-seconds', async () => {
    await window.selectProfile('Local');
    const form = await window.openForm();
    await form.typePayload('{}');
    await invoke(form, 'hello');
    const details = await form.openDetails();
    await expectText(details, /Billed duration/);
    expect(await details.textContent()).not.toContain('GB-s');
    await window.selectProfile('keys');
  });

  test('a result of a function on managed instances explains how they are billed', async () => {
    const refusal = 'Tail logs are not supported for functions configured with capacity provider';
    connected.services.answer('Invoke', (response, request) => {
      if (request.headers['x-amz-log-type'] === undefined) return response.writeHead(200).end('{}');
      return denies(400, 'InvalidParameterValueException', refusal)(response, request);
    });
    const form = await window.openForm();
    await form.typePayload('');
    await invoke(form, 'instances');
    const details = await form.openDetails();
    await expectText(details, /Managed instances are billed by EC2 instance, not by GB-seconds\./);
    answerWithReports(1);
  });

  test('are opened from a result, and show the values while there are only a few', async () => {
    const form = await window.openForm();
    await form.typePayload('');
    await invoke(form, NAME);
    const details = await form.openDetails();
    await details.getByRole('button', { name: 'Show Statistics' }).click();
    await expectText(heading(), NAME);
    await expectText(page().locator('header .note'), /^keys · eu-west-1/);
    await expect.poll(() => cells('All')).toEqual(['2', '10 ms, 90 ms']);
    expect(await cells('Cold start')).toEqual(['1', '90 ms']);
    expect(await cells('Init (cold start)')).toEqual(['1', '208 ms']);
    expect(await page().locator('.percentile').count()).toBe(0);
  });

  test('Esc closes them and returns to the form, where the menu of the function opens them again', async () => {
    const form = await window.openForm();
    await form.field('FunctionName').fill(NAME);
    await form.chooseFunctionAction('statistics');
    await expectText(heading(), NAME);
    await tab().and(window.page.locator('.active')).waitFor();
    await heading().click();
    await press('Escape');
    await tab().waitFor({ state: 'detached' });
    await expect.poll(() => new FormPage(window.form()).field('FunctionName').inputValue()).toBe(NAME);
  });

  test('show percentiles, cold starts and a picture, and follow the history', async () => {
    const form = await window.openForm();
    await form.typePayload('');
    await invoke(form, NAME);
    await invoke(form, NAME);
    await invoke(form, NAME);
    await window.closeEditors();
    await window.history.focus(NAME);
    await chooseMenuWithKeyboard(window.page, 'Show Statistics');
    await expectText(fact('Invocations'), '5');
    await expect.poll(() => cells('All')).toEqual(['5', '10 ms', '30 ms', '90 ms', '90 ms', '90 ms']);
    // The form with the result opens in the other group.
    await window.command('View: Move Editor into Right Group');
    await window.history.focus(NAME);
    await press('Control+Enter');
    await window.history.row(NAME).nth(5).waitFor();
    await selectPage();
    await expectText(fact('Invocations'), '6');
    await expect.poll(() => cells('All')).toEqual(['6', '10 ms', '30 ms', '90 ms', '90 ms', '90 ms']);
    expect(await cells('Warm start')).toEqual(['5', '10 ms', '30 ms', '50 ms', '50 ms', '50 ms']);
    expect([await marks('warm').count(), await marks('cold').count()]).toEqual([5, 1]);
    await expectText(page().locator('.picture text').filter({ hasText: 'p50' }), 'p50 30 ms');
    const name = 'Invocations: 6, cold starts: 1, function errors: 0, p50: 30 ms, p90: 90 ms, p99: 90 ms';
    await page().getByRole('img', { name }).waitFor();
    nth = 0;
  });

  test('list all invocations in a table, the newest first, with the keyboard only', async () => {
    await window.history.focus(NAME);
    await chooseMenuWithKeyboard(window.page, 'Show Statistics');
    await page().getByText('All Invocations').focus();
    await press('Enter');
    const durations = page().locator('details tbody tr td:nth-of-type(1)');
    await expect
      .poll(() => durations.allTextContents())
      .toEqual(['40 ms', '50 ms', '20 ms', '30 ms', '10 ms', '90 ms']);
  });

  test('show the selected number of invocations, also after another tab was shown', async () => {
    await window.history.focus(NAME);
    await chooseMenuWithKeyboard(window.page, 'Show Statistics');
    const choice = () => page().getByRole('combobox', { name: 'Invocations' });
    await expect.poll(() => choice().inputValue()).toBe('100');
    await choice().selectOption({ label: 'Last 20' });
    await window.command('Lambda Invoke: New Form');
    await new FormPage(window.form()).invoke.waitFor();
    await tab().click();
    await expect.poll(() => choice().inputValue()).toBe('20');
    await expectText(fact('Invocations'), '6');
  });

  test('are opened for a function of the workspace, and from the Command Palette', async () => {
    await window.functions.focus('hello');
    await chooseMenuWithKeyboard(window.page, 'Show Statistics');
    await expectText(heading(), 'hello');
    await expectText(page().locator('header .note'), 'Local');
    await expectText(fact('Invocations'), /^[1-9]/);
    await window.command('Lambda Invoke: Show Statistics');
    await window.quickPick.pick(NAME);
    await expectText(heading(), NAME);
  });

  test('have no accessibility violations and clear marks in any theme', async () => {
    await window.history.focus(NAME);
    await chooseMenuWithKeyboard(window.page, 'Show Statistics');
    await expectText(fact('Invocations'), '6');
    for (const [theme, kind] of THEMES) {
      await window.selectTheme(theme);
      await page().locator(`body.${kind}`).waitFor();
      expect(await violations(window, 'main > figure'), theme).toEqual([]);
      const shown = await contrasts();
      expect(shown).toHaveLength(3);
      expect(Math.min(...shown), theme).toBeGreaterThanOrEqual(3);
    }
  });
});
