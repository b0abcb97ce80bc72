import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FormPage } from '../../support/formPage.ts';
import { expectText } from '../../support/expectText.ts';
import { window } from './window.ts';

const steps = () => window.page.locator('.getting-started-step');
const step = (title: string) => steps().filter({ hasText: title });
const isTicked = async (title: string) =>
  (await step(title).locator('.codicon.complete, .codicon-getting-started-step-checked').count()) > 0;

/** Opens Get Started and expands a step. */
async function show(title: string): Promise<void> {
  await window.command('Welcome: Open Walkthrough...');
  await window.quickPick.pick('Get Started with Lambda Invoke');
  await step(title).waitFor();
  if ((await step(title).getAttribute('class'))?.includes('expanded') !== true) await step(title).click();
}

describe('Get Started', () => {
  test('shows the drawing of each step in the color theme', async () => {
    const drawings = {
      'Save a preset': 'The Presets view',
      'Invoke a local function': 'The form with the function hello',
    };
    for (const [title, description] of Object.entries(drawings)) {
      await show(title);
      const drawing = window.form().getByRole('img', { name: description });
      await drawing.waitFor();
      const style = (of: Element) => ({ fill: getComputedStyle(of).fill, color: getComputedStyle(of).color });
      const { fill, color } = await drawing.evaluate(style);
      expect(fill).toBe(color);
    }
  });

  test('creating and invoking a local function completes its step', async () => {
    await show('Invoke a local function');
    await expect.poll(() => steps().count()).toBe(4);
    expect(await isTicked('Invoke a local function')).toBe(false);
    await step('Invoke a local function').getByText('New Local Function…').click();
    await window.quickPick.answer('greets');
    const form = new FormPage(window.form());
    await expect.poll(() => form.field('FunctionName').inputValue()).toBe('greets');
    expect(await readFile(join(window.workspace, 'functions/greets.mjs'), 'utf8')).toContain(
      'export async function handler',
    );
    const presets = await readFile(join(window.workspace, '.vscode/lambda-invoke.json'), 'utf8');
    expect(presets).toContain('"greets": { "handler": "functions/greets.handler" }');
    expect(presets).toContain('// Saved invocations.');
    await form.invoke.click();
    await expectText(form.response, 'Hello, Ada!');
    await show('Invoke a local function');
    await expect.poll(() => isTicked('Invoke a local function')).toBe(true);
    expect(await isTicked('Select a profile')).toBe(false);
  });

  test('selecting a profile, using a file and saving a preset complete their steps', async () => {
    await show('Select a profile');
    await step('Select a profile').getByText('Select Profile…').click();
    await window.quickPick.pick('Local');
    await expect.poll(() => isTicked('Select a profile')).toBe(true);
    await window.explorer.invokeFile('events/hello.json');
    await window.quickPick.pick('Open in Form…');
    const form = new FormPage(window.form());
    await expectText(form.file, 'events/hello.json');
    await form.field('FunctionName').fill('hello');
    await form.byId('save-preset').click();
    await window.quickPick.pick('Personal');
    await window.quickPick.answer('from the start');
    await window.notification('Saved preset "from the start".').waitFor();
    await show('Save a preset');
    await expect.poll(() => isTicked('Save a preset')).toBe(true);
    await expect.poll(() => isTicked('Invoke with a file')).toBe(true);
    await rm(join(window.userStorage, 'lambda-invoke.json'));
  });
});

const TEMPLATE = `Resources:
  FromTemplate:
    Type: AWS::Serverless::Function
    Properties: { Handler: functions/hello.handler, Runtime: nodejs18.x }
  InAContainer:
    Type: AWS::Serverless::Function
    Properties: { PackageType: Image }
`;

describe('functions of the workspace', () => {
  beforeAll(() => window.presets.open());

  afterAll(() => rm(join(window.workspace, 'template.yaml')));

  test('are listed, and a double click opens one in the form with its event', async () => {
    await window.functions.row('hello').click();
    await window.functions.row('hello').and(window.page.locator('.selected')).waitFor();
    expect(await window.page.locator('.tabs-container .tab').filter({ hasText: 'Invoke' }).count()).toBe(0);
    await window.functions.row('hello').dblclick();
    const form = new FormPage(window.form());
    await expect.poll(() => form.field('FunctionName').inputValue()).toBe('hello');
    await expectText(form.connection, 'Local');
    await form.invoke.click();
    await expectText(form.response, 'Hello, Ada!');
    await expectText(form.headline, 'hello.json');
    const file = form.headline.getByText('hello.json');
    expect(await file.getAttribute('title')).toBe('Payload file: events/hello.json');
  });

  test('run with the selected event', async () => {
    await window.functions.row('hello').click({ button: 'right' });
    await window.chooseMenu('Select Event…');
    await window.quickPick.pick('chatty.json');
    await window.functions.row('hello').click({ button: 'right' });
    await window.chooseMenu('Run Local Function');
    await expectText(new FormPage(window.form()).headline, 'chatty.json');
    await window.functions.row('hello').click({ button: 'right' });
    await window.chooseMenu('Select Event…');
    await window.quickPick.pick('Automatic');
    await window.closeEditors();
  });

  test('are opened and run with the keyboard only', async () => {
    await window.functions.focus('hello');
    await window.page.keyboard.press('Enter');
    const form = new FormPage(window.form());
    await expect.poll(() => form.field('FunctionName').inputValue()).toBe('hello');
    await window.closeEditors();
    await window.functions.focus('hello');
    await window.page.keyboard.press('Control+Enter');
    await expectText(new FormPage(window.form()).response, 'Hello, Ada!');
  });

  test('run from their context menu and show their complete log', async () => {
    await window.functions.row('hello').click({ button: 'right' });
    await window.chooseMenu('Run Local Function');
    await expectText(new FormPage(window.form()).response, 'Hello, Ada!');
    await window.functions.row('hello').click({ button: 'right' });
    await window.chooseMenu('Show Local Log');
    await window.page.locator('.editor-instance .view-lines').filter({ hasText: 'REPORT RequestId' }).first().waitFor();
  });

  test('of a new template are listed, with the reason where one can’t run', async () => {
    await window.writeFile('template.yaml', TEMPLATE);
    await window.functions.row('FromTemplate').waitFor();
    await expectText(window.functions.row('InAContainer'), "Container images aren't supported locally.");
    await window.functions.row('FromTemplate').click({ button: 'right' });
    await window.chooseMenu('Open Function in Template');
    await window.page.locator('.editor-instance .view-lines').filter({ hasText: 'FromTemplate' }).first().waitFor();
  });

  test('an invalid template is listed with its line', async () => {
    await window.writeFile('template.yaml', 'Resources:\n  A: { Type: AWS::Serverless::Function\n');
    await window.page
      .locator('.pane .monaco-list-row')
      .filter({ hasText: 'template.yaml, line 3, column 1' })
      .waitFor();
    await window.functions.row('hello').waitFor();
  });
});
