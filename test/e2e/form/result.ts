import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectText } from '../../support/expectText.ts';
import type { FormPage } from '../../support/formPage.ts';
import { answers } from '../../support/lambdaServer.ts';
import { formFrame } from '../../support/violations.ts';
import { openGate, WAITS } from '../../support/waitingFunction.ts';
import { selectLocal, selectLoopback } from './steps.ts';
import { server, window } from './window.ts';

/** A picture of one pixel. */
const PIXEL = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

async function formFor(FunctionName: string): Promise<FormPage> {
  const form = await window.openForm();
  await form.field('FunctionName').fill(FunctionName);
  return form;
}

describe('an HTTP response', () => {
  beforeAll(selectLoopback);

  afterAll(selectLocal);

  const invokeWith = async (form: FormPage, value: unknown) => {
    server.behave(answers({ body: JSON.stringify(value) }));
    await form.invoke.click();
  };

  test('is preselected, with its status, body, headers and cookies', async () => {
    const form = await formFor('orders-api');
    await invokeWith(form, {
      body: '{"code":"E_STOCK"}',
      headers: { 'content-type': 'application/json', 'x-id': '7' },
      cookies: ['session=abc; Secure'],
      statusCode: 422,
    });
    await expectText(form.headline, /Returned HTTP 422.*Lambda 200/);
    await expect.poll(() => form.headline.getAttribute('class')).toContain('warning');
    await expectText(form.byId('result-status'), 'Returned HTTP 422, Lambda 200');
    // The dots between the parts of the connection aren't in the names.
    await form.byRole('button', { name: 'eu-west-1', exact: true }).waitFor();
    await expectText(form.tab('http'), 'HTTP 422');
    await expect.poll(() => form.tab('http').getAttribute('aria-selected')).toBe('true');
    await expectText(form.byId('http-head'), /422Unprocessable Content · application\/json · 18 bytes/);
    await expectText(form.httpBody, '"code": "E_STOCK"');
    await form.byId('http-head').getByText('2 headers').click();
    await form.byId('http-head').getByText('x-id').waitFor();
    await form.byId('http-head').getByText('1 cookie').click();
    await form.byId('http-head').getByText('abc; Secure').waitFor();
    await expectText(form.response, '"statusCode": 422');
  });

  test('with status 5xx is an error, and the selected tab is remembered for HTTP responses only', async () => {
    const form = await formFor('orders-api');
    await invokeWith(form, { statusCode: 500, body: '<h1>no</h1>', headers: { 'content-type': 'text/html' } });
    await expectText(form.headline, 'Returned HTTP 500');
    await expect.poll(() => form.headline.getAttribute('class')).toContain('error');
    await expectText(form.httpBody, '<h1>no</h1>');
    await form.tab('response').click();
    await invokeWith(form, { statusCode: 200, body: 'fine' });
    await expectText(form.headline, 'Returned HTTP 200');
    await expect.poll(() => form.tab('response').getAttribute('aria-selected')).toBe('true');
    await form.tab('response').press('ArrowLeft');
    await expect.poll(() => form.tab('http').getAttribute('aria-selected')).toBe('true');
    await invokeWith(form, { statusCode: 'none' });
    await expectText(form.headline, /Succeeded.*Lambda 200/);
    await expect.poll(() => form.tab('http').isVisible()).toBe(false);
    await expect.poll(() => form.tab('response').getAttribute('aria-selected')).toBe('true');
  });

  test('with an image shows it', async () => {
    const form = await formFor('pictures');
    await invokeWith(form, {
      statusCode: 200,
      headers: { 'Content-Type': 'image/gif' },
      isBase64Encoded: true,
      body: PIXEL,
    });
    await expectText(form.byId('http'), 'image/gif · 1 × 1 pixels');
  });

  test('frames of the runtime are folded, and type and message are shown once', async () => {
    const trace = [
      'StockError: none left',
      '    at handler (/var/task/src/app.mjs:15:31)',
      '    at Runtime.handleOnce (file:///var/runtime/index.mjs:1173:29)',
      '    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)',
    ];
    server.behave(
      answers({
        headers: { 'x-amz-function-error': 'Unhandled' },
        body: JSON.stringify({ errorType: 'StockError', errorMessage: 'none left', trace }),
      }),
    );
    const form = await formFor('orders');
    await form.invoke.click();
    await expectText(form.headline, 'Function error');
    const failure = form.byId('failure');
    await expectText(failure, /StockErrornone left.*at handler/);
    expect(await failure.getByText('none left').count()).toBe(1);
    expect(await failure.getByText('Runtime.handleOnce').isVisible()).toBe(false);
    await failure.getByText('2 runtime frames').click();
    await failure.getByText('Runtime.handleOnce').waitFor();
    await form.tab('response').click();
    await expectText(form.response, '"errorType": "StockError"');
  });
});

test('the previous response stays, dimmed, while the next invocation runs', async () => {
  const form = await formFor('hello');
  await form.invoke.click();
  await expectText(form.response, 'Hello, world!');
  await form.field('FunctionName').fill(WAITS);
  await form.typePayload('{ "gate": "dimmed" }');
  await form.invoke.click();
  await form.byId('stop-waiting').waitFor();
  const main = form.byId('result-main');
  await expect.poll(() => main.getAttribute('aria-busy')).toBe('true');
  expect(await main.locator('#response-text').textContent()).toContain('Hello, world!');
  expect(await form.outcome.getByRole('progressbar', { name: 'Elapsed time' }).count()).toBe(1);
  await openGate(window, 'dimmed');
  await expectText(form.headline, /Succeeded/);
  await expect.poll(() => main.getAttribute('aria-busy')).toBeNull();
});

test('the height of the log changes with the arrow keys and is remembered; a low pane has a Log tab', async () => {
  const form = await formFor('hello');
  await form.invoke.click();
  await expectText(form.log, 'greeting');
  const height = () => form.byId('log').evaluate((element) => (element as HTMLElement).offsetHeight);
  const splitter = form.byId('splitter');
  const before = await height();
  await splitter.press('ArrowDown');
  await expect.poll(height).toBe(before - 24);
  expect(await splitter.getAttribute('aria-valuenow')).toBe(String(before - 24));
  await form.invoke.click();
  await expectText(form.headline, /Succeeded/);
  await expect.poll(height).toBe(before - 24);
  const frame = await formFrame(window);
  await frame.evaluate(() => document.documentElement.style.setProperty('--result-height', '320px'));
  await form.tab('log').click();
  await expect.poll(() => form.byId('log').getAttribute('role')).toBe('tabpanel');
  await expect.poll(() => splitter.isVisible()).toBe(false);
  await frame.evaluate(() => document.documentElement.style.removeProperty('--result-height'));
  await expect.poll(() => form.tab('log').isVisible()).toBe(false);
  await expect.poll(height).toBe(before - 24);
});

test('older and newer results of the form are shown again, with the payload that was sent', async () => {
  const form = await formFor('hello');
  for (const name of ['First', 'Second']) {
    await form.typePayload(JSON.stringify({ name }));
    await form.invoke.click();
    await expectText(form.response, `Hello, ${name}!`);
  }
  await expectText(form.byId('result-position'), '2 of 2');
  expect(await form.byId('newer').getAttribute('aria-disabled')).toBe('true');
  await form.byId('older').click();
  await expectText(form.byId('result-position'), '1 of 2');
  await expectText(form.response, 'Hello, First!');
  await expectText(await form.openDetails(), '"name": "First"');
  await form.byId('newer').click();
  await expectText(form.response, 'Hello, Second!');
  await form.byId('repeat').click();
  await expectText(form.byId('result-position'), '3 of 3');
  await expectText(form.response, 'Hello, Second!');
});
