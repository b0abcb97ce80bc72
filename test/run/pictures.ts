// npm run pictures: takes screenshots of the form and the presets in each theme, wide and narrow, into out/pictures.
// Also updates the pictures of the README in media/.
//   --moving  only the animation
//   --states  only those of each state of the form, which aren't taken otherwise
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { mustRun } from '../host/command.ts';
import { animatedWebp, type AnimationFrame } from '../support/animation.ts';
import { FormPage } from '../support/formPage.ts';
import { openConnectedWindow } from '../support/connectedWindow.ts';
import { SHOP_FILES } from '../support/shopFiles.ts';
import { takeStates } from '../support/statePictures.ts';
import { Window } from '../support/window.ts';
import { chooseMenuWithKeyboard } from '../support/window/menu.ts';

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
  await form.headline.waitFor();
  await form.log.waitFor({ state: 'attached' }); // a narrow form hides it behind a tab
  return form;
}

/** Errors and warnings next to their fields. */
async function showProblems(window: Window): Promise<void> {
  await window.closeEditors();
  const form = await window.openForm();
  await form.field('FunctionName').fill('hello');
  await form.typePayload('{ "name": Ada }');
  await (await form.option('ClientContext')).fill('{"Custom":{"key":"value"}}');
  await form.byId('send-as-is').waitFor();
}

/** A response that is still streaming. */
async function showStream(window: Window): Promise<void> {
  await window.closeEditors();
  const form = await window.openForm();
  await form.field('FunctionName').fill('counts');
  await form.choose('InvokeMode', 'RESPONSE_STREAM');
  await form.typePayload('{ "to": 30, "everyMs": 200 }');
  await form.invoke.click();
  await form.response.getByText('7 of 30').waitFor();
}

/** The presets view and the presets file. */
async function showPresets(window: Window): Promise<void> {
  await window.presets.open();
  await window.presets.row('hello').click({ button: 'right' });
  await window.chooseMenu('Open in File');
  await window.page.locator('.codelens-decoration a').first().waitFor();
  await window.presets.row('hello').click();
}

/** The results of several files, one of them in the form. */
async function showResults(window: Window): Promise<void> {
  await window.command('View: Show Explorer');
  await window.explorer.invokeFiles('shop/payloads/first.json', 'shop/payloads/third.json');
  await window.quickPick.pick('Checks');
  await window.results.pane.getByText('1 of 3 succeeded, 1 failed, 1 with HTTP 4xx').waitFor();
  await window.page.mouse.move(800, 400); // a hover would cover the row
  await window.page.locator('.monaco-hover:visible').waitFor({ state: 'hidden' });
  await window.results.row('second.json').click();
  await new FormPage(window.form()).headline.waitFor();
}

/** The invocations so far: one pinned, one open in the form. */
async function showHistory(window: Window): Promise<void> {
  await window.presets.open();
  await window.history.row('hello').click({ button: 'right' });
  await window.chooseMenu('Pin');
  await window.history.row('Pinned').waitFor();
  await window.history.focus('throws');
  await window.page.mouse.move(800, 400);
  await window.page.locator('.monaco-hover:visible').waitFor({ state: 'hidden' });
}

/** Two invocations with other payloads: the first without, the second with a warm process. */
async function showComparison(window: Window): Promise<void> {
  await invoke(window, 'context', '{ "name": "Ada", "id": 9007199254740993 }');
  await invoke(window, 'context', '{ "name": "Bob", "id": 9007199254740993 }');
  await window.closeEditors();
  await window.history.row('context').nth(1).waitFor();
  await window.history.focus('context');
  await window.page.keyboard.press('Shift+ArrowDown');
  await chooseMenuWithKeyboard(window.page, 'Compare Selected');
  const response = window.page.locator('.multiDiffEditor .view-line').filter({ hasText: /^Response:\s+Different$/ });
  await response.first().waitFor();
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
  const window = await Window.open({ settings, files: SHOP_FILES, page: { viewport: SIZES[size] } });
  const devtools = await window.page.context().newCDPSession(window.page);
  // WebP is a third of the size of PNG, and the package contains the pictures of the README.
  const picture = async (name: string, clip: Clip = { x: 0, y: 0, ...SIZES[size] }) => {
    const options = { format: 'webp', quality: 40, clip: { ...clip, scale: 1 } } as const;
    const { data } = await devtools.send('Page.captureScreenshot', options);
    await writeFile(`${FOLDER}/${name}-${theme}.webp`, Buffer.from(data, 'base64'));
  };
  try {
    if (size === 'wide') {
      await showPresets(window);
      await picture('presets', { x: 0, y: 0, width: 840, height: 430 }); // the rest is the file
      await showResults(window);
      await picture('results');
    }
    await window.command('View: Close Primary Side Bar');
    await invoke(window, 'hello', '{ "name": "Ada" }');
    await picture(size === 'wide' ? 'form' : 'narrow');
    await showProblems(window);
    await picture(size === 'wide' ? 'problems' : 'narrow-problems');
    await showStream(window);
    if (size === 'wide')
      await picture('stream', { x: 0, y: 0, width: 1200, height: 470 }); // the rest is empty
    else await picture('narrow-stream');
    if (size === 'narrow') return;
    await invoke(window, 'throws', '{ "reason": "out of stock" }');
    await picture('error');
    await showHistory(window);
    await picture('history');
    await showComparison(window);
    await picture('comparison');
  } finally {
    await window.close();
  }
}

/** A protected connection, the configuration of a function, and the function browser. Uses loopback only. */
async function takeConnected(theme: keyof typeof THEMES, size: keyof typeof SIZES): Promise<void> {
  const settings = { 'workbench.colorTheme': THEMES[theme], 'lambdaInvoke.confirm': ['prod'] };
  const connected = await openConnectedWindow(settings, { viewport: SIZES[size] });
  const { window, services } = connected;
  const picture = (name: string) => window.page.screenshot({ path: `${FOLDER}/${name}-${size}-${theme}.png` });
  try {
    for (const name of ['orders', 'orders-archive', 'payments', 'shipping']) {
      services.functions.push({
        FunctionName: name,
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        MemorySize: 256,
        Timeout: 30,
        State: name === 'payments' ? 'Pending' : 'Active',
        LastUpdateStatus: 'Successful',
        LastModified: '2026-11-01T10:00:00.000+0000',
        PackageType: 'Zip',
        Description: `the shop’s ${name}`,
        TenancyConfig: { TenantIsolationMode: 'PER_TENANT' },
        LoggingConfig: { LogGroup: `/shop/${name}`, LogFormat: 'JSON' },
      });
    }
    await window.command('Lambda Invoke: Select Profile…');
    await window.quickPick.pick('prod');
    await window.command('View: Close Primary Side Bar');
    const form = await window.openForm();
    await form.field('FunctionName').fill('payments');
    await form.byId('form').getByText('About', { exact: true }).click();
    await form.byId('facts').getByText('Log group').waitFor();
    await picture('about');
    await form.byId('form').locator('[data-ask="browse"]').click();
    await window.quickPick.row('shipping').waitFor();
    await picture('browse');
  } finally {
    await connected.close();
  }
}

/** An animation of an invocation: name, payload, click, result. Each frame contains only what changed. */
async function takeAnimation(): Promise<void> {
  const canvas = { width: 1000, height: 600 }; // wide enough for both panes
  const window = await Window.open({ page: { viewport: canvas } });
  const devtools = await window.page.context().newCDPSession(window.page);
  const frames: AnimationFrame[] = [];
  const take = async (ms: number, { x, y, width, height }: Clip = { x: 0, y: 0, ...canvas }) => {
    const clip = { x, y, width, height, scale: 1 };
    const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: 24, clip });
    frames.push({ x, y, width, height, bytes: Buffer.from(data, 'base64'), ms });
  };
  /** The area of an element with a margin, in even pixels. */
  const clipAround = async (id: string): Promise<Clip> => {
    const box = await new FormPage(window.form()).byId(id).boundingBox();
    if (box === null) throw new Error(`${id} is missing`);
    const [x, y] = [2 * Math.floor((box.x - 8) / 2), 2 * Math.floor((box.y - 8) / 2)];
    const [width, height] = [box.width + 18, box.height + 18].map((size) => 2 * Math.ceil(size / 2));
    return { x, y, width: Math.min(width ?? 0, canvas.width - x), height: Math.min(height ?? 0, canvas.height - y) };
  };
  try {
    await window.command('View: Close Primary Side Bar');
    const form = await window.openForm();
    await form.typePayload('');
    await form.field('FunctionName').focus();
    await take(900);
    for (const name of ['h', 'he', 'hel', 'hell', 'hello']) {
      await form.field('FunctionName').fill(name);
      await take(name === 'hello' ? 500 : 110, await clipAround('FunctionName'));
    }
    const payload = '{ "name": "Ada" }';
    await form.field('Payload').focus();
    await take(50, await clipAround('FunctionName'));
    for (const length of [1, 5, 9, 13, payload.length]) {
      await form.fillPayload(payload.slice(0, length));
      const state = await clipAround('payload');
      await take(length === payload.length ? 600 : 130, state);
    }
    await form.invoke.hover();
    await take(500, await clipAround('invoke'));
    await form.invoke.click();
    await form.byId('response').waitFor();
    await form.log.waitFor();
    await window.page.waitForTimeout(500);
    await take(5000);
    await writeFile('media/invoke.webp', animatedWebp(canvas, frames));
  } finally {
    await window.close();
  }
}

async function takeEachState(): Promise<void> {
  const sizes = { ...SIZES, small: { width: 400, height: 800 } };
  for (const theme of Object.keys(THEMES) as (keyof typeof THEMES)[]) {
    for (const [size, viewport] of Object.entries(sizes)) {
      await mkdir(`${FOLDER}/${size}-${theme}`, { recursive: true });
      const settings = { 'workbench.colorTheme': THEMES[theme] };
      await takeStates(settings, viewport, (name) => `${FOLDER}/${size}-${theme}/${name}.png`);
    }
  }
}

await mkdir(FOLDER, { recursive: true });
await mustRun('npm', ['run', '--silent', 'package']);
const only = process.argv.find((argument) => ['--moving', '--states'].includes(argument));
if (only === '--states') {
  await takeEachState();
  process.exit();
}
await takeAnimation();
if (only === '--moving') process.exit();
for (const theme of Object.keys(THEMES) as (keyof typeof THEMES)[]) await takePictures(theme, 'wide');
for (const theme of ['dark', 'light'] as const) await takePictures(theme, 'narrow');
for (const theme of Object.keys(THEMES) as (keyof typeof THEMES)[]) await takeConnected(theme, 'wide');
await takeConnected('dark', 'narrow');
await copyFile(`${FOLDER}/presets-dark.webp`, 'media/presets-dark.webp');
process.exit();
