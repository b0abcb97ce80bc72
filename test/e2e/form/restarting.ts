import { test } from 'vitest';
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
