import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { ensureChromium } from './chromium.ts';
import { shortTmpdir } from './shortTmpdir.ts';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
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
 * A page for one boot of the workbench, in a context of its own. code-server's own service worker is held back: it, or a
 * webview's worker of an earlier page, makes the first webview wait for seconds.
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
      return isWorkbench ? new Promise(() => undefined) : original.call(this, url, ...rest);
    };
  });
  return context.newPage();
}

/** The workbench's address with a folder or a workspace file open, or with nothing. */
export function workbenchUrl(port: number, path: string | undefined): string {
  const payload = JSON.stringify([['skipWelcome', 'true']]);
  const kind = path?.endsWith('.code-workspace') === true ? 'workspace' : 'folder';
  const opened = path === undefined ? { ew: 'true' } : { [kind]: path };
  return `http://127.0.0.1:${port}/?${new URLSearchParams({ ...opened, payload }).toString()}`;
}

/**
 * Makes the workbench load extensions under development, and run tests. VS Code takes these from its page's settings;
 * the query's payload is honoured only with a driver that hides notifications, so the settings are completed as read.
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
