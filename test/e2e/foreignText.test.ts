import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { FormPage } from '../support/formPage.ts';
import { pictureOfFailure } from '../support/pictureOfFailure.ts';
import { shows } from '../support/shows.ts';
import { Window } from '../support/window.ts';

let window: Window;

afterEach(({ task }) => pictureOfFailure(window, task));

const LINK = '[Zen](command:workbench.action.toggleZenMode)';
const PLAIN_LINK = '[Zen] (command:workbench.action.toggleZenMode)';

const presetsFile = (...presets: readonly object[]) =>
  window.writeFile('.vscode/lambda-invoke.json', JSON.stringify({ presets }));

describe('a workspace that is not trusted', () => {
  beforeAll(async () => {
    const settings = { 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.banner': 'never' };
    window = await Window.open({ hasTrust: true, settings });
  });

  afterAll(() => window.close());

  test('brings no command into a notification with the name of a preset', async () => {
    await presetsFile({ name: LINK, FunctionName: 'hello', endpoint: 'local' });
    await window.openPresets();
    await window.presetRow(LINK).click();
    await window.page.keyboard.press('Control+Enter');
    const refusal = window.notification(`The preset “${PLAIN_LINK}” belongs to this workspace`);
    await refusal.waitFor();
    expect(await refusal.locator('.notification-list-item-message a').count()).toBe(0);
    await refusal.getByText('Zen').click();
    expect(await window.page.locator('.monaco-workbench.zen-mode, .monaco-workbench.nosidebar').count()).toBe(0);
  });
});

describe('names from a file', () => {
  const NAME = '$(gear) live\u202e\n\u200bprod';
  const SHOWN = '$(gear) live[U+202E]␊[U+200B]prod';

  beforeAll(async () => {
    window = await Window.open();
    await presetsFile(
      { name: NAME, FunctionName: 'hello', Qualifier: '$(rocket)', group: 'g\u2066$(flame)', endpoint: 'local' },
      { name: LINK, FunctionName: 'hello', Payload: `"\${input:$(bell) ${LINK}}"`, endpoint: 'local' },
      { name: 'unset', FunctionName: 'hello', TenantId: `\${env:${LINK}}`, endpoint: 'local' },
    );
    await window.openPresets();
  });

  afterAll(() => window.close());

  test('are shown as they are written in rows, without icons and with what can’t be seen', async () => {
    await window.presetRow(SHOWN).waitFor();
    expect(await window.presetRows()).toContain('g[U+2066]$(flame)');
    await window.command('Lambda Invoke: Invoke Preset…');
    const row = window.quickPickRow(SHOWN);
    await row.waitFor();
    expect(await row.textContent()).toContain('hello:$(rocket)');
    expect(await row.textContent()).toContain('g[U+2066]$(flame)');
    expect(await row.locator('.codicon-gear, .codicon-rocket, .codicon-flame').count()).toBe(0);
    await window.page.keyboard.press('Escape');
  });

  test('are no links and no icons in a question', async () => {
    await window.presetRow(LINK).click();
    await window.page.keyboard.press('Control+Enter');
    const prompt = window.page.locator('.quick-input-message').filter({ hasText: `$(bell) ${PLAIN_LINK}` });
    await prompt.waitFor();
    expect(await prompt.locator('a, .codicon-bell').count()).toBe(0);
    await window.page.keyboard.press('Escape');
  });

  test('are no links in the error of a command', async () => {
    await window.presetRow('unset').click();
    await window.page.keyboard.press('Control+Enter');
    const error = window.notification(PLAIN_LINK);
    await error.waitFor();
    expect(await error.locator('.notification-list-item-message a').count()).toBe(0);
  });

  test('keep our own icons beside them, and what can’t be seen is shown in tabs and in the form', async () => {
    await window.page.keyboard.press('Escape');
    const form = await window.openForm();
    await form.field('FunctionName').fill('orders\u202e$(gear)');
    await window.page.locator('.tab').filter({ hasText: 'Invoke orders[U+202E]$(gear)' }).waitFor();
    await window.writeFile('events/\u2067bidi.json', '{}');
    await window.command('View: Show Explorer');
    await window.rightClick('events/\u2067bidi.json');
    const row = window.quickPickRow(SHOWN);
    await row.waitFor();
    expect(await row.locator('.codicon-play').count()).toBe(1);
    expect(await row.locator('.codicon-gear').count()).toBe(0);
    await window.page.locator('.quick-input-title').filter({ hasText: '[U+2067]bidi.json' }).waitFor();
    await window.pick('Open in form');
    await shows(new FormPage(window.form()).byId('file-name'), '[U+2067]bidi.json');
  });
});
