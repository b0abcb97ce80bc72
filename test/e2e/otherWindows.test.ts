import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { FormPage } from '../support/formPage.ts';
import { screenshotOnFailure } from '../support/screenshotOnFailure.ts';
import { expectText } from '../support/expectText.ts';
import { Window } from '../support/window.ts';

/** No server listens on this port. */
const ENDPOINT = 'http://127.0.0.1:9';

let window: Window;

afterEach(({ task }) => screenshotOnFailure(window, task));

afterAll(() => window.close());

const LINK = '[Zen](command:workbench.action.toggleZenMode)';
const PLAIN_LINK = '[Zen] (command:workbench.action.toggleZenMode)';

const PRESETS_FILE = '.vscode/lambda-invoke.json';

const presetsFile = (...presets: readonly object[]) => window.writeFile(PRESETS_FILE, JSON.stringify({ presets }));

describe('a workspace of two folders that is not trusted', () => {
  beforeAll(async () => {
    const settings = { 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.banner': 'never' };
    const workspaceSettings = {
      'lambdaInvoke.endpoint': ENDPOINT,
      'lambdaInvoke.confirm': ['default'],
    };
    window = await Window.open({ opens: 'twoFolders', hasTrust: true, settings, workspaceSettings });
  });

  test('can’t set the endpoint or confirmation until it is trusted', async () => {
    const status = window.page.locator('.statusbar-item#lambda-invoke\\.lambda-invoke\\.lambdaInvoke\\.connection');
    await window.selectProfile('Default chain');
    await status.getByText('default chain').waitFor();
    expect(await status.textContent()).not.toContain(ENDPOINT);
    expect(await status.getAttribute('class')).not.toContain('warning');
  });

  test('can’t add a command link to a notification through a preset name', async () => {
    const sample = await readFile(join(window.workspace, PRESETS_FILE), 'utf8');
    await presetsFile({ name: LINK, FunctionName: 'hello', endpoint: 'local' });
    await window.presets.open();
    await window.presets.row(LINK).click();
    await window.page.keyboard.press('Control+Enter');
    const notification = window.notification(`Trust this workspace to run the preset "${PLAIN_LINK}".`);
    await notification.waitFor();
    expect(await notification.locator('.notification-list-item-message a').count()).toBe(0);
    await notification.getByText('Zen').click();
    expect(await window.page.locator('.monaco-workbench.zen-mode, .monaco-workbench.nosidebar').count()).toBe(0);
    // VS Code shows at most three notifications at a time.
    await window.command('Notifications: Clear All Notifications');
    await window.writeFile(PRESETS_FILE, sample);
    await window.presets.row('hello').waitFor();
  });

  test('lists its presets by folder, and explains why they can’t run until it is trusted', async () => {
    await window.presets.open();
    // Otherwise, the last rows are out of sight.
    await window.presets.row('tests').click();
    await window.presets.row('variables').click();
    await window.presets.row('Personal').waitFor();
    const rows = await window.presets.rows();
    expect(rows[0]).toBe('workspace');
    expect(rows.slice(-3)).toEqual(['second', 'from the second', 'Personal']);
    await window.presets.row('hello').click();
    await window.page.keyboard.press('Control+Enter');
    await window.command('Lambda Invoke: Invoke Preset…');
    await window.quickPick.pick('slow');
    await window.notification('Trust this workspace to run the preset "slow". Nothing was sent.').waitFor();
    await window.command('View: Show Explorer');
    await window.explorer.invokeFile('events/hello.json');
    await window.quickPick.pick('throws');
    await window.notification('Trust this workspace to run the preset "throws".').waitFor();
    const notification = window.notification('Trust this workspace to run the preset "hello". Nothing was sent.');
    await notification.getByText('Manage Workspace Trust').click();
    await window.page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click();
    const isRestricted = window.page.locator('.statusbar-item').filter({ hasText: 'Restricted Mode' });
    await expect.poll(() => isRestricted.count()).toBe(0);
    const connection = window.page.locator('.statusbar-item').filter({ hasText: 'default chain' });
    await connection.filter({ hasText: ENDPOINT }).waitFor();
    await expect.poll(() => connection.getAttribute('class')).toContain('warning');
    await window.closeEditors();
    await window.presets.open();
    await window.presets.row('hello').click();
    await window.page.keyboard.press('Control+Enter');
    await expectText(new FormPage(window.form()).response, 'Hello, Ada!');
    // The presets that were blocked didn't run after all.
    const ended = async () => (await window.outputChannel()).match(/\w+ RequestResponse Local →/g);
    await expect.poll(ended).toEqual(['hello RequestResponse Local →']);
  });

  describe('names from a file', () => {
    const NAME = '$(gear) live\u202e\n\u200bprod';
    const VISIBLE_NAME = '$(gear) live[U+202E]␊[U+200B]prod';

    beforeAll(async () => {
      await presetsFile(
        { name: NAME, FunctionName: 'hello', Qualifier: '$(rocket)', group: 'g\u2066$(flame)', endpoint: 'local' },
        { name: LINK, FunctionName: 'hello', Payload: `"\${input:$(bell) ${LINK}}"`, endpoint: 'local' },
        { name: 'unset', FunctionName: 'hello', TenantId: `\${env:${LINK}}`, endpoint: 'local' },
      );
      await window.presets.open();
      await window.page.mouse.move(0, 0); // a hover over a row would cover the others
    });

    test('are shown literally in rows, without icons and with invisible characters made visible', async () => {
      await window.presets.row(VISIBLE_NAME).waitFor();
      expect(await window.presets.rows()).toContain('g[U+2066]$(flame)');
      await window.command('Lambda Invoke: Invoke Preset…');
      const row = window.quickPick.row(VISIBLE_NAME);
      await row.waitFor();
      expect(await row.textContent()).toContain('hello:$(rocket)');
      expect(await row.textContent()).toContain('g[U+2066]$(flame)');
      expect(await row.locator('.codicon-gear, .codicon-rocket, .codicon-flame').count()).toBe(0);
      await window.page.keyboard.press('Escape');
    });

    test('contain no links or icons in an input prompt', async () => {
      await window.presets.row(LINK).click();
      await window.page.keyboard.press('Control+Enter');
      const prompt = window.page.locator('.quick-input-message').filter({ hasText: `$(bell) ${PLAIN_LINK}` });
      await prompt.waitFor();
      expect(await prompt.locator('a, .codicon-bell').count()).toBe(0);
      await window.page.keyboard.press('Escape');
    });

    test('contain no links in a command error', async () => {
      await window.presets.row('unset').click();
      await window.page.keyboard.press('Control+Enter');
      const error = window.notification(PLAIN_LINK);
      await error.waitFor();
      expect(await error.locator('.notification-list-item-message a').count()).toBe(0);
    });

    test('are shown next to the icons of the extension, and with invisible characters in tabs and the form', async () => {
      await window.page.keyboard.press('Escape');
      const form = await window.openForm();
      await form.field('FunctionName').fill('orders\u202e$(gear)');
      await window.page.locator('.tab').filter({ hasText: 'Invoke orders[U+202E]$(gear)' }).waitFor();
      await window.writeFile('events/\u2067bidi.json', '{}');
      await window.command('View: Show Explorer');
      await window.explorer.invokeFile('events/\u2067bidi.json');
      const row = window.quickPick.row(VISIBLE_NAME);
      await row.waitFor();
      expect(await row.locator('.codicon-play').count()).toBe(1);
      expect(await row.locator('.codicon-gear').count()).toBe(0);
      await window.page.locator('.quick-input-title').filter({ hasText: '[U+2067]bidi.json' }).waitFor();
      await window.quickPick.pick('Open in Form');
      await expectText(new FormPage(window.form()).byId('file-name'), '[U+2067]bidi.json');
    });
  });
});

describe('a window without a folder', () => {
  beforeAll(() => window.openNothing());

  test('has the form and personal presets, and shows how to start', async () => {
    await window.command('View: Show Lambda Invoke');
    await window.page.getByText('Save invocations as presets to rerun them.').waitFor();
    const form = await window.openForm();
    await form.field('FunctionName').fill('hello');
    await form.byId('save-preset').click();
    await window.quickPick.answer('everywhere');
    await window.presets.row('everywhere').waitFor();
    expect(await window.presets.rows()).toEqual(['Personal', 'everywhere']);
    const stored = await readdir(window.userStorage);
    expect(stored).toEqual(expect.arrayContaining(['lambda-invoke.json', 'lambda-invoke.schema.json']));
    await rm(join(window.userStorage, 'lambda-invoke.json'));
    await window.page.getByText('Save invocations as presets to rerun them.').waitFor();
  });
});
