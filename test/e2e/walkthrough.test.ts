import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { FormPage } from '../support/formPage.ts';
import { pictureOfFailure } from '../support/pictureOfFailure.ts';
import { shows } from '../support/shows.ts';
import { Window } from '../support/window.ts';

let window: Window;

beforeAll(async () => {
  window = await Window.open();
});

afterAll(() => window.close());

afterEach(({ task }) => pictureOfFailure(window, task));

const steps = () => window.page.locator('.getting-started-step');
const step = (title: string) => steps().filter({ hasText: title });
const isTicked = async (title: string) =>
  (await step(title).locator('.codicon.complete, .codicon-getting-started-step-checked').count()) > 0;

/** Shows Get Started again, and in it a step. */
async function show(title: string): Promise<void> {
  await window.command('Welcome: Open Walkthrough...');
  await window.pick('Get Started with Lambda Invoke');
  await step(title).waitFor();
  if ((await step(title).getAttribute('class'))?.includes('expanded') !== true) await step(title).click();
}

test('Get Started: a local function is made and invoked, and the step ticks itself', async () => {
  await show('Invoke a local function');
  await expect.poll(() => steps().count()).toBe(4);
  expect(await isTicked('Invoke a local function')).toBe(false);
  await step('Invoke a local function').getByText('New Local Function…').click();
  await window.answer('greets');
  const form = new FormPage(window.form());
  await expect.poll(() => form.field('FunctionName').inputValue()).toBe('greets');
  expect(await readFile(join(window.workspace, 'functions/greets.mjs'), 'utf8')).toContain(
    'export async function handler',
  );
  const presets = await readFile(join(window.workspace, '.vscode/lambda-invoke.json'), 'utf8');
  expect(presets).toContain('"greets": { "handler": "functions/greets.handler" }');
  expect(presets).toContain('// Presets: what you run by name.');
  await form.invoke.click();
  await shows(form.response, 'Hello, Ada!');
  await show('Invoke a local function');
  await expect.poll(() => isTicked('Invoke a local function')).toBe(true);
  expect(await isTicked('Select a profile')).toBe(false);
});

test('Get Started: choosing a connection, a file and a preset tick their steps', async () => {
  await show('Select a profile');
  await step('Select a profile').getByText('Select Profile…').click();
  await window.pick('Local');
  await expect.poll(() => isTicked('Select a profile')).toBe(true);
  await window.rightClick('events/hello.json');
  await window.pick('Open in Form…');
  const form = new FormPage(window.form());
  await shows(form.file, 'events/hello.json');
  await form.field('FunctionName').fill('hello');
  await form.byId('save-preset').click();
  await window.pick('Personal');
  await window.answer('from the start');
  await window.notification('Saved preset "from the start".').waitFor();
  await show('Save a preset');
  await expect.poll(() => isTicked('Save a preset')).toBe(true);
  await expect.poll(() => isTicked('Invoke with a file')).toBe(true);
});

test('nothing was logged as an error', () => {
  expect(window.errors).toEqual([]);
});
