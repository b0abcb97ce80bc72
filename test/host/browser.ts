import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { ensureChromium } from './chromium.ts';
import { shortTmpdir } from './shortTmpdir.ts';

const FLAGS = [
  '--no-sandbox',
  // The scripts run too briefly to be worth optimizing.
  '--js-flags=--no-opt --no-sparkplug --max-lazy',
  // Otherwise each webview starts another process.
  '--disable-site-isolation-trials',
  '--disable-gpu',
  // Less work for each frame.
  '--disable-gpu-compositing',
  '--disable-software-rasterizer',
  '--disable-smooth-scrolling',
  '--disable-threaded-animation',
  '--disable-lcd-text',
  '--disable-quic',
  '--no-first-run',
  '--no-proxy-server',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function openBrowser(): Promise<Browser> {
  const env = { ...process.env, TMPDIR: shortTmpdir() };
  return chromium.launch({ executablePath: await ensureChromium(), args: FLAGS, env });
}

/**
 * Opens a page in a new browser context, without code-server's service worker. That worker, or a webview's worker of an
 * earlier page, delays the first webview by seconds.
 */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const viewport = { width: 1400, height: 900 };
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce', ...options });
  await context.addInitScript(() => {
    if (!('ServiceWorkerContainer' in self)) return;
    const { prototype } = ServiceWorkerContainer;
    const original = Object.getOwnPropertyDescriptor(prototype, 'register')?.value as typeof prototype.register;
    prototype.register = function (url, ...rest) {
      const isWorkbench = String(url).includes('out/browser/serviceWorker.js');
      return isWorkbench ? Promise.resolve({} as ServiceWorkerRegistration) : original.call(this, url, ...rest);
    };
  });
  return context.newPage();
}

/** The workbench URL that opens a folder, a workspace file, or nothing. */
export function workbenchUrl(port: number, path: string | undefined): string {
  const payload = JSON.stringify([['skipWelcome', 'true']]);
  const kind = path?.endsWith('.code-workspace') === true ? 'workspace' : 'folder';
  const opened = path === undefined ? { ew: 'true' } : { [kind]: path };
  return `http://127.0.0.1:${port}/?${new URLSearchParams({ ...opened, payload }).toString()}`;
}

/**
 * Makes the workbench load development extensions and run tests. The URL can set this only together with a driver that
 * hides notifications, so this changes the settings when the page reads them.
 */
export async function developExtensions(
  page: Page,
  { extensions, tests }: { extensions: string[]; tests?: string },
): Promise<void> {
  await page.addInitScript(
    (paths) => {
      const uri = (path: string) => ({ scheme: 'vscode-remote', authority: location.host, path });
      const original = Object.getOwnPropertyDescriptor(Element.prototype, 'getAttribute')
        ?.value as typeof Element.prototype.getAttribute;
      Element.prototype.getAttribute = function (name) {
        const value = original.call(this, name);
        if (name !== 'data-settings' || this.id !== 'vscode-workbench-web-configuration' || value === null)
          return value;
        const settings = JSON.parse(value) as { developmentOptions?: object };
        settings.developmentOptions = {
          ...settings.developmentOptions,
          extensions: paths.extensions.map(uri),
          ...(paths.tests !== undefined && { extensionTestsPath: uri(paths.tests) }),
        };
        return JSON.stringify(settings);
      };
    },
    { extensions, tests },
  );
}
