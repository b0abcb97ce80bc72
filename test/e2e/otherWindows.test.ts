import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { FormPage } from '../support/formPage.ts';
import { pictureOfFailure } from '../support/pictureOfFailure.ts';
import { shows } from '../support/shows.ts';
import { Window } from '../support/window.ts';

/** Nobody listens there. */
const ENDPOINT = 'http://127.0.0.1:9';

let window: Window;

afterEach(({ task }) => pictureOfFailure(window, task));

describe('a workspace of two folders that is not trusted', () => {
  beforeAll(async () => {
    const settings = { 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.banner': 'never' };
    const workspaceSettings = {
      'lambdaInvoke.endpoint': ENDPOINT,
      'lambdaInvoke.confirm': ['default'],
    };
    window = await Window.open({ opens: 'twoFolders', hasTrust: true, settings, workspaceSettings });
  });

  afterAll(() => window.close());

  test('has no say about the endpoint and about confirmation until it is trusted', async () => {
    const status = window.page.locator('.statusbar-item#lambda-invoke\\.lambda-invoke\\.lambdaInvoke\\.connection');
    await window.command('Lambda Invoke: Select Profile…');
    await window.pick('Default chain');
    await status.getByText('default chain').waitFor();
    expect(await status.textContent()).not.toContain(ENDPOINT);
    expect(await status.getAttribute('class')).not.toContain('warning');
  });

  test('lists its presets by folder, and says why none runs until it is trusted', async () => {
    await window.openPresets();
    await window.presetRow('from the second').waitFor();
    const rows = await window.presetRows();
    expect(rows[0]).toBe('workspace');
    expect(rows.slice(-3)).toEqual(['second', 'from the second', 'Personal']);
    await window.presetRow('hello').click();
    await window.page.keyboard.press('Control+Enter');
    await window.command('Lambda Invoke: Invoke Preset…');
    await window.pick('slow');
    await window.notification('The preset “slow” belongs to this workspace, which is not trusted yet.').waitFor();
    await window.command('View: Show Explorer');
    await window.rightClick('events/hello.json');
    await window.pick('throws');
    await window.notification('The preset “throws” belongs to this workspace').waitFor();
    const refusal = window.notification('The preset “hello” belongs to this workspace, which is not trusted yet.');
    await refusal.getByText('Manage Workspace Trust').click();
    await window.page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click();
    const isRestricted = window.page.locator('.statusbar-item').filter({ hasText: 'Restricted Mode' });
    await expect.poll(() => isRestricted.count()).toBe(0);
    const connection = window.page.locator('.statusbar-item').filter({ hasText: 'default chain' });
    await connection.filter({ hasText: ENDPOINT }).waitFor();
    await expect.poll(() => connection.getAttribute('class')).toContain('warning');
    await window.closeEditors();
    await window.openPresets();
    await window.presetRow('hello').click();
    await window.page.keyboard.press('Control+Enter');
    await shows(new FormPage(window.form()).response, 'Hello, Ada!');
    // What was refused did not run beside its refusal.
    const ended = async () => (await window.outputChannel()).match(/\w+ RequestResponse Local →/g);
    await expect.poll(ended).toEqual(['hello RequestResponse Local →']);
  });
});

describe('a window without a folder', () => {
  beforeAll(async () => {
    window = await Window.open({ opens: 'nothing' });
  });

  afterAll(() => window.close());

  test('has the form, the user’s presets, and says what to do first', async () => {
    await window.command('View: Show Lambda Invoke');
    await window.page.getByText('A preset is an invocation you run by name').waitFor();
    const form = await window.openForm();
    await form.field('FunctionName').fill('hello');
    await form.byId('save-preset').click();
    await window.answer('everywhere');
    await window.presetRow('everywhere').waitFor();
    expect(await window.presetRows()).toEqual(['Personal', 'everywhere']);
    const stored = await readdir(window.userStorage);
    expect(stored).toEqual(expect.arrayContaining(['lambda-invoke.json', 'lambda-invoke.schema.json']));
    await rm(join(window.userStorage, 'lambda-invoke.json'));
    await window.page.getByText('A preset is an invocation you run by name').waitFor();
  });
});
