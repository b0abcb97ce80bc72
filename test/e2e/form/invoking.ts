import { describe, expect, test } from 'vitest';
import { FormPage } from '../../support/formPage.ts';
import { expectText } from '../../support/expectText.ts';
import { openGate, WAITS } from '../../support/waitingFunction.ts';
import { window } from './window.ts';

describe('Command Palette → form → local function → result', () => {
  test('every part of the result is shown', async () => {
    const form = await window.openForm();
    await expectText(form.connection, 'Local');
    await form.field('FunctionName').fill('hello');
    await form.typePayload('{ "name": "Grace" }');
    await form.field('Payload').press('Control+Enter');
    await expectText(form.headline, /Succeeded.*Lambda 200/);
    await expectText(form.response, '"message": "Hello, Grace!"');
    await expectText(form.log, 'greeting Grace');
    const details = (await (await form.openDetails()).textContent()) ?? '';
    for (const fact of ['Total time', 'Duration', 'Memory', 'Executed version$LATEST', 'Request ID', 'Trace ID']) {
      expect(details).toContain(fact);
    }
    expect(await window.page.locator('.tab.active').textContent()).toContain('Invoke hello');
  });

  test('two clicks start one invocation, and Stop Waiting says that the function keeps running', async () => {
    const form = await window.openForm();
    await form.field('FunctionName').fill('slow');
    await form.typePayload('{ "seconds": 2 }');
    const lines = async () => (await window.outputChannel()).split(' slow RequestResponse Local →').length - 1;
    const before = await lines();
    await form.invoke.dblclick();
    await form.field('Payload').press('Control+Enter');
    await expectText(form.headline, /Running\s*\d+\.\d s/);
    await form.field('Payload').press('Control+Enter');
    await expectText(form.headline, /Succeeded.*Lambda 200/);
    // The Output channel gets a line when an invocation ends, and earlier invocations end before this one.
    await form.fillPayload('{ "seconds": 4 }');
    await form.invoke.click();
    await expectText(form.response, '"slept": 4');
    await expect.poll(lines).toBeGreaterThanOrEqual(before + 2);
    expect(await lines()).toBe(before + 2);
    await form.fillPayload('{ "seconds": 8 }');
    await form.invoke.click();
    await expectText(form.headline, /Running\s*\d+\.\d s/);
    expect(await form.outcome.textContent()).toContain("Stopping doesn't cancel the function.");
    await form.byId('stop-waiting').click();
    await expectText(form.outcome, 'Stopped waiting. The function keeps running until it finishes or times out.');
  });

  test('a function error shows type, message and stack', async () => {
    const form = await window.openForm();
    await form.field('FunctionName').fill('throws');
    await form.typePayload('{ "reason": "out of stock" }');
    await form.invoke.click();
    await expectText(form.headline, /Function error.*Lambda 200 Unhandled/);
    const outcome = (await form.outcome.textContent()) ?? '';
    expect(outcome).toContain('OrderRejected');
    expect(outcome).toContain('The order was rejected: out of stock');
    expect(outcome).toMatch(/at .*throws\.js/);
  });

  test('the error of an unknown function suggests one with a similar name', async () => {
    const form = await window.openForm();
    await form.field('FunctionName').fill('helo');
    await form.invoke.click();
    await expectText(form.outcome, 'No function "helo" in this workspace. Did you mean hello?');
  });

  test('problems are shown next to their fields, and nothing is sent', async () => {
    const form = await window.openForm();
    await form.typePayload('{ "a": }');
    await expectText(form.problem('Payload'), "The payload isn't valid JSON (line 1, column 8).");
    await form.invoke.click();
    await expectText(form.problem('FunctionName'), 'Enter a function name or ARN.');
    await form.field('FunctionName').fill('two words');
    await expectText(form.problem('FunctionName'), 'Invalid function name or ARN.');
    await (await form.option('ClientContext')).fill('[]');
    await expectText(form.problem('ClientContext'), 'ClientContext must be a JSON object');
    await form.choose('InvocationType', 'Event');
    await expectText(form.byId('options-note'), 'Not sent with Event: Log, Client context, Response mode');
    await form.field('ClientContext').waitFor({ state: 'hidden' });
    expect(await form.problem('ClientContext').textContent()).toBe('');
    await form.choose('InvocationType', 'RequestResponse');
    await expect.poll(() => form.field('ClientContext').inputValue()).toBe('[]');
    expect(await form.outcome.textContent()).toContain('Press Ctrl+Enter to invoke.');
  });

  test('closing the tab doesn’t stop the invocation, and a notification brings its result', async () => {
    const form = await window.openForm();
    await form.field('FunctionName').fill(WAITS);
    await form.typePayload('{ "gate": "closed-tab" }');
    await form.invoke.click();
    await expectText(form.headline, 'Running');
    await window.command('View: Close Editor');
    await expect.poll(() => window.page.locator('.tabs-container .tab').count()).toBe(0);
    await openGate(window, 'closed-tab');
    const notification = window.notification(`${WAITS}: succeeded (200)`);
    await notification.waitFor();
    await notification.getByText('Show', { exact: true }).click();
    const shown = new FormPage(window.form());
    await expectText(shown.headline, /Succeeded.*Lambda 200/);
    await expect.poll(() => shown.field('FunctionName').inputValue()).toBe(WAITS);
  });

  test('closing the tab after the result was shown doesn’t show it in a notification', async () => {
    const form = await window.openForm();
    await form.field('FunctionName').fill('hello');
    await form.invoke.click();
    await expectText(form.headline, /Succeeded.*Lambda 200/);
    await window.closeEditors();
    await window.presets.open();
    await window.history.row('hello').first().click();
    await expectText(new FormPage(window.form()).headline, /Succeeded.*Lambda 200/);
    expect(await window.notification('hello: succeeded').count()).toBe(0);
    await window.command('View: Show Explorer');
  });
});

describe('context menu → result', () => {
  test('a preset that uses the file runs with Enter', async () => {
    await window.explorer.invokeFile('events/hello.json');
    const { firstRow } = window.quickPick;
    await expect.poll(() => firstRow.textContent()).toContain('hello · RequestResponse · Local');
    await expect.poll(() => window.quickPick.row('Open in Form…').count()).toBe(1);
    await window.quickPick.acceptActive('hello');
    const form = new FormPage(window.form());
    await expectText(form.headline, /Succeeded.*Lambda 200/);
    await expect.poll(() => form.field('FunctionName').inputValue()).toBe('hello');
    await expectText(form.file, /events\/hello\.json.*valid JSON/s);
    await expectText(form.response, 'Hello, Ada!');
  });

  test('a file that was invoked before offers its function, and an edited draft isn’t overwritten', async () => {
    const form = await window.openForm();
    await form.field('FunctionName').fill('chatty');
    await window.explorer.invokeFile('events/chatty.json');
    await window.quickPick.pick('Open in Form…');
    const second = new FormPage(window.form());
    await expectText(second.file, 'events/chatty.json');
    await expect.poll(() => second.field('FunctionName').inputValue()).toBe('');
    await second.field('FunctionName').fill('chatty');
    await second.invoke.click();
    await expectText(second.headline, /Succeeded.*Lambda 200/);
    await expectText(second.log, 'line 1 of 200');
    await expect.poll(() => window.page.locator('.tabs-container .tab').count()).toBe(2);
    await window.explorer.invokeFile('events/chatty.json');
    await expect
      .poll(() => window.quickPick.firstRow.textContent())
      .toMatch(/chatty.*Last used with this file · RequestResponse · Local/);
    await window.page.keyboard.press('Escape');
  });

  test('the context menus of an editor and its tab have the command too', async () => {
    await (await window.explorer.row('events/slow.json')).dblclick();
    const text = window.page.locator('.editor-instance .view-lines');
    await text.waitFor();
    const offered = window.page
      .locator('.context-view .monaco-menu .action-item')
      .filter({ hasText: 'Invoke Lambda with File…' });
    for (const place of [text, window.page.locator('.tabs-container .tab.active')]) {
      await place.click({ button: 'right' });
      await offered.waitFor();
      await window.page.keyboard.press('Escape');
      await offered.waitFor({ state: 'hidden' });
    }
  });

  test('a form in a background tab shows an invocation that was started elsewhere', async () => {
    await window.openForm();
    await (await window.explorer.row('events/slow.json')).dblclick();
    await window.page.locator('.editor-instance .view-lines').waitFor();
    await window.command('Lambda Invoke: Invoke Preset…');
    await window.quickPick.pick('context · RequestResponse · Local');
    const form = new FormPage(window.form());
    await expectText(form.headline, /Succeeded.*Lambda 200/);
    await expect.poll(() => form.field('FunctionName').inputValue()).toBe('context');
    await expect.poll(() => form.field('TenantId').inputValue()).toBe('tenant-1');
  });

  test('the Output channel has one line and the log tail, but neither payload nor response', async () => {
    const output = await window.outputChannel();
    expect(output).toMatch(/^\S+Z hello RequestResponse Local → succeeded \(200\) in [\d.]+ m?s, request id \S+$/m);
    expect(output).toMatch(/^ {2}\| REPORT RequestId: /m);
    expect(output).not.toContain('"name": "Grace"');
    expect(output).not.toContain('Hello, ');
  });
});
