// npm run pictures: the form with outcomes, and the presets, in each theme, wide and narrow, as it stands in the real window. They go to
// out/pictures; the README's go to media/ as well.
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { mustRun } from '../host/command.ts';
import type { FormPage } from '../support/formPage.ts';
import { Window } from '../support/window.ts';

const FOLDER = 'out/pictures';
const THEMES = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  contrast: 'Default High Contrast',
  'contrast-light': 'Default High Contrast Light',
} as const;

async function invoke(window: Window, name: string, payload: string): Promise<FormPage> {
  await window.closeEditors();
  const form = await window.openForm();
  await form.field('FunctionName').fill(name);
  await form.typePayload(payload);
  await form.invoke.click();
  await form.byId('response').waitFor();
  await form.log.waitFor();
  return form;
}

/** Errors, told apart from warnings, beside their fields. */
async function showProblems(window: Window): Promise<void> {
  await window.closeEditors();
  const form = await window.openForm();
  await form.field('FunctionName').fill('hello');
  await form.typePayload('{ "name": Ada }');
  await form.field('ClientContext').fill('{"Custom":{"key":"value"}}');
  await form.byId('send-anyway').waitFor();
}

/** A response that is still coming. */
async function showStream(window: Window): Promise<void> {
  await window.closeEditors();
  const form = await window.openForm();
  await form.field('FunctionName').fill('counts');
  await form.choose('InvokeMode', 'RESPONSE_STREAM');
  await form.typePayload('{ "to": 30, "everyMs": 200 }');
  await form.invoke.click();
  await form.response.getByText('7 of 30').waitFor();
}

/** The presets view, and the file the presets are kept in. */
async function showPresets(window: Window): Promise<void> {
  await window.openPresets();
  await window.presetRow('hello').click({ button: 'right' });
  await window.chooseMenu('Open in File');
  await window.page.locator('.codelens-decoration a').first().waitFor();
  await window.presetRow('hello').click();
}

interface Clip {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const SIZES = { wide: { width: 1200, height: 760 }, narrow: { width: 480, height: 1100 } } as const;

async function takePictures(theme: keyof typeof THEMES, size: keyof typeof SIZES): Promise<void> {
  const settings = { 'workbench.colorTheme': THEMES[theme] };
  const window = await Window.open({ settings, page: { viewport: SIZES[size] } });
  const devtools = await window.page.context().newCDPSession(window.page);
  // WebP: a third of what the same picture takes as PNG, and the README's are in the package.
  const picture = async (name: string, clip: Clip = { x: 0, y: 0, ...SIZES[size] }) => {
    const asked = { format: 'webp', quality: 90, clip: { ...clip, scale: 1 } } as const;
    const { data } = await devtools.send('Page.captureScreenshot', asked);
    await writeFile(`${FOLDER}/${name}-${theme}.webp`, Buffer.from(data, 'base64'));
  };
  try {
    if (size === 'wide') {
      await showPresets(window);
      await picture('presets', { x: 0, y: 0, width: 880, height: 470 }); // the rest is the file
    }
    await window.command('View: Close Primary Side Bar');
    await invoke(window, 'hello', '{ "name": "Ada" }');
    await picture(size === 'wide' ? 'form' : 'narrow');
    await showProblems(window);
    await picture(size === 'wide' ? 'problems' : 'narrow-problems');
    await showStream(window);
    await picture(size === 'wide' ? 'stream' : 'narrow-stream');
    if (size === 'narrow') return;
    await invoke(window, 'throws', '{ "reason": "out of stock" }');
    await picture('error');
  } finally {
    await window.close();
  }
}

await mkdir(FOLDER, { recursive: true });
await mustRun('npm', ['run', '--silent', 'package']);
for (const theme of Object.keys(THEMES) as (keyof typeof THEMES)[]) await takePictures(theme, 'wide');
for (const theme of ['dark', 'light'] as const) await takePictures(theme, 'narrow');
for (const name of ['form', 'presets', 'stream'])
  await copyFile(`${FOLDER}/${name}-dark.webp`, `media/${name}-dark.webp`);
process.exit();
