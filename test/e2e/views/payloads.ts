import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { FormPage } from '../../support/formPage.ts';
import { expectText } from '../../support/expectText.ts';
import { file, PRESETS } from './presetsFile.ts';
import { window } from './window.ts';

describe('payloads', () => {
  beforeAll(async () => {
    await writeFile(file(), PRESETS);
    await window.command('View: Show Explorer');
  });

  test('have the code lens Invoke… in payload folders', async () => {
    await (await window.explorer.row('events/hello.json')).dblclick();
    await window.page.locator('.codelens-decoration a').filter({ hasText: 'Invoke…' }).click();
    await window.quickPick.pick('third');
    await expectText(new FormPage(window.form()).response, 'Hello, Ada!');
  });

  test('can be created from a sample event', async () => {
    await window.command('Lambda Invoke: New Payload from Sample…');
    await window.quickPick.pick('SQS');
    await window.page.locator('.editor-instance .view-lines').filter({ hasText: '"Records"' }).waitFor();
  });

  test('can be dragged onto the form', async () => {
    const form = await window.openForm();
    const row = await window.explorer.row('events/hello.json');
    const target = await form.field('FunctionName').boundingBox();
    const start = await row.boundingBox();
    if (start === null || target === null) throw new Error('nothing to drag, or nowhere to');
    const { mouse, keyboard } = window.page;
    await mouse.move(start.x + 20, start.y + 8);
    await mouse.down();
    await mouse.move(start.x + 60, start.y + 20, { steps: 4 });
    await keyboard.down('Shift'); // otherwise VS Code blocks drops on webviews
    await mouse.move(target.x + 40, target.y + 20, { steps: 8 });
    await mouse.move(target.x + 44, target.y + 24, { steps: 4 });
    await mouse.up();
    await keyboard.up('Shift');
    await expectText(form.file, /events\/hello\.json.*18 bytes · valid JSON/s);
  });

  test('an aws command that is pasted into the form fills the fields', async () => {
    const form = await window.openForm();
    const command = `aws lambda invoke --function-name hello \\\n  --payload '{"name": "Pasted"}' --cli-binary-format raw-in-base64-out out.json`;
    await window.page.evaluate((copied) => navigator.clipboard.writeText(copied), command);
    await form.field('FunctionName').click();
    await window.page.keyboard.press('Control+V');
    await expect.poll(() => form.payload()).toBe('{"name": "Pasted"}');
    await expect.poll(() => form.field('FunctionName').inputValue()).toBe('hello');
  });

  test('Copy As… copies the invocation as a command line', async () => {
    const form = await window.openForm();
    await form.field('FunctionName').fill('hello');
    await form.typePayload(`{"it's": 1}`);
    await form.chooseAction('copy-as');
    await window.quickPick.pick('AWS CLI (bash)');
    const clipboard = () => window.page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(clipboard).toContain(String.raw`--payload '{"it'\''s": 1}'`);
    await window.notification('Copied as AWS CLI (bash).').waitFor();
  });

  test('a payload file stays selected when it is renamed', async () => {
    const form = await window.openForm();
    await form.chooseFile();
    await window.quickPick.chooseFile(join(window.workspace, 'events/slow.json'));
    await expectText(form.file, 'events/slow.json');
    await (await window.explorer.row('events/slow.json')).click();
    await window.page.keyboard.press('F2');
    await window.page.locator('.explorer-item-edited input').fill('slower.json');
    await window.page.keyboard.press('Enter');
    await window.page.locator('.tab').filter({ hasText: 'Invoke Function' }).click();
    await expectText(form.file, 'events/slower.json');
  });
});
