import { expect, test } from 'vitest';
import { FormPage } from '../../support/formPage.ts';
import { waitForStoredText } from '../../support/waitForStoredText.ts';
import { window } from './window.ts';

/** Starts an invocation that outlasts the test, and waits until VS Code has stored that it is running. */
async function invokeVerySlow(): Promise<void> {
  const presets = [{ name: 'very slow', FunctionName: 'slow', Payload: { seconds: 25 }, endpoint: 'local' }];
  const localFunctions = { slow: { handler: 'functions/slow.handler', timeout: 30 } };
  await window.writeFile('.vscode/lambda-invoke.json', JSON.stringify({ presets, localFunctions }));
  await window.command('Lambda Invoke: Invoke Preset…');
  await window.quickPick.pick('very slow');
  await window.notification('Invoking very slow').waitFor();
  await waitForStoredText(window.page, '"running":{"');
}

test.each([
  ['was interrupted by a reload', () => window.reload()],
  ['was running when the window was closed', () => window.reopen()],
])('an invocation that %s is reported in the next window', async (_, end) => {
  await invokeVerySlow();
  await end();
  await window.command('Lambda Invoke: Show Output'); // activates the extension in this window
  await window.notification('slow was running when the window closed').waitFor();
});

test('a payload that was typed in its editor while the form was hidden survives Reload Window', async () => {
  const form = await window.openForm();
  await form.field('FunctionName').fill('hello');
  await form.typePayload('{}');
  await form.byId('edit-payload').click();
  const lines = window.page.locator('.editor-instance .view-lines');
  await lines.click();
  await window.command('View: Move Editor into Previous Group');
  await form.field('FunctionName').waitFor({ state: 'hidden' });
  await lines.click();
  await window.page.keyboard.press('Control+A');
  await window.page.keyboard.press('Delete');
  await window.page.keyboard.insertText('{ "name": "typed while hidden" }');
  await waitForStoredText(window.page, 'typed while hidden');
  await window.reload();
  await window.page.locator('.tabs-container .tab').filter({ hasText: 'Invoke hello' }).click();
  const again = new FormPage(window.form());
  await expect.poll(() => again.payload()).toBe('{ "name": "typed while hidden" }');
});
