import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { FormPage } from '../support/formPage.ts';
import { startLambdaServer, staysSilent, type LambdaServer } from '../support/lambdaServer.ts';
import { Window } from '../support/window.ts';

let server: LambdaServer;
let window: Window;

beforeAll(async () => {
  server = await startLambdaServer();
  window = await Window.open({
    settings: { 'lambdaInvoke.confirm': ['guarded*'], 'editor.autoClosingBrackets': 'never' },
  });
  await mkdir('out/pictures', { recursive: true });
});

afterAll(async () => {
  await window.close();
  await server.close();
});

afterEach(async () => {
  await window.closeEditors();
});

async function openForm(): Promise<FormPage> {
  await window.command('Lambda Invoke: Invoke Function…');
  const form = new FormPage(window.form());
  await form.invoke.waitFor();
  return form;
}

/** Waits until an element shows a text. */
async function shows(locator: { textContent(): Promise<string | null> }, text: string | RegExp): Promise<void> {
  const matching: unknown = typeof text === 'string' ? expect.stringContaining(text) : expect.stringMatching(text);
  await expect.poll(() => locator.textContent(), { timeout: 15_000 }).toEqual(matching);
}

async function rightClick(path: string): Promise<void> {
  await (await window.explorerRow(path)).click({ button: 'right' });
  await window.page
    .locator('.context-view .monaco-menu .action-item')
    .filter({ hasText: 'Invoke Lambda Function with This File…' })
    .click({ delay: 200 }); // a menu ignores a button that is let go just after it opened
}

const presetsFile = () => readFile(join(window.workspace, '.vscode/lambda-invoke.json'), 'utf8');

describe('palette → form → Local function → outcome', () => {
  test('every part of the outcome is shown', async () => {
    const form = await openForm();
    await shows(form.connection, 'Local');
    await form.field('FunctionName').fill('hello');
    await form.typePayload('{ "name": "Grace" }');
    await window.page.screenshot({ path: 'out/pictures/form.png' });
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
    await window.page.screenshot({ path: 'out/pictures/outcome.png' });
  });

  test('two clicks while it runs are one invocation, and Stop Waiting says that the function goes on', async () => {
    const form = await openForm();
    await form.field('FunctionName').fill('slow');
    await form.typePayload('{ "seconds": 2 }');
    const before = (await window.outputChannel()).match(/ slow /g)?.length ?? 0;
    await form.invoke.dblclick();
    await form.field('Payload').press('Control+Enter');
    await shows(form.headline, /Running\s*\d+\.\d s/);
    expect(await form.outcome.textContent()).toContain('The function goes on when you stop waiting.');
    await form.byId('stop-waiting').click();
    await shows(form.outcome, 'Stopped waiting. The request had been sent');
    expect((await window.outputChannel()).match(/ slow /g)).toHaveLength(before + 1);
  });

  test('a function error shows type, message and stack', async () => {
    const form = await openForm();
    await form.field('FunctionName').fill('throws');
    await form.typePayload('{ "reason": "out of stock" }');
    await form.invoke.click();
    await shows(form.headline, /Function error\s*200 Unhandled/);
    const outcome = (await form.outcome.textContent()) ?? '';
    expect(outcome).toContain('OrderRejected');
    expect(outcome).toContain('The order was rejected: out of stock');
    expect(outcome).toMatch(/at .*throws\.js/);
    await window.page.screenshot({ path: 'out/pictures/function-error.png' });
  });

  test('problems stand beside their fields and nothing is sent', async () => {
    const form = await openForm();
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
    expect(await form.field('ClientContext').getAttribute('readonly')).not.toBeNull();
    expect(await form.problem('ClientContext').textContent()).toBe('');
    await window.page.screenshot({ path: 'out/pictures/problems.png' });
    expect(await form.outcome.textContent()).toContain('Nothing invoked yet');
  });

  test('closing the tab does not stop the wait: a notification brings the outcome', async () => {
    const form = await openForm();
    await form.field('FunctionName').fill('slow');
    await form.typePayload('{ "seconds": 1 }');
    await form.invoke.click();
    await shows(form.headline, 'Running');
    await window.command('View: Close Editor');
    const notification = window.notification('slow: succeeded (200)');
    await notification.waitFor();
    await notification.getByText('Show', { exact: true }).click();
    const shown = new FormPage(window.form());
    await shows(shown.headline, /Succeeded\s*200/);
    expect(await shown.field('FunctionName').inputValue()).toBe('slow');
  });
});

describe('right-click → outcome', () => {
  test('a preset that uses the file runs with Enter', async () => {
    await rightClick('events/hello.json');
    const row = window.quickPickRow('hello');
    await row.waitFor();
    expect(await row.textContent()).toContain('hello · RequestResponse · Local');
    expect(await window.quickPickRow('Open in form…').count()).toBe(1);
    await window.page.screenshot({ path: 'out/pictures/right-click.png' });
    await window.page.keyboard.press('Enter');
    const form = new FormPage(window.form());
    await shows(form.headline, /Succeeded\s*200/);
    expect(await form.field('FunctionName').inputValue()).toBe('hello');
    await shows(form.file, /events\/hello\.json.*valid JSON/s);
    await shows(form.response, 'Hello, Ada!');
  });

  test('a file that was used before offers its function, and a dirty draft is not overwritten', async () => {
    const form = await openForm();
    await form.field('FunctionName').fill('chatty');
    await window.page.screenshot({ path: 'out/pictures/draft.png' });
    await rightClick('events/chatty.json');
    await window.quickPickRow('Open in form…').click();
    const second = new FormPage(window.form());
    await shows(second.file, 'events/chatty.json');
    expect(await second.field('FunctionName').inputValue()).toBe('');
    await second.field('FunctionName').fill('chatty');
    await second.invoke.click();
    await shows(second.headline, /Succeeded\s*200/);
    await shows(second.byId('log-state'), 'cut by Lambda to the last 4 KB');
    expect(await window.page.locator('.tabs-container .tab').count()).toBe(2);
    await rightClick('events/chatty.json');
    expect(await window.quickPickRow('Last used with this file').textContent()).toContain(
      'chatty · RequestResponse · Local',
    );
    await window.page.keyboard.press('Escape');
  });

  test('a form behind another tab is filled with what was invoked meanwhile', async () => {
    await openForm();
    await (await window.explorerRow('events/slow.json')).dblclick();
    await window.page.locator('.editor-instance .view-lines').waitFor();
    await window.command('Lambda Invoke: Invoke Preset…');
    await window.quickPickRow('context · RequestResponse · Local').click();
    const form = new FormPage(window.form());
    await shows(form.headline, /Succeeded\s*200/);
    expect(await form.field('FunctionName').inputValue()).toBe('context');
    expect(await form.field('TenantId').inputValue()).toBe('tenant-1');
  });

  test('the Output channel has a line and the log tail, and neither payload nor response', async () => {
    const output = await window.outputChannel();
    expect(output).toMatch(/^\S+Z hello RequestResponse Local → succeeded \(200\) in [\d.]+ m?s, request id \S+$/m);
    expect(output).toMatch(/^ {2}\| REPORT RequestId: /m);
    expect(output).not.toContain('"name"');
    expect(output).not.toContain('Hello, ');
  });
});

describe('what a person takes along', () => {
  test('a typed payload may be edited in an editor, whose text is sent', async () => {
    const form = await openForm();
    await form.field('FunctionName').fill('hello');
    await form.typePayload('{ "name": "Typed" }');
    await form.byId('edit-payload').click();
    await window.page.locator('.editor-instance .view-lines').filter({ hasText: '"Typed"' }).click();
    await window.page.keyboard.press('Control+A');
    await window.page.keyboard.press('Delete');
    await window.page.keyboard.insertText('{ "name": "Edited" }');
    await shows(form.file, /Untitled-\d+.*20 bytes · valid JSON/s);
    await form.invoke.click();
    await shows(form.response, 'Hello, Edited!');
    await form.byId('response').getByText('Open in Editor').click();
    await window.page
      .locator('.editor-instance .view-lines')
      .filter({ hasText: '"message": "Hello, Edited!"' })
      .waitFor();
  });

  test('Copy brings the response to the clipboard', async () => {
    const form = await openForm();
    await form.field('FunctionName').fill('hello');
    await form.invoke.click();
    await shows(form.response, 'Hello, world!');
    await form.byId('response').getByText('Copy').click();
    const clipboard = () => window.page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(clipboard).toBe('{\n  "message": "Hello, world!",\n  "received": {}\n}');
  });

  test('Browse… chooses a file, which is among the recent ones after it was sent', async () => {
    const form = await openForm();
    await form.field('FunctionName').fill('hello');
    await form.byId('browse').click();
    await window.chooseFile(join(window.workspace, 'events/hello.json'));
    await shows(form.file, /events\/hello\.json.*18 bytes · valid JSON/s);
    await form.invoke.click();
    await shows(form.response, 'Hello, Ada!');
    await window.closeEditors();
    const next = await openForm();
    await next.byId('recent').click();
    await next.byId('recent').getByText('events/hello.json').click();
    await shows(next.file, 'events/hello.json');
  });

  test('Invoke with Active Editor… sends the text of an editor that was never saved', async () => {
    await window.command('New Untitled Text File');
    await window.page.keyboard.insertText('{ "name": "Untitled" }');
    await window.command('Lambda Invoke: Invoke with Active Editor…');
    await window.quickPickRow('hello · RequestResponse · Local').click();
    const form = new FormPage(window.form());
    await shows(form.response, 'Hello, Untitled!');
  });

  test('Repeat Last Invocation says what it repeats', async () => {
    const form = await openForm();
    await form.field('FunctionName').fill('slow');
    await form.typePayload('{ "seconds": 1 }');
    await form.invoke.click();
    await shows(form.headline, /Succeeded/);
    await window.command('Lambda Invoke: Repeat Last Invocation');
    await window.notification('Repeating slow · RequestResponse · Local').waitFor();
    await expect.poll(() => window.notification('Repeating').count(), { timeout: 10_000 }).toBe(0);
  });
});

describe('preset saved → run', () => {
  test('Save as Preset keeps the file’s comments; Invoke Preset… runs it', async () => {
    const form = await openForm();
    await form.field('FunctionName').fill('hello');
    await form.typePayload('{ "name": "Preset", "n": 12345678901234567890 }');
    await form.byId('save-preset').click();
    await window.quickInput.fill('my preset');
    await window.page.keyboard.press('Enter');
    await window.notification('Saved the preset “my preset”.').waitFor();
    const text = await presetsFile();
    expect(text).toContain('// Presets: what you run by name.');
    expect(text).toContain('"name": "my preset"');
    expect(text).toContain('12345678901234567890');
    await window.closeEditors();
    await window.command('Lambda Invoke: Invoke Preset…');
    await window.quickPickRow('my preset').click();
    const shown = new FormPage(window.form());
    await shows(shown.headline, /Succeeded\s*200/);
    await shows(shown.response, 'Hello, Preset!');
  });
});

describe('the connection', () => {
  beforeAll(async () => {
    await window.writeAwsFiles(
      `[profile loopback]\nregion = eu-west-1\nendpoint_url = ${server.endpoint}\n`,
      '[loopback]\naws_access_key_id = AKIALOOPBACK\naws_secret_access_key = very-secret-key\n',
    );
    await window.command('Lambda Invoke: Select Profile…');
    await window.quickPickRow('loopback').click();
  });

  test('a profile brings region and endpoint; a pasted ARN fills region and qualifier; secrets stay in the host', async () => {
    const form = await openForm();
    await shows(form.connection, new RegExp(`loopback\\s*eu-west-1\\s*${server.endpoint}`));
    await form.field('FunctionName').fill('arn:aws:lambda:us-west-2:123456789012:function:orders:live');
    await form.field('FunctionName').press('Tab');
    expect(await form.field('Qualifier').inputValue()).toBe('live');
    expect(await form.field('FunctionName').inputValue()).toBe('arn:aws:lambda:us-west-2:123456789012:function:orders');
    await shows(form.connection, 'us-west-2 (from the ARN)');
    await form.invoke.click();
    await shows(form.headline, /Succeeded\s*200/);
    expect(server.received.at(-1)?.url).toMatch(/function%3Aorders\/invocations\?Qualifier=live$/);
    expect(server.received.at(-1)?.headers.authorization).toContain('/us-west-2/lambda/');
    expect(await form.outcome.textContent()).not.toContain('very-secret-key');
    expect(await window.outputChannel()).not.toMatch(/very-secret-key|AKIALOOPBACK/);
  });

  test('a function named in lambdaInvoke.confirm is asked about; no means nothing is sent', async () => {
    const form = await openForm();
    const before = server.received.length;
    await form.field('FunctionName').fill('guarded-orders');
    await form.invoke.click();
    const dialog = window.page.locator('.monaco-dialog-box');
    await dialog.waitFor();
    expect(await dialog.textContent()).toContain('Invoke guarded-orders on loopback');
    await window.page.screenshot({ path: 'out/pictures/confirm.png' });
    await dialog.getByText('Cancel').click();
    await shows(form.outcome, 'Nothing was sent.');
    expect(server.received).toHaveLength(before);
    await form.invoke.click();
    await dialog.getByText('Invoke', { exact: true }).click();
    await shows(form.headline, /Succeeded\s*200/);
    expect(server.received).toHaveLength(before + 1);
  });

  test('a silent server is waited for, and stopping is said', async () => {
    server.behave(staysSilent);
    const form = await openForm();
    await form.field('FunctionName').fill('silent');
    await form.invoke.click();
    await shows(form.headline, 'Running');
    await form.byId('stop-waiting').click();
    await shows(form.outcome, 'the function goes on running, and its log is in CloudWatch Logs');
  });
});

describe('the window', () => {
  test('a form keeps its draft over a reload', async () => {
    const form = await openForm();
    await form.field('FunctionName').fill('kept-over-reload');
    await form.field('Qualifier').fill('7');
    await window.command('Developer: Reload Window');
    await window.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
    const restored = new FormPage(window.form());
    await expect.poll(() => restored.field('FunctionName').inputValue(), { timeout: 20_000 }).toBe('kept-over-reload');
    expect(await restored.field('Qualifier').inputValue()).toBe('7');
  });

  test('an invocation that a reload cut off is told', async () => {
    await window.command('Lambda Invoke: Invoke Preset…');
    await window.quickPickRow('slow · RequestResponse · Local').click();
    await window.notification('Invoking slow').waitFor();
    await window.command('Developer: Reload Window');
    await window.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
    await window.command('Lambda Invoke: Show Output'); // the extension's first use in this window
    await window.notification('slow was running when the window was closed or reloaded').waitFor();
  });

  test('an error of the form, or a violation of its policy, would be seen', async () => {
    const form = await openForm();
    const before = window.errors.length;
    await form.byId('outcome').evaluate((element) => {
      console.error('logged in the form');
      element.setAttribute('style', 'color: red');
      setTimeout(() => {
        throw new Error('thrown in the form');
      });
    });
    const seen = () => window.errors.slice(before).join('\n');
    await expect.poll(seen).toMatch(/logged in the form/);
    await expect.poll(seen).toMatch(/thrown in the form/);
    await expect.poll(seen).toMatch(/Content Security Policy/);
    window.errors.length = before;
  });

  test('nothing was logged as an error, and nothing violated the content security policy', () => {
    expect(window.errors).toEqual([]);
  });
});
