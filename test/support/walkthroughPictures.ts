import { writeFile } from 'node:fs/promises';
import type { Locator } from 'playwright-core';
import { CONFIG, openConnectedWindow } from './connectedWindow.ts';
import { FormPage } from './formPage.ts';
import { Window } from './window.ts';

/** The color themes of the pictures in Get Started. VS Code uses them for high contrast too. */
export const WALKTHROUGH_THEMES = { dark: 'Default Dark Modern', light: 'Default Light Modern' } as const;

type Theme = keyof typeof WALKTHROUGH_THEMES;

/** Wide enough for both panes of the form. */
const SIZE = { width: 1000, height: 560 } as const;

/** Higher quality makes the text hardly sharper, and the package larger. */
const QUALITY = 25;

interface Clip {
  readonly width: number;
  readonly height: number;
}

/** Saves the upper left part of a window as the picture of a step. */
async function take({ page }: Window, step: string, theme: Theme, clip: Clip = SIZE): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const { data } = await devtools.send('Page.captureScreenshot', {
    format: 'webp',
    quality: QUALITY,
    clip: { x: 0, y: 0, ...clip, scale: 1 },
  });
  await writeFile(`media/walkthrough-${step}-${theme}.webp`, Buffer.from(data, 'base64'));
}

/** Waits until VS Code has rendered an element at its place. */
async function settle(element: Locator): Promise<void> {
  await element.waitFor();
  await element
    .page()
    .evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

/** A local function with its result. */
async function takeForm(window: Window, theme: Theme): Promise<void> {
  await window.command('View: Close Primary Side Bar');
  const form = await window.openForm();
  await form.field('FunctionName').fill('hello');
  await form.typePayload('{ "name": "Ada" }');
  await form.invoke.click();
  await form.response.getByText('Hello, Ada!').waitFor();
  await settle(form.log);
  await take(window, 'form', theme);
  await window.closeEditors();
}

/** The context menu of a payload file. */
async function takeFile(window: Window, theme: Theme): Promise<void> {
  await window.command('View: Show Explorer');
  await (await window.explorer.row('events/hello.json')).click({ button: 'right' });
  const item = window.page
    .locator('.context-view .monaco-menu .action-item')
    .filter({ hasText: 'Invoke Lambda with File…' });
  await item.hover();
  await settle(item);
  await take(window, 'file', theme, { width: 680, height: 400 });
  await window.page.keyboard.press('Escape');
}

/** The presets view next to a form with the preset's result. */
async function takePresets(window: Window, theme: Theme): Promise<void> {
  await window.presets.open();
  await window.presets.row('hello').hover();
  await window.presets.row('hello').getByLabel('Run Preset').click();
  await new FormPage(window.form()).response.getByText('Hello, Ada!').waitFor();
  await window.presets.focus('hello');
  await window.presets.row('hello').hover();
  await settle(window.presets.row('hello'));
  await take(window, 'presets', theme);
}

/** Select Profile with profiles of each kind. */
async function takeProfile(theme: Theme): Promise<void> {
  const settings = { 'workbench.colorTheme': WALKTHROUGH_THEMES[theme] };
  const connected = await openConnectedWindow(settings, { viewport: SIZE });
  const { window } = connected;
  try {
    await connected.writeConfig(CONFIG.slice(0, CONFIG.indexOf('[profile broken]')));
    await window.selectProfile('corp');
    await window.command('View: Close Primary Side Bar');
    await window.openForm();
    await window.command('Lambda Invoke: Select Profile…');
    await settle(window.quickPick.row('corp'));
    await take(window, 'profile', theme, { width: SIZE.width, height: 420 });
  } finally {
    await connected.close();
  }
}

/** Takes the pictures of Get Started for a theme and saves them in media/. */
export async function takeWalkthrough(theme: Theme): Promise<void> {
  const settings = { 'workbench.colorTheme': WALKTHROUGH_THEMES[theme] };
  const window = await Window.open({ settings, page: { viewport: SIZE } });
  try {
    await takeForm(window, theme);
    await takeFile(window, theme);
    await takePresets(window, theme);
  } finally {
    await window.close();
  }
  await takeProfile(theme);
}
