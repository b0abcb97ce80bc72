import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectText } from '../../support/expectText.ts';
import { FormPage } from '../../support/formPage.ts';
import { writtenFiles } from '../../support/writtenFiles.ts';
import { chooseMenuWithKeyboard } from '../../support/window/menu.ts';
import { connected, window } from './window.ts';

const SECRET = 'only-in-the-response-4711';

const page = () => window.page;
const press = (key: string) => page().keyboard.press(key);
const invocations = () => connected.services.requestsOf('Invoke');
const comparison = () => page().locator('.multiDiffEditor');
const tab = (title: string | RegExp) => page().locator('.tabs-container .tab').filter({ hasText: title });
const titleButton = (name: string) => page().locator('.editor-actions').getByRole('button', { name });

/** The left or the right side of a comparison, or both. */
type Side = '.original' | '.modified' | '';

const line = (text: string | RegExp, side: Side = '') =>
  comparison().locator(`.editor${side} .view-line`).filter({ hasText: text });

/** The lines of a figure at the left and at the right. The editor shows no-break spaces. */
function figure(label: string, value: string, side?: Side) {
  return line(new RegExp(`^${label}: +${value}$`.replaceAll(' ', String.raw`\s`)), side);
}

async function invoke(FunctionName: string, payload: string): Promise<FormPage> {
  const form = await window.openForm();
  await form.field('FunctionName').fill(FunctionName);
  await form.typePayload(payload);
  await form.invoke.click();
  await form.headline.waitFor();
  return form;
}

/** Answers with the next response for each invocation. */
function answerInTurn(...bodies: readonly string[]): void {
  let at = 0;
  connected.services.answer('Invoke', (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'x-amzn-requestid': `request-${at}` });
    response.end(bodies[Math.min(at++, bodies.length - 1)]);
  });
}

/** Chooses an item in the context menu of the focused row with the keyboard. */
const chooseInMenu = (title: string) => chooseMenuWithKeyboard(window.page, title);

/**
 * Invokes twice with responses that differ in the order of keys, in an ID, and in a space. Without another size, VS Code
 * could hide the figures above it, which are the same.
 */
async function invokeTwice(): Promise<void> {
  answerInTurn(`{"secret":"${SECRET}","id":9007199254740993}`, `{"id":9007199254740994, "secret":"${SECRET}"}`);
  await invoke('compared', '{"n":1}');
  await window.history.row('compared').first().waitFor();
  await invoke('compared', '{"n":1}');
  await expect.poll(() => window.history.row('compared').count()).toBeGreaterThanOrEqual(2);
}

describe('comparing', () => {
  beforeAll(async () => {
    await window.selectProfile('keys');
    await window.presets.open();
  });

  afterAll(async () => {
    connected.services.answer('Invoke', undefined);
    await window.command('View: Show Explorer');
  });

  test('two invocations of the history are selected and compared with the keyboard only', async () => {
    await invokeTwice();
    await window.closeEditors();
    await window.history.focus('compared');
    await press('Shift+ArrowDown');
    await chooseInMenu('Compare Selected');
    await tab(/^compared: .* ↔ .*\(4 files\)$/).waitFor();
    await figure('Response', 'Different').first().waitFor();
    await expect.poll(() => figure('Request', 'Identical').count()).toBe(2);
    // All digits of both IDs, the older one at the left.
    await line('9007199254740993', '.original').waitFor();
    await line('9007199254740994', '.modified').waitFor();
  });

  test('the buttons of the editor sort keys, hide IDs, and ignore paths, also in the next comparison', async () => {
    await window.history.focus('compared');
    await press('Shift+ArrowDown');
    await chooseInMenu('Compare Selected');
    await titleButton('Sort Keys').click();
    await titleButton('Restore Key Order').waitFor();
    await figure('Response', 'Different').first().waitFor(); // the ID
    await titleButton('Ignore Paths…').click();
    await window.quickPick.filter('id');
    await press('Enter');
    await window.quickPick.row('Ignored').waitFor();
    await press('Escape');
    await expect.poll(() => figure('Response', 'Identical as shown').count()).toBe(2);
    await titleButton('Hide Times and IDs').click();
    await titleButton('Show Times and IDs').waitFor();
    await expect.poll(() => figure('Request ID', '.*').count()).toBe(0);
    await window.closeEditors();
    await window.history.focus('compared');
    await chooseInMenu('Select for Compare');
    await page().locator('.statusbar').getByText('Selected compared for comparison.').waitFor();
    await press('ArrowDown');
    await chooseInMenu('Compare with Selected');
    await expect.poll(() => figure('Response', 'Identical as shown').count()).toBe(2);
    await titleButton('Restore Key Order').waitFor();
    for (const name of ['Restore Key Order', 'Show Times and IDs']) await titleButton(name).click();
    await titleButton('Sort Keys').waitFor();
  });

  test('a result of a form is compared with the previous one, and with an entry of the history', async () => {
    await invokeTwice();
    const form = new FormPage(window.form());
    await form.byId('result-more').click();
    await form.byRole('menuitem', { name: 'Compare with Previous Result' }).click();
    await tab(/^compared: .*\(4 files\)$/).waitFor();
    await figure('Left', 'compared · keys.*').waitFor();
    await figure('Right', 'compared · keys.*').waitFor();
    await figure('Request ID', 'request-0', '.original').waitFor();
    await figure('Request ID', 'request-1', '.modified').waitFor();
    // The ID is ignored since the test before.
    await expect.poll(() => figure('Response', 'Identical as shown').count()).toBe(2);
    await invoke('other', '');
    await form.byId('result-more').click();
    await form.byRole('menuitem', { name: 'Compare with History Entry…' }).click();
    await window.quickPick.pick('compared');
    await tab(/^compared ↔ other \(4 files\)$/).waitFor();
    await figure('Right', 'other · keys.*').waitFor();
    await window.command('Lambda Invoke: Swap Left and Right Side');
    await tab(/^other ↔ compared \(4 files\)$/).waitFor();
    await figure('Right', 'compared · keys.*').waitFor();
    await window.closeEditors();
    await invoke('current', '');
    await window.history.row('compared').first().click({ button: 'right' }); // a click would show it in the form
    await window.chooseMenu('Compare with Current Result');
    await tab(/^compared ↔ current \(4 files\)$/).waitFor();
    await figure('Right', 'current · keys.*').waitFor();
  });

  test('a form, and then its entry in the history, is invoked on two targets, once on each', async () => {
    const form = await window.openForm();
    await form.field('FunctionName').fill('targets');
    await form.typePayload('{"same":1}');
    connected.services.clearRequests();
    await window.command('Lambda Invoke: Invoke on Two Targets…');
    await window.quickPick.acceptActive('targets');
    await expectText(page().locator('.quick-input-title'), 'Invoke on Two Targets (2 of 2)');
    await window.quickPick.pick('Version or Alias…');
    await window.quickPick.pick('live');
    await window.quickPick.pick('Region…');
    await window.quickPick.pick('us-east-1');
    await window.quickPick.acceptActive('targets:live');
    await tab(/^targets \(keys · eu-west-1.*\) ↔ targets:live \(keys · us-east-1.*\) \(4 files\)$/).waitFor();
    const sent = invocations().map(({ url, region, body }) => [url.searchParams.get('Qualifier'), region, body]);
    await figure('Response', 'Identical').first().waitFor();
    expect(sent).toHaveLength(2);
    expect(sent).toContainEqual([null, 'eu-west-1', '{"same":1}']);
    expect(sent).toContainEqual(['live', 'us-east-1', '{"same":1}']);
    connected.services.clearRequests();
    await window.history.focus('targets');
    await chooseInMenu('Invoke on Two Targets…');
    await window.quickPick.acceptActive('targets (keys) ↔ targets:live (keys · us-east-1)');
    await expect.poll(() => invocations().map(({ body }) => body)).toEqual(['{"same":1}', '{"same":1}']);
    await figure('Response', 'Identical').first().waitFor();
  });

  test('two targets are confirmed once if one of them is protected, and nothing is sent without', async () => {
    connected.services.clearRequests();
    const form = await window.openForm();
    await form.field('FunctionName').fill('guarded-orders');
    const question = /Invoke guarded-orders on keys.*, and guarded-orders on prod.*\?/;
    await form.chooseAction('invoke-on-two-targets');
    await window.quickPick.acceptActive('guarded-orders');
    await window.quickPick.pick('Profile…');
    await window.quickPick.pick('prod');
    await window.quickPick.acceptActive('guarded-orders');
    await expectText(connected.dialog, question);
    await press('Escape');
    await window.notification('Canceled. Nothing was sent.').waitFor();
    expect(invocations()).toEqual([]);
    // The next time with one choice.
    await form.chooseAction('invoke-on-two-targets');
    await window.quickPick.acceptActive('guarded-orders (keys) ↔ guarded-orders (prod)');
    await expectText(connected.dialog, question);
    await connected.dialog.getByRole('button', { name: 'Invoke', exact: true }).click();
    await tab(/^guarded-orders \(keys.*\) ↔ guarded-orders \(prod.*\)/).waitFor();
    await figure('Response', 'Identical').first().waitFor();
    expect(await connected.dialog.count()).toBe(0);
    expect(invocations()).toHaveLength(2);
  });

  test('both targets get the payload that was confirmed, also if its file changes meanwhile', async () => {
    connected.services.clearRequests();
    await window.writeFile('events/confirmed.json', '{"is":"confirmed"}');
    const form = await window.openForm();
    await form.field('FunctionName').fill('guarded-orders');
    await form.chooseFile();
    await window.quickPick.chooseFile(join(window.workspace, 'events/confirmed.json'));
    await expectText(form.file, /confirmed\.json.*valid JSON/s);
    await form.chooseAction('invoke-on-two-targets');
    await window.quickPick.acceptActive('guarded-orders (keys) ↔ guarded-orders (prod)');
    await connected.dialog.waitFor();
    await window.writeFile('events/confirmed.json', '{"is":"changed"}');
    await connected.dialog.getByRole('button', { name: 'Invoke', exact: true }).click();
    await expect.poll(() => invocations().map(({ body }) => body)).toEqual(Array(2).fill('{"is":"confirmed"}'));
    await figure('Request', 'Identical').first().waitFor(); // an editor that opens later would close a prompt
  });

  test('Cancel stops waiting for both targets', async () => {
    const waiting: ServerResponse[] = [];
    connected.services.answer('Invoke', (response) => waiting.push(response));
    const form = await window.openForm();
    await form.field('FunctionName').fill('waiting');
    await form.chooseAction('invoke-on-two-targets');
    await window.quickPick.acceptActive('waiting');
    // Enter alone doesn't invoke a function twice.
    await window.quickPick.row('Same as the first target').waitFor();
    await expectText(window.quickPick.activeRow, 'Version or Alias…');
    await window.quickPick.pick('waiting');
    await expect.poll(() => waiting.length).toBe(2);
    const progress = window.notification('Invoking waiting on two targets');
    await progress.hover();
    await progress.getByRole('button', { name: 'Cancel' }).click();
    await window.notification('Stopped waiting.').waitFor();
    for (const response of waiting) response.end('{}');
    connected.services.answer('Invoke', undefined);
    await expect.poll(() => window.history.row('waiting').count()).toBe(2);
    await expect
      .poll(() => window.history.row('waiting').first().getAttribute('aria-label'))
      .toMatch(/^waiting, Stopped/);
  });

  test('a reloaded window shows the comparison again, without the responses, which were never written', async () => {
    await invokeTwice(); // the others may be out of view
    await window.closeEditors();
    await window.history.focus('compared');
    await press('Shift+ArrowDown');
    await chooseInMenu('Compare Selected');
    await figure('Response', '(?:Identical as shown|Different)').first().waitFor();
    await window.command('View: Show Explorer');
    await window.reload();
    await expect.poll(() => figure('Response', "Can't be compared").count()).toBe(2);
    await titleButton('Ignore Paths…').waitFor();
    for (const [path, text] of await writtenFiles(window.userData)) expect(text.includes(SECRET), path).toBe(false);
  });
});
