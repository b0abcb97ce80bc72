import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { HOSTS } from '../host/hostVersions.ts';
import { FormPage } from '../support/formPage.ts';
import { pictureOfFailure } from '../support/pictureOfFailure.ts';
import { shows } from '../support/shows.ts';
import { Window } from '../support/window.ts';

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

  describe('palette → form → Local function → outcome', () => {
    test('every part of the outcome is shown', async () => {
      const form = await window.openForm();
      await shows(form.connection, 'Local');
      await form.field('FunctionName').fill('hello');
      await form.typePayload('{ "name": "Grace" }');
      await form.field('Payload').press('Control+Enter');
      await shows(form.headline, /Succeeded\s*200/);
      await shows(form.response, '"message": "Hello, Grace!"');
      expect(await form.log.textContent()).toMatch(/START RequestId: .*greeting Grace.*REPORT RequestId: /s);
      const outcome = (await form.outcome.textContent()) ?? '';
      for (const fact of [
        'Time on the client',
        'Duration',
        'Memory used',
        'Executed version$LATEST',
        'Request ID',
        'Trace ID',
      ]) {
        expect(outcome).toContain(fact);
      }
      expect(await window.page.locator('.tab.active').textContent()).toContain('Invoke hello');
    });

    test('two clicks while it runs are one invocation, and Stop Waiting says that the function goes on', async () => {
      const form = await window.openForm();
      await form.field('FunctionName').fill('slow');
      await form.typePayload('{ "seconds": 2 }');
      const lines = async () => (await window.outputChannel()).split(' slow RequestResponse Local →').length - 1;
      const before = await lines();
      await form.invoke.dblclick();
      await form.field('Payload').press('Control+Enter');
      await shows(form.headline, /Running\s*\d+\.\d s/);
      await form.field('Payload').press('Control+Enter');
      await shows(form.headline, /Succeeded\s*200/);
      // An invocation has its line when it ends: whatever began before this one ends before it.
      await form.field('Payload').fill('{ "seconds": 4 }');
      await form.invoke.click();
      await shows(form.response, '"slept": 4');
      await expect.poll(lines).toBeGreaterThanOrEqual(before + 2);
      expect(await lines()).toBe(before + 2);
      await form.field('Payload').fill('{ "seconds": 8 }');
      await form.invoke.click();
      await shows(form.headline, /Running\s*\d+\.\d s/);
      expect(await form.outcome.textContent()).toContain('The function goes on when you stop waiting.');
      await form.byId('stop-waiting').click();
      await shows(form.outcome, 'Stopped waiting. The request had been sent');
    });

    test('a function error shows type, message and stack', async () => {
      const form = await window.openForm();
      await form.field('FunctionName').fill('throws');
      await form.typePayload('{ "reason": "out of stock" }');
      await form.invoke.click();
      await shows(form.headline, /Function error\s*200 Unhandled/);
      const outcome = (await form.outcome.textContent()) ?? '';
      expect(outcome).toContain('OrderRejected');
      expect(outcome).toContain('The order was rejected: out of stock');
      expect(outcome).toMatch(/at .*throws\.js/);
    });

    test('problems stand beside their fields and nothing is sent', async () => {
      const form = await window.openForm();
      await form.typePayload('{ "a": }');
      await shows(form.problem('Payload'), 'The payload is not valid JSON: line 1, column 8.');
      await form.invoke.click();
      await shows(form.problem('FunctionName'), 'Enter the name or ARN of a function.');
      await form.field('FunctionName').fill('two words');
      await shows(form.problem('FunctionName'), 'This is not a function name or ARN.');
      await form.field('ClientContext').fill('[]');
      await shows(form.problem('ClientContext'), 'ClientContext must be a JSON object');
      await form.choose('InvocationType', 'Event');
      await shows(form.note('ClientContext'), 'Not sent with Event');
      await expect.poll(() => form.field('ClientContext').getAttribute('readonly')).not.toBeNull();
      expect(await form.problem('ClientContext').textContent()).toBe('');
      expect(await form.outcome.textContent()).toContain('Nothing invoked yet');
    });

    test('closing the tab does not stop the wait: a notification brings the outcome', async () => {
      const form = await window.openForm();
      await form.field('FunctionName').fill('slow');
      await form.typePayload('{ "seconds": 6 }');
      await form.invoke.click();
      await shows(form.headline, 'Running');
      await window.command('View: Close Editor');
      const notification = window.notification('slow: succeeded (200)');
      await notification.waitFor();
      await notification.getByText('Show', { exact: true }).click();
      const shown = new FormPage(window.form());
      await shows(shown.headline, /Succeeded\s*200/);
      await expect.poll(() => shown.field('FunctionName').inputValue()).toBe('slow');
    });
  });

  describe('right-click → outcome', () => {
    test('a preset that uses the file runs with Enter', async () => {
      await window.rightClick('events/hello.json');
      const row = window.quickPickRow('hello');
      await row.waitFor();
      expect(await row.textContent()).toContain('hello · RequestResponse · Local');
      await expect.poll(() => window.quickPickRow('Open in Form…').count()).toBe(1);
      await window.quickInput.press('Enter');
      const form = new FormPage(window.form());
      await shows(form.headline, /Succeeded\s*200/);
      await expect.poll(() => form.field('FunctionName').inputValue()).toBe('hello');
      await shows(form.file, /events\/hello\.json.*valid JSON/s);
      await shows(form.response, 'Hello, Ada!');
    });

    test('a file that was used before offers its function, and a dirty draft is not overwritten', async () => {
      const form = await window.openForm();
      await form.field('FunctionName').fill('chatty');
      await window.rightClick('events/chatty.json');
      await window.pick('Open in Form…');
      const second = new FormPage(window.form());
      await shows(second.file, 'events/chatty.json');
      await expect.poll(() => second.field('FunctionName').inputValue()).toBe('');
      await second.field('FunctionName').fill('chatty');
      await second.invoke.click();
      await shows(second.headline, /Succeeded\s*200/);
      await shows(second.byId('log-state'), 'cut by Lambda to the last 4 KB');
      await expect.poll(() => window.page.locator('.tabs-container .tab').count()).toBe(2);
      await window.rightClick('events/chatty.json');
      expect(await window.quickPickRow('Last invocation with this file').textContent()).toContain(
        'chatty · RequestResponse · Local',
      );
      await window.page.keyboard.press('Escape');
    });

    test('the menus of the editor and of its tab offer it, too', async () => {
      await (await window.explorerRow('events/slow.json')).dblclick();
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

    test('a form behind another tab is filled with what was invoked meanwhile', async () => {
      await window.openForm();
      await (await window.explorerRow('events/slow.json')).dblclick();
      await window.page.locator('.editor-instance .view-lines').waitFor();
      await window.command('Lambda Invoke: Invoke Preset…');
      await window.pick('context · RequestResponse · Local');
      const form = new FormPage(window.form());
      await shows(form.headline, /Succeeded\s*200/);
      await expect.poll(() => form.field('FunctionName').inputValue()).toBe('context');
      await expect.poll(() => form.field('TenantId').inputValue()).toBe('tenant-1');
    });

    test('the Output channel has a line and the log tail, and neither payload nor response', async () => {
      const output = await window.outputChannel();
      expect(output).toMatch(/^\S+Z hello RequestResponse Local → succeeded \(200\) in [\d.]+ m?s, request id \S+$/m);
      expect(output).toMatch(/^ {2}\| REPORT RequestId: /m);
      expect(output).not.toContain('"name": "Grace"');
      expect(output).not.toContain('Hello, ');
    });
  });

  test('nothing was logged as an error, and nothing violated the content security policy', () => {
    expect(window.errors).toEqual([]);
  });
});
