import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Browser, BrowserContextOptions, FrameLocator, Locator, Page } from 'playwright-core';
import { openBrowser, openPage, workbenchUrl } from '../host/browser.ts';
import { installExtension, startServer, type RunningServer } from '../host/codeServer.ts';
import { HOST_1_139, type HostVersion } from '../host/hostVersions.ts';
import { installHost } from '../host/installHost.ts';
import { createUserData, QUIET } from '../host/userData.ts';
import { isExtensionError } from './isExtensionError.ts';
import { FormPage } from './formPage.ts';
import { openWorkbench, waitForWorkbench } from './openWorkbench.ts';
import { installPseudoLocale, usePseudoLocale } from './pseudoLocale.ts';
import { addSecondFolder } from './secondFolder.ts';
import { Explorer } from './window/explorer.ts';
import { chooseMenu } from './window/menu.ts';
import { QuickPick } from './window/quickPick.ts';
import { TestExplorer } from './window/testExplorer.ts';
import { FunctionsView, HistoryView, PresetsView, ResultsView } from './window/views.ts';
import { outputChannel } from './writtenFiles.ts';

interface WindowOptions {
  /** The newest by default. */
  readonly vscode?: HostVersion;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly page?: BrowserContextOptions;
  /** The sample workspace by default. */
  readonly opens?: 'folder' | 'twoFolders';
  /** Files to add to the sample workspace before it opens. */
  readonly files?: Readonly<Record<string, string>>;
  /** Settings of the workspace of two folders. */
  readonly workspaceSettings?: Readonly<Record<string, unknown>>;
  /** Shows the extension's texts in the pseudo-locale. */
  readonly isPseudoLocalized?: boolean;
  /** Turns on Workspace Trust. */
  readonly hasTrust?: boolean;
  /** Additional environment variables of the extension host. It never reads the AWS files of this machine. */
  readonly env?: Readonly<Record<string, string>>;
}

async function openPageWithClipboard(browser: Browser, options?: BrowserContextOptions): Promise<Page> {
  const page = await openPage(browser, options);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  return page;
}

/** A VS Code window with the packaged extension and a copy of the sample workspace. */
export class Window {
  #page: Page;
  readonly workspace: string;
  /** Errors logged by the page, its webviews or the extension host. */
  readonly errors: string[] = [];
  readonly #folder: string;
  /** The folder with settings, storage and logs. */
  readonly userData: string;
  readonly quickPick = new QuickPick(() => this.page);
  readonly explorer = new Explorer(() => this.page);
  readonly presets = new PresetsView(
    () => this.page,
    (title) => this.command(title),
  );
  readonly results = new ResultsView(() => this.page);
  readonly functions = new FunctionsView(() => this.page);
  readonly history = new HistoryView(() => this.page);
  readonly testExplorer = new TestExplorer(
    () => this.page,
    (title) => this.command(title),
  );
  readonly #browser: Browser;
  readonly #server: RunningServer;

  constructor(parts: { page: Page; folder: string; userData: string; browser: Browser; server: RunningServer }) {
    this.#page = parts.page;
    this.#folder = parts.folder;
    this.userData = parts.userData;
    this.#browser = parts.browser;
    this.#server = parts.server;
    this.workspace = join(parts.folder, 'workspace');
    this.#watch(parts.page);
  }

  get page(): Page {
    return this.#page;
  }

  #watch(page: Page): void {
    page.on('pageerror', (error) => {
      const text = error.stack ?? String(error);
      if (isExtensionError(text, text)) this.errors.push(text);
    });
    page.on('console', (message) => {
      const text = message.text();
      const isError = message.type() === 'error' || text.includes('Content Security Policy');
      if (isError && isExtensionError(text, message.location().url)) this.errors.push(text);
    });
  }

  static async open(options: WindowOptions = {}): Promise<Window> {
    const { vscode = HOST_1_139, settings = {}, page: pageOptions, opens = 'folder', hasTrust = false } = options;
    const folder = await mkdtemp(join(tmpdir(), 'li-e2e-'));
    await cp('test/workspace', join(folder, 'workspace'), { recursive: true });
    await mkdir(join(folder, 'aws'));
    const env = {
      AWS_CONFIG_FILE: join(folder, 'aws/config'),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'aws/credentials'),
      AWS_EC2_METADATA_DISABLED: 'true',
      ...options.env,
    };
    const trust = hasTrust ? { 'security.workspace.trust.enabled': true } : {};
    const userData = await createUserData({ ...QUIET, ...trust, ...settings });
    const host = await installHost(vscode);
    await installExtension(host, resolve('lambda-invoke.vsix'), { userData });
    if (options.isPseudoLocalized === true) await installPseudoLocale(userData);
    const server = await startServer(host, { userData, env, hasTrust });
    const browser = await openBrowser();
    const page = await openPageWithClipboard(browser, pageOptions);
    if (options.isPseudoLocalized === true) await usePseudoLocale(page);
    const window = new Window({ page, folder, userData, browser, server });
    for (const [path, text] of Object.entries(options.files ?? {})) await window.writeFile(path, text);
    const twoFolders = opens === 'twoFolders' ? await addSecondFolder(folder, options.workspaceSettings) : undefined;
    await openWorkbench(page, workbenchUrl(server.port, twoFolders ?? window.workspace));
    return window;
  }

  /** Closes the window and opens its workspace in a new one, as quitting and restarting does. */
  async reopen(options?: BrowserContextOptions): Promise<void> {
    const previous = this.#page;
    // Without options the new page shares the browser profile, which has VS Code's storage.
    const page = await (options === undefined
      ? previous.context().newPage()
      : openPageWithClipboard(this.#browser, options));
    this.#watch(page);
    await previous.close({ runBeforeUnload: false });
    this.#page = page;
    await openWorkbench(page, previous.url());
  }

  /** Opens a window without a folder in place of this one. */
  async openNothing(): Promise<void> {
    await openWorkbench(this.page, workbenchUrl(this.#server.port, undefined), false);
  }

  /** Reloads the window and waits for the new page. */
  async reload(): Promise<void> {
    const previous = this.page.waitForEvent('framenavigated', (frame) => frame === this.page.mainFrame());
    await this.command('Developer: Reload Window');
    await previous;
    await waitForWorkbench(this.page);
  }

  /** Writes a file of the workspace and creates its folders. */
  async writeFile(path: string, text: string): Promise<void> {
    const file = join(this.workspace, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }

  /** Writes the AWS config and credentials files, which don't exist at first. */
  async writeAwsFiles(config: string, credentials: string): Promise<void> {
    await writeFile(join(this.#folder, 'aws/config'), config);
    await writeFile(join(this.#folder, 'aws/credentials'), credentials);
  }

  async selectTheme(name: string): Promise<void> {
    await this.command('Preferences: Color Theme');
    await this.quickPick.pick(name);
  }

  /** Changes the connection to a profile, or to Local. */
  async selectProfile(name: string): Promise<void> {
    await this.command('Lambda Invoke: Select Profile…');
    await this.quickPick.pick(name);
  }

  /** Runs a command from the palette. */
  command(title: string): Promise<void> {
    return this.quickPick.command(title);
  }

  /** Closes all editors and discards unsaved text. */
  async closeEditors(): Promise<void> {
    const tabs = this.page.locator('.tabs-container .tab');
    const modalEditor = this.page.locator('.monaco-modal-editor-block');
    if ((await tabs.count()) + (await modalEditor.count()) === 0) return;
    await this.command('View: Close All Editors');
    const isEmpty = this.page.locator(
      '.monaco-workbench:not(:has(.monaco-modal-editor-block)) .editor-group-container.empty',
    );
    const dontSave = this.page.locator('.monaco-dialog-box').getByRole('button', { name: "Don't Save" });
    for (;;) {
      await isEmpty.first().or(dontSave).first().waitFor();
      if (!(await dontSave.isVisible())) return;
      await dontSave.click();
      await dontSave.waitFor({ state: 'hidden' });
    }
  }

  notification(text: string): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item').filter({ hasText: text });
  }

  /** The content of the visible form, or of the nth one where several are visible. */
  form(nth = 0): FrameLocator {
    return this.page.frameLocator(`iframe.webview.ready >> nth=${nth}`).frameLocator('#active-frame');
  }

  /** Shows the form that is open, or opens an empty one. */
  async openForm(): Promise<FormPage> {
    const isOpen =
      (await this.page
        .locator('.tabs-container .tab')
        .filter({ hasText: /^Invoke / })
        .count()) > 0;
    await this.command(`Lambda Invoke: ${isOpen ? 'Invoke Function…' : 'New Form'}`);
    const form = new FormPage(this.form());
    await form.invoke.waitFor();
    return form;
  }

  /** The extension's global storage. */
  get userStorage(): string {
    return join(this.userData, 'User/globalStorage/lambda-invoke.lambda-invoke');
  }

  /** Chooses an item of the open context menu. */
  chooseMenu(title: string): Promise<void> {
    return chooseMenu(this.page, title);
  }

  /** The text of the Output channel. */
  outputChannel(): Promise<string> {
    return outputChannel(this.userData);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#server.stop();
    for (const folder of [this.#folder, this.userData])
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
