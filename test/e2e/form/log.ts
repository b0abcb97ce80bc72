import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FormPage } from '../../support/formPage.ts';
import { expectText } from '../../support/expectText.ts';
import { answers } from '../../support/lambdaServer.ts';
import { violations } from '../../support/violations.ts';
import { selectLocal, selectLoopback } from './steps.ts';
import { server, window } from './window.ts';

const REQUEST_ID = '8c360c87-d4b7-4423-b5f3-af02be3c1763';
const at = (ms: number) => `2024-05-01T12:00:00.${String(ms).padStart(3, '0')}Z`;

const LOG = [
  `START RequestId: ${REQUEST_ID} Version: 7`,
  `${at(1)}\t${REQUEST_ID}\tINFO\torder received {"orderId":"o-4711"}`,
  `{"timestamp":"${at(9)}","level":"WARN","requestId":"${REQUEST_ID}","message":"stock low","left":9007199254740993,"warehouse":{"id":"EU-3"}}`,
  `${at(13)}\t${REQUEST_ID}\tERROR\tStockError: sold out\r    at reserve (/var/task/src/stock.js:31:9)`,
  `END RequestId: ${REQUEST_ID}`,
  `REPORT RequestId: ${REQUEST_ID}\tDuration: 25.31 ms\tBilled Duration: 26 ms\tMemory Size: 256 MB`,
].join('\n');

async function invoke(FunctionName: string): Promise<FormPage> {
  const form = await window.openForm();
  await form.field('FunctionName').fill(FunctionName);
  await form.invoke.click();
  return form;
}

const rowsOf = (form: FormPage) => form.log.getByRole('treeitem');
const rowOf = (form: FormPage, text: string): Locator => rowsOf(form).filter({ hasText: text });

/** The levels and messages of the rows. */
const namesOf = (form: FormPage) => form.log.locator('.log-level, .log-message').allTextContents();

describe('the log of a deployed function', () => {
  let form: FormPage;

  beforeAll(async () => {
    await selectLoopback();
    const headers = { 'x-amz-log-result': Buffer.from(LOG).toString('base64') };
    server.behave(answers({ headers, body: '{}' }));
  });

  afterAll(selectLocal);

  test('has a row per entry, without the lines of the platform', async () => {
    form = await invoke('orders');
    await expect
      .poll(() => namesOf(form))
      .toEqual([
        'INFO',
        'order receivedorderId=o-4711',
        'WARN',
        'stock lowleft=9007199254740993 warehouse={…}',
        'ERROR',
        'StockError: sold out',
      ]);
    await expectText(form.byId('log-count'), '3 entries');
    // The duration in the header is announced, not the total time.
    await expectText(form.headline, '25 ms');
    await expectText(form.byId('result-status'), /^Succeeded, Lambda 200, 25 ms$/);
    await expect.poll(() => rowOf(form, 'stock low').locator('.log-time').textContent()).toBe('+8 ms');
    await expect
      .poll(() => rowOf(form, 'stock low').locator('.log-line').getAttribute('title'))
      .toBe(`${at(9)} · ${REQUEST_ID}`);
  });

  test('the fields and the stack trace of an entry are shown in place, with mouse and keyboard', async () => {
    form = await invoke('orders');
    await rowOf(form, 'stock low').click();
    await expectText(form.log.locator('.log-fields').first(), /left9007199254740993warehouse \{1\}idEU-3/);
    const { keyboard } = window.page;
    await rowOf(form, 'stock low').focus();
    await keyboard.press('ArrowDown');
    await expect.poll(() => rowOf(form, 'sold out').getAttribute('aria-expanded')).toBe('false');
    await keyboard.press('Enter');
    await expect.poll(() => rowOf(form, 'sold out').getAttribute('aria-expanded')).toBe('true');
    await expectText(form.log.locator('.log-lines'), '    at reserve (/var/task/src/stock.js:31:9)');
    const outlines = rowOf(form, 'sold out').evaluate((row) =>
      [row, ...row.querySelectorAll('.log-line')].map((element) => getComputedStyle(element).outlineStyle),
    );
    expect(await outlines).toEqual(['none', 'solid']);
    expect(await violations(window)).toEqual([]);
    await keyboard.press('ArrowLeft');
    await expect.poll(() => form.log.locator('.log-lines').count()).toBe(0);
    await keyboard.press('Home');
    const focused = () => rowsOf(form).evaluateAll((rows) => rows.findIndex((row) => row === document.activeElement));
    await expect.poll(focused).toBe(0);
    await keyboard.press('End');
    await expect.poll(focused).toBe(2);
  });

  test('levels and a text filter the entries, and matches are highlighted', async () => {
    form = await invoke('orders');
    await rowOf(form, 'sold out').focus();
    const warnings = form.byId('log').getByRole('button', { name: 'WARN 1' });
    await warnings.click();
    await expectText(form.byId('log-count'), '1 of 3 entries');
    await expect.poll(() => warnings.getAttribute('aria-pressed')).toBe('true');
    await warnings.click();
    await rowOf(form, 'sold out').focus();
    await window.page.keyboard.press('Control+f');
    await window.page.keyboard.type('STOCK');
    await expectText(form.byId('log-count'), '2 of 3 entries');
    await expectText(form.byId('log').getByRole('status').last(), '2 of 3 entries');
    await expect.poll(() => form.log.locator('mark').allTextContents()).toEqual(['stock', 'Stock']);
    await window.page.keyboard.type('x');
    await expectText(form.byId('log'), 'No matching entries.');
    await window.page.keyboard.press('Escape');
    await expectText(form.byId('log-count'), '3 entries');
  });

  test('lines of the platform are shown with a switch, which the form remembers', async () => {
    form = await invoke('orders');
    const platform = form.byId('log').getByRole('switch', { name: 'Platform 3' });
    await platform.click();
    await expectText(form.log, /STARTVersion: 7.*REPORTDuration: 25.31 ms · Billed Duration: 26 ms/);
    await form.invoke.click();
    await expectText(form.headline, /Succeeded.*Lambda 200/);
    await expectText(form.log, 'STARTVersion: 7');
    await window.command('File: New Untitled Text File');
    await window.page.locator('.tab').filter({ hasText: 'Invoke orders' }).click();
    await expectText(form.log, 'STARTVersion: 7');
  });

  test('the log is copied as Lambda returned it', async () => {
    form = await invoke('orders');
    await form.byId('log').getByRole('button', { name: 'Copy Log' }).click();
    const copied = () => window.page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(copied).toBe(LOG);
  });
});

describe('the log of a local function', () => {
  /** The log of a cold start also has a line if the function's version of Node.js isn't the local one. */
  const COUNT = /^20[01] entries$/;

  test('is complete, also of a warm process, and so is its copy', async () => {
    const form = await invoke('chatty');
    await expectText(form.byId('log-count'), COUNT);
    await expectText(form.log, 'line 1 of 200');
    await form.invoke.click();
    await expectText(form.headline, /Succeeded.*Lambda 200/);
    await expectText(form.byId('log-count'), '200 entries');
    await form.byId('log').getByRole('button', { name: 'Copy Log' }).click();
    const copied = () => window.page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(copied).toMatch(/^START RequestId: .*line 1 of 200.*line 200 of 200.*REPORT RequestId: /s);
  });

  test('only its visible rows are in the page, and the keys reach all of them', async () => {
    const form = await invoke('chatty');
    await expectText(form.byId('log-count'), COUNT);
    expect(await rowsOf(form).count()).toBeLessThan(120);
    await rowOf(form, 'line 1 of 200').focus();
    await window.page.keyboard.press('End');
    await expectText(form.log, 'line 200 of 200');
    const { name, position } = await form.log.locator(':focus').evaluate((row) => ({
      name: row.textContent,
      position: [row.ariaPosInSet, row.ariaSetSize],
    }));
    expect(name).toContain('line 200 of 200');
    expect(position).toEqual(['200', '200']);
  });

  test('a stack frame opens its file', async () => {
    const form = await invoke('throws');
    await expectText(form.headline, 'Function error');
    await rowOf(form, 'Invoke Error').click();
    await form.log.locator('.link').first().click();
    await window.page.locator('.tab.active').filter({ hasText: 'throws.js' }).waitFor();
  });

  test('a log that wasn’t requested is labeled', async () => {
    const form = await window.openForm();
    await form.field('FunctionName').fill('hello');
    await form.choose('LogType', 'None');
    await form.invoke.click();
    await expectText(form.headline, /Succeeded.*Lambda 200/);
    await expectText(form.byId('log-state'), 'Not requested');
  });
});
