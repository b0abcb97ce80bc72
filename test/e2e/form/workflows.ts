import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FormPage } from '../../support/formPage.ts';
import { answers, staysSilent } from '../../support/lambdaServer.ts';
import { expectText } from '../../support/expectText.ts';
import { openGate, WAITS } from '../../support/waitingFunction.ts';
import { server, window } from './window.ts';

const presetsFile = () => readFile(join(window.workspace, '.vscode/lambda-invoke.json'), 'utf8');

describe('payloads and responses', () => {
  test('an inline payload has the same text in its editor, which invokes it and closes without a question', async () => {
    const form = await window.openForm();
    await form.field('FunctionName').fill('hello');
    await form.typePayload('{ "name": "Typed" }');
    await form.byId('edit-payload').click();
    const lines = window.page.locator('.editor-instance .view-lines');
    await lines.filter({ hasText: '"Typed"' }).click();
    await window.page.keyboard.press('Control+A');
    await window.page.keyboard.press('Delete');
    await window.page.keyboard.insertText('{ "name": "Edited" }');
    await expect.poll(() => form.payload()).toBe('{ "name": "Edited" }');
    await window.page.keyboard.press('Control+Enter');
    await expectText(form.response, 'Hello, Edited!');
    // Beside the editor, the form is narrow.
    await form.byId('pane-request-tab').click();
    await form.typePayload('{ "name": "Form" }');
    await lines.filter({ hasText: '"Form"' }).waitFor();
    const tab = window.page.locator('.tab').filter({ hasText: 'hello-payload.json' });
    await tab.first().click();
    await window.command('View: Close Editor');
    await tab.waitFor({ state: 'hidden' });
    expect(await form.payload()).toBe('{ "name": "Form" }');
    await form.byId('tool-open').click();
    await lines.filter({ hasText: '"message": "Hello, Edited!"' }).waitFor();
    await window.page.locator('.tab').filter({ hasText: 'hello-response.json' }).first().waitFor();
  });

  test('Copy copies the response, and the context menu a value or its path', async () => {
    const form = await window.openForm();
    await form.field('FunctionName').fill('hello');
    await form.invoke.click();
    await expectText(form.response, 'Hello, world!');
    await form.byId('tool-copy').click();
    const clipboard = () => window.page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(clipboard).toBe('{\n  "message": "Hello, world!",\n  "received": {}\n}');
    const message = form.response.locator('.cm-line', { hasText: '"message"' });
    for (const [item, copied] of [
      ['Copy Value', '"Hello, world!"'],
      ['Copy Path', '$.message'],
    ] as const) {
      await message.click();
      await message.click({ button: 'right' });
      await window.chooseMenu(item);
      await expect.poll(clipboard).toBe(copied);
    }
  });

  test('Save… writes the bytes of the response unchanged', async () => {
    const form = await window.openForm();
    await form.field('FunctionName').fill('hello');
    await form.invoke.click();
    await expectText(form.response, 'Hello, world!');
    await form.byId('tool-save').click();
    const path = join(window.workspace, 'saved-response.json');
    await window.quickPick.chooseFile(path);
    const saved = () => readFile(path, 'utf8').catch(() => '');
    await expect.poll(saved).toBe('{"message":"Hello, world!","received":{}}');
  });

  test('Choose File… selects a file, which is listed as recent after it was sent', async () => {
    const form = await window.openForm();
    await form.field('FunctionName').fill('hello');
    await form.chooseFile();
    await window.quickPick.chooseFile(join(window.workspace, 'events/hello.json'));
    await expectText(form.file, /events\/hello\.json.*18 bytes · valid JSON/s);
    await form.invoke.click();
    await expectText(form.response, 'Hello, Ada!');
    await window.closeEditors();
    const next = await window.openForm();
    await next.openFileMenu();
    await next.byRole('menuitem', { name: 'events/hello.json' }).first().click();
    await expectText(next.file, 'events/hello.json');
  });

  test('Invoke with Active Editor… sends the text of an editor that was never saved', async () => {
    await window.command('New Untitled Text File');
    await window.page.keyboard.insertText('{ "name": "Untitled" }');
    await window.command('Lambda Invoke: Invoke with Active Editor…');
    await window.quickPick.pick('hello · RequestResponse · Local');
    const form = new FormPage(window.form());
    await expectText(form.response, 'Hello, Untitled!');
  });

  test('Repeat Last Invocation shows what it repeats', async () => {
    const form = await window.openForm();
    await form.field('FunctionName').fill(WAITS);
    await form.typePayload('{ "gate": "repeated" }');
    await openGate(window, 'repeated');
    await form.invoke.click();
    await expectText(form.headline, /Succeeded/);
    await rm(join(window.workspace, 'waits/repeated'));
    await window.command('Lambda Invoke: Repeat Last Invocation');
    await window.notification(`Repeating ${WAITS} · RequestResponse · Local`).waitFor();
    await openGate(window, 'repeated');
    await expect.poll(() => window.notification('Repeating').count()).toBe(0);
    await expectText(form.headline, /Succeeded/);
  });
});

describe('preset saved → run', () => {
  test('Save as Preset preserves the comments in the file, and Invoke Preset… runs the preset', async () => {
    const form = await window.openForm();
    await form.field('FunctionName').fill('hello');
    await form.typePayload('{ "name": "Preset", "n": 12345678901234567890 }');
    await form.byId('save-preset').click();
    await window.quickPick.pick('workspace');
    await window.quickPick.answer('my preset');
    await window.notification('Saved preset "my preset".').waitFor();
    const text = await presetsFile();
    expect(text).toContain('// Saved invocations.');
    expect(text).toContain('"name": "my preset"');
    expect(text).toContain('12345678901234567890');
    await window.closeEditors();
    await window.command('Lambda Invoke: Invoke Preset…');
    await window.quickPick.pick('my preset');
    const result = new FormPage(window.form());
    await expectText(result.headline, /Succeeded.*Lambda 200/);
    await expectText(result.response, 'Hello, Preset!');
  });
});

describe('the connection', () => {
  beforeAll(() => window.selectProfile('loopback'));

  afterAll(async () => {
    server.behave(answers());
    await window.selectProfile('Local');
  });

  test('a profile sets region and endpoint, a pasted ARN sets region and qualifier, and secrets stay in the host', async () => {
    const form = await window.openForm();
    await expectText(form.connection, new RegExp(`loopback\\s*eu-west-1\\s*Show account\\s*${server.endpoint}`));
    await form.field('FunctionName').fill('arn:aws:lambda:us-west-2:123456789012:function:orders:live');
    await form.field('FunctionName').press('Tab');
    await expect.poll(() => form.field('Qualifier').inputValue()).toBe('live');
    await expect
      .poll(() => form.field('FunctionName').inputValue())
      .toBe('arn:aws:lambda:us-west-2:123456789012:function:orders');
    await expectText(form.connection, 'us-west-2 (from ARN)');
    await form.invoke.click();
    await expectText(form.headline, /Succeeded.*Lambda 200/);
    expect(server.received.at(-1)?.url).toMatch(/function%3Aorders\/invocations\?Qualifier=live$/);
    expect(server.received.at(-1)?.headers.authorization).toContain('/us-west-2/lambda/');
    expect(await form.outcome.textContent()).not.toContain('very-secret-key');
    await expect.poll(() => window.outputChannel()).toContain('orders:live RequestResponse loopback');
    expect(await window.outputChannel()).not.toMatch(/very-secret-key|AKIALOOPBACK/);
  });

  test('a shared preset omits the profile unless it is selected', async () => {
    const form = await window.openForm();
    const save = async (name: string, isTicked: boolean) => {
      await form.field('FunctionName').fill('orders');
      if (isTicked) await form.chooseAction('save-preset-as');
      else await form.byId('save-preset').click();
      await window.quickPick.pick('workspace');
      await window.quickPick.answer(name);
      const row = window.quickPick.row('Profile');
      await row.waitFor();
      if (isTicked) await row.click();
      await window.quickPick.input.press('Enter');
      await window.notification(`Saved preset "${name}".`).waitFor();
    };
    await save('for everybody', false);
    await save('for this profile', true);
    const presets = await presetsFile();
    expect(/"for everybody"[^]*?\n {4}}/.exec(presets)?.[0]).not.toContain('"profile"');
    expect(/"for this profile"[^]*?\n {4}}/.exec(presets)?.[0]).toContain('"profile": "loopback"');
  });

  test('a selected or typed region overrides the region of the profile', async () => {
    const form = await window.openForm();
    await window.command('Lambda Invoke: Select Region…');
    await window.quickPick.pick('Frankfurt');
    await expectText(form.connection, 'eu-central-1');
    await window.command('Lambda Invoke: Select Region…');
    await window.quickPick.input.fill('xx-new-7');
    await window.quickPick.acceptActive('Use entered region');
    await expectText(form.connection, 'xx-new-7');
    await form.field('FunctionName').fill('hello');
    await form.invoke.click();
    await expectText(form.headline, /Succeeded.*Lambda 200/);
    expect(server.received.at(-1)?.headers.authorization).toContain('/xx-new-7/lambda/');
    await window.command('Lambda Invoke: Select Region…');
    await window.quickPick.pick('Profile default');
    await expectText(form.connection, 'eu-west-1');
  });

  test('a function that matches lambdaInvoke.confirm needs confirmation, and Cancel sends nothing', async () => {
    const form = await window.openForm();
    // The dialog also sends a request for the account.
    const invocations = () => server.received.filter(({ url }) => url.includes('/invocations')).length;
    const before = invocations();
    await form.field('FunctionName').fill('guarded-orders');
    await form.invoke.click();
    const dialog = window.page.locator('.monaco-dialog-box');
    await dialog.waitFor();
    expect(await dialog.textContent()).toContain('Invoke guarded-orders on loopback');
    expect(await dialog.textContent()).toContain('Region: eu-west-1');
    await dialog.getByText('Cancel').click();
    await expectText(form.outcome, 'Nothing was sent.');
    expect(invocations()).toBe(before);
    await form.invoke.click();
    await dialog.getByText('Invoke', { exact: true }).click();
    await expectText(form.headline, /Succeeded.*Lambda 200/);
    expect(invocations()).toBe(before + 1);
  });

  test('a request without a response can be stopped, and the result says so', async () => {
    server.behave(staysSilent);
    const form = await window.openForm();
    await form.field('FunctionName').fill('silent');
    await form.invoke.click();
    await expectText(form.headline, 'Running');
    await form.byId('stop-waiting').click();
    await expectText(
      form.outcome,
      'The function keeps running until it finishes or times out, and its log is in CloudWatch Logs.',
    );
  });
});

test('several forms can be open, each titled with its function; a hidden form keeps its result', async () => {
  const first = await window.openForm();
  await first.field('FunctionName').fill('hello');
  await first.invoke.click();
  await expectText(first.response, 'Hello, world!');
  await window.command('Lambda Invoke: New Form');
  const tabs = window.page.locator('.tabs-container .tab');
  await expect.poll(() => tabs.count()).toBe(2);
  const second = new FormPage(window.form());
  await expect.poll(() => second.field('FunctionName').inputValue()).toBe('');
  await second.field('FunctionName').fill('arn:aws:lambda:eu-west-1:123456789012:function:orders:live');
  await expect.poll(() => tabs.allTextContents()).toEqual(['Invoke hello', 'Invoke orders:live']);
  await tabs.filter({ hasText: 'Invoke hello' }).click();
  const again = new FormPage(window.form());
  await expectText(again.headline, /Succeeded.*Lambda 200/);
  await expectText(again.response, 'Hello, world!');
  await tabs.filter({ hasText: 'Invoke orders' }).click();
  const back = new FormPage(window.form());
  await expect.poll(() => back.field('FunctionName').inputValue()).toContain('function:orders');
});

test('Debug Locally invokes with a debugger, which is stopped afterwards', async () => {
  const form = await window.openForm();
  await form.field('FunctionName').fill('hello');
  await form.typePayload('{ "name": "Debugger" }');
  await form.chooseAction('debug-locally');
  await expectText(form.response, 'Hello, Debugger!');
  const toolbar = window.page.locator('.debug-toolbar');
  await toolbar.waitFor();
  await window.command('Debug: Stop');
  await toolbar.waitFor({ state: 'hidden' });
  await form.invoke.click();
  await expectText(form.headline, /cold start/);
  // The debugger has opened its console.
  await window.command('View: Toggle Panel Visibility');
  await window.page.locator('.part.panel').waitFor({ state: 'hidden' });
});
