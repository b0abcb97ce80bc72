import { readFile, rename, writeFile } from 'node:fs/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { FormPage } from '../../support/formPage.ts';
import { expectText } from '../../support/expectText.ts';
import { file, PRESETS } from './presetsFile.ts';
import { window } from './window.ts';

const text = () => readFile(file(), 'utf8');

/** Replaces the presets file at once: an empty file in between would refresh the view twice, and end its selection. */
async function replaceFile(content: string): Promise<void> {
  await writeFile(`${file()}.new`, content);
  await rename(`${file()}.new`, file());
}

describe('presets', () => {
  beforeEach(async () => {
    await window.presets.open();
    // Other presets first: a view that reads the file later than the test expects would interrupt a key or a drag.
    await replaceFile('{ "presets": [{ "name": "between tests", "FunctionName": "hello" }] }');
    await window.presets.row('between tests').waitFor();
    await replaceFile(PRESETS);
    await window.presets.row('third').waitFor();
  });

  test('are listed in their view by store and group', async () => {
    expect(await window.presets.rows()).toEqual(['workspace', 'greetings', 'second', 'first', 'third', 'Personal']);
    await window.presets.row('first').hover();
    await window.presets.row('first').getByLabel('Run Preset').click();
    const form = new FormPage(window.form());
    await expectText(form.response, 'Hello, First!');
  });

  test('can be run, opened, moved and renamed with the keyboard only', async () => {
    await window.presets.focus('third');
    await window.page.keyboard.press('Alt+ArrowUp');
    await expect
      .poll(() => window.presets.rows())
      .toEqual(['workspace', 'greetings', 'second', 'third', 'first', 'Personal']);
    await window.page.keyboard.press('F2');
    await window.quickPick.answer('renamed');
    await window.page.locator('.monaco-list-row.selected').filter({ hasText: 'renamed' }).waitFor();
    expect(await text()).toContain('// kept over every edit');
    await window.page.keyboard.press('Control+Enter');
    await expectText(new FormPage(window.form()).response, 'Hello, Ada!');
    await window.closeEditors();
    await window.presets.focus('first');
    await window.page.keyboard.press('Enter');
    const form = new FormPage(window.form());
    await expect.poll(() => form.payload()).toBe('{ "name": "First" }');
  });

  test('are selected with a click and opened with a double click', async () => {
    await window.presets.focus('first');
    expect(await window.page.locator('.tabs-container .tab').filter({ hasText: 'Invoke' }).count()).toBe(0);
    await window.presets.row('third').dblclick();
    const form = new FormPage(window.form());
    await expect.poll(() => form.field('FunctionName').inputValue()).toBe('hello');
    await expectText(form.file, 'events/hello.json');
  });

  test('show their variables in the form, which are resolved when it is invoked', async () => {
    const preset = {
      name: 'asks',
      FunctionName: 'hello',
      endpoint: 'local',
      Payload: { name: '${input:Who}', id: '${uuid}' },
    };
    await replaceFile(PRESETS.replace('"presets": [', `"presets": [${JSON.stringify(preset)},`));
    await window.presets.row('asks').dblclick();
    const form = new FormPage(window.form());
    await expect.poll(() => form.payload()).toBe('{"name":"${input:Who}","id":"${uuid}"}');
    expect(await form.byId('hasVariables').isChecked()).toBe(true);
    await form.invoke.click();
    await window.quickPick.answer('Ada "the" Countess');
    await expectText(form.response, String.raw`Hello, Ada \"the\" Countess!`);
    await expectText(form.response, /"id": "[0-9a-f-]{36}"/);
    expect(await form.payload()).toBe('{"name":"${input:Who}","id":"${uuid}"}');
    await form.invoke.click();
    await window.quickPick.input.press('Escape');
    await expectText(form.outcome, 'Nothing was sent.');
    await form.byId('hasVariables').uncheck();
    await form.invoke.click();
    await expectText(form.response, 'Hello, ${input:Who}!');
  });

  test('are saved from the form with their variables, and Undo restores them', async () => {
    const changed = PRESETS.replace('"First"', '"${uuid}"');
    await replaceFile(changed);
    await window.presets.row('first').dblclick();
    const form = new FormPage(window.form());
    await expect.poll(() => form.payload()).toBe('{ "name": "${uuid}" }');
    await form.typePayload('{ "name": "${now}" }');
    await expectText(form.byId('preset-name'), 'Preset: first •');
    await form.byId('save-preset').click();
    await window.notification('Saved preset "first".').waitFor();
    await expect.poll(text).toBe(changed.replace('${uuid}', '${now}'));
    await expect.poll(() => form.byId('preset-name').textContent()).toBe('Preset: first');
    await window.notification('Saved preset "first".').getByText('Undo').click();
    await expect.poll(text).toBe(changed);
    await expectText(form.byId('preset-name'), 'Preset: first •');
    // The preset is deleted while the form shows it.
    await replaceFile('{ "presets": [] }');
    await form.byId('save-preset').click();
    const gone = window.notification('The preset "first" is no longer in .vscode/lambda-invoke.json.');
    await gone.getByText('Save As…').click();
    await window.quickPick.pick('workspace');
    await window.quickPick.answer('again');
    await expect.poll(text).toContain('"Payload": { "name": "${now}" }');
    await expect.poll(() => form.byId('preset-name').textContent()).toBe('Preset: again');
  });

  test('a selected row runs with the keyboard after its file has changed', async () => {
    await window.presets.focus('first');
    await replaceFile(PRESETS.replace('"third"', '"last"'));
    await window.presets.row('last').waitFor();
    await window.page.keyboard.press('Control+Enter');
    await expectText(new FormPage(window.form()).response, 'Hello, First!');
  });

  test('a held key runs a preset once', async () => {
    const runs = async () => (await window.outputChannel()).split('hello RequestResponse Local →').length - 1;
    const before = await runs();
    await window.presets.focus('first');
    const { keyboard } = window.page;
    await keyboard.down('Control');
    for (let repeat = 0; repeat < 5; repeat++) await keyboard.down('Enter'); // without keyup, so the key repeats
    await keyboard.up('Enter');
    await keyboard.up('Control');
    await expectText(window.page.locator('.statusbar'), 'Holding the key down invokes only once.');
    await expectText(new FormPage(window.form()).response, 'Hello, First!');
    // Runs that the key started are finished when no progress notification is left.
    await window.command('Lambda Invoke: Invoke Preset…');
    await window.quickPick.pick('third');
    await expectText(new FormPage(window.form()).response, 'Hello, Ada!');
    await expect.poll(() => window.notification('Invoking').count()).toBe(0);
    await expect.poll(runs).toBeGreaterThanOrEqual(before + 2);
    expect(await runs()).toBe(before + 2);
  });

  test('are deleted, and Undo restores the file exactly', async () => {
    await window.presets.focus('second');
    await window.page.keyboard.press('Delete');
    await expect.poll(() => window.presets.rows()).toEqual(['workspace', 'first', 'third', 'Personal']);
    expect(await text()).toContain('// about the second');
    await window.notification('Deleted preset "second".').getByText('Undo').click();
    await window.presets.row('second').waitFor();
    expect(await text()).toBe(PRESETS);
  });

  test('are dragged into a group and to the personal presets', async () => {
    await window.presets.row('third').dragTo(window.presets.row('greetings'));
    await expect
      .poll(() => window.presets.rows())
      .toEqual(['workspace', 'greetings', 'second', 'third', 'first', 'Personal']);
    await window.presets.row('second').dragTo(window.presets.row('Personal'));
    await expect
      .poll(() => window.presets.rows())
      .toEqual(['workspace', 'greetings', 'third', 'first', 'Personal', 'second']);
    expect(await text()).not.toContain('// about the second');
    await window.command('Lambda Invoke: Open Personal Presets');
    const editor = window.page.locator('.editor-instance .view-lines');
    await editor.filter({ hasText: '// about the second' }).waitFor();
    await window.presets.focus('second');
    await window.page.keyboard.press('Delete');
    await expect.poll(() => window.presets.rows()).toEqual(['workspace', 'greetings', 'third', 'first', 'Personal']);
  });

  test('are saved from the form for every workspace', async () => {
    const form = await window.openForm();
    await form.field('FunctionName').fill('hello');
    await form.byId('save-preset').click();
    await window.quickPick.pick('Personal');
    await window.quickPick.input.fill('not yet');
    // An input box stays open while the focus is elsewhere.
    await form.field('FunctionName').focus();
    await expect.poll(() => window.page.evaluate(() => document.activeElement?.tagName)).toBe('IFRAME');
    expect(await window.quickPick.input.inputValue({ timeout: 2000 })).toBe('not yet');
    await window.quickPick.answer('mine');
    await window.presets.row('mine').waitFor();
    await window.presets.row('mine').click({ button: 'right' });
    await window.chooseMenu('Delete');
    await expect.poll(() => window.presets.row('mine').count()).toBe(0);
  });

  test('are listed with the most recent one first, and the buttons of a row open it', async () => {
    await window.command('Lambda Invoke: Invoke Preset…');
    await window.quickPick.pick('third');
    await expectText(new FormPage(window.form()).response, 'Hello, Ada!');
    // VS Code focuses the form shortly after the palette closes, which would close the next pick.
    await window.closeEditors();
    await window.command('Lambda Invoke: Invoke Preset…');
    const rows = window.quickPick.rows;
    await expectText(rows.first(), /third.*Recently run/s);
    await window.quickPick.row('first').hover();
    await window.quickPick.row('first').getByLabel('Open in File').click();
    const line = window.page.locator('.editor-instance .view-lines').filter({ hasText: '"first"' });
    await line.waitFor();
  });

  test('prompt for their inputs, and report unknown variables', async () => {
    const preset = { name: 'asks', FunctionName: 'hello', endpoint: 'local', Payload: { name: '${input:Who}' } };
    const wrong = { name: 'wrong', FunctionName: 'hello', endpoint: 'local', Payload: { name: '${who}' } };
    await replaceFile(
      PRESETS.replace('"presets": [', `"presets": [${JSON.stringify(preset)}, ${JSON.stringify(wrong)},`),
    );
    await window.presets.focus('asks');
    await window.page.keyboard.press('Control+Enter');
    await window.quickPick.answer('Grace "the" Hopper');
    await expectText(new FormPage(window.form()).response, String.raw`Hello, Grace \"the\" Hopper!`);
    await window.presets.focus('wrong');
    await window.page.keyboard.press('Control+Enter');
    await window.notification('Payload: Unknown variable ${who}.').waitFor();
  });

  test('have the code lenses Run and Open in Form', async () => {
    await window.presets.row('third').click({ button: 'right' });
    await window.chooseMenu('Open in File');
    const lens = window.page.locator('.codelens-decoration a');
    await lens.filter({ hasText: 'Run' }).nth(2).click();
    await expectText(new FormPage(window.form()).response, 'Hello, Ada!');
  });
});
