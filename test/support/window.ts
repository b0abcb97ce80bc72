import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Browser, BrowserContextOptions, FrameLocator, Locator, Page } from 'playwright-core';
import { openBrowser, openPage, workbenchUrl } from '../host/browser.ts';
import { installExtension, startServer, type RunningServer } from '../host/codeServer.ts';
import { HOST_1_139, type HostVersion } from '../host/hostVersions.ts';
import { installHost } from '../host/installHost.ts';
import { createUserData, QUIET } from '../host/userData.ts';
import { concernsUs } from './concernsUs.ts';
import { FormPage } from './formPage.ts';
import { openWorkbench, untilOpen } from './openWorkbench.ts';
import { installPseudoLocale, usePseudoLocale } from './pseudoLocale.ts';
import { addSecondFolder } from './secondFolder.ts';
import { outputChannel } from './writtenFiles.ts';

interface WindowOptions {
  /** The VS Code it is; without it the newest. */
  readonly vscode?: HostVersion;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly page?: BrowserContextOptions;
  /** What is open: the sample workspace, it and a second folder, or no folder at all. */
  readonly opens?: 'folder' | 'twoFolders' | 'nothing';
  /** The settings of a workspace of two folders. */
  readonly workspaceSettings?: Readonly<Record<string, unknown>>;
  /** Workspaces must be trusted first. */
  readonly hasTrust?: boolean;
  /** Shows the extension's texts in the pseudo-locale. */
  readonly isPseudoLocalized?: boolean;
  /** Variables of the extension host beside those that lead it away from this machine's own AWS files. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A VS Code window with the packaged extension and a copy of the sample workspace. */
export class Window {
  #page: Page;
  readonly workspace: string;
  /** Everything that was logged as an error, by the page, its webviews or the extension host. */
  readonly errors: string[] = [];
  readonly #folder: string;
  /** The folder of settings, storage and logs. */
  readonly userData: string;
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
      if (concernsUs(text, text)) this.errors.push(text);
    });
    page.on('console', (message) => {
      const text = message.text();
      const isError = message.type() === 'error' || text.includes('Content Security Policy');
      if (isError && concernsUs(text, message.location().url)) this.errors.push(text);
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
    const page = await openPage(browser, pageOptions);
    if (options.isPseudoLocalized === true) await usePseudoLocale(page);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const window = new Window({ page, folder, userData, browser, server });
    const twoFolders = opens === 'twoFolders' ? await addSecondFolder(folder, options.workspaceSettings) : undefined;
    const opened = opens === 'nothing' ? undefined : (twoFolders ?? window.workspace);
    await openWorkbench(page, workbenchUrl(server.port, opened), opens !== 'nothing');
    return window;
  }

  /** Closes the window, and opens its workspace again in a new one: what quitting and starting is. */
  async reopen(): Promise<void> {
    const url = this.#page.url();
    const context = this.#page.context();
    const page = await context.newPage();
    this.#watch(page);
    await this.#page.close({ runBeforeUnload: false });
    this.#page = page;
    await openWorkbench(page, url);
  }

  /** Reloads the window; what is asked of it afterwards is asked of the new page. */
  async reload(): Promise<void> {
    const left = this.page.waitForEvent('framenavigated', (frame) => frame === this.page.mainFrame());
    await this.command('Developer: Reload Window');
    await left;
    await untilOpen(this.page);
  }

  /** Writes a file of the workspace, and the folders it lies in. */
  async writeFile(path: string, text: string): Promise<void> {
    const file = join(this.workspace, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }

  /** Writes the AWS config and credentials files; before this there are none. */
  async writeAwsFiles(config: string, credentials: string): Promise<void> {
    await writeFile(join(this.#folder, 'aws/config'), config);
    await writeFile(join(this.#folder, 'aws/credentials'), credentials);
  }

  /** Runs a command from the palette. It lists what is registered when it opens, so an early try may have to be repeated. */
  async command(title: string): Promise<void> {
    const isFocused = () =>
      this.page
        .locator('.quick-input-list .monaco-list-row.focused')
        .filter({ has: this.page.getByText(title, { exact: true }) })
        .isVisible();
    const find = async () => {
      await this.page.keyboard.press('F1');
      await this.quickInput.fill(`>${title}`, { timeout: 2000 });
      await this.quickPickRow(title).waitFor({ timeout: 2000 });
      // Commands that were used lately stand before the one that is meant.
      for (let step = 0; step < 20; step++) {
        if (await isFocused()) return;
        await this.page.keyboard.press('ArrowDown');
      }
      throw new Error('It is not among the first rows');
    };
    for (let attempt = 1; ; attempt++) {
      const missing = await find().then(
        () => undefined,
        (error: unknown) => error,
      );
      if (missing === undefined) break;
      if (attempt === 10) throw new Error(`The palette has no ${title}`, { cause: missing });
      await this.page.keyboard.press('Escape');
    }
    await this.quickInput.press('Enter');
  }

  #focusedRow(text: string): Locator {
    return this.page.locator('.quick-input-list .monaco-list-row.focused').filter({ hasText: text });
  }

  /** Closes all editors; texts that were never saved are let go. */
  async closeEditors(): Promise<void> {
    await this.command('View: Close All Editors');
    const tabs = this.page.locator('.tabs-container .tab');
    const dontSave = this.page.locator('.monaco-dialog-box').getByRole('button', { name: "Don't Save" });
    while ((await tabs.count()) > 0) {
      if (await dontSave.isVisible()) await dontSave.click();
      await this.page.waitForTimeout(50);
    }
  }

  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget:visible input:is([type="text"], [type="password"])').first();
  }

  /** Chooses a file in VS Code's own file dialog: it first shows a folder, and takes no Enter while it looks. */
  async chooseFile(path: string): Promise<void> {
    const input = this.quickInput;
    await this.quickPickRow('..').waitFor();
    await input.fill(path);
    for (let attempt = 1; attempt <= 20 && (await input.isVisible()); attempt++) {
      await input.press('Enter');
      await this.page.waitForTimeout(200);
    }
  }

  /** Picks a row with the keyboard: rows move under a mouse while they come. */
  async pick(text: string): Promise<void> {
    await this.quickInput.fill(text);
    await this.#focusedRow(text).waitFor();
    await this.quickInput.press('Enter');
  }

  /** Types into the input box that is open, in place of what stands there. */
  async answer(text: string): Promise<void> {
    await this.quickInput.fill(text);
    await this.quickInput.press('Enter');
  }

  quickPickRow(text: string): Locator {
    return this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: text }).first();
  }

  notification(text: string): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item').filter({ hasText: text });
  }

  /** The content of the form that is in view; `nth` where several are. */
  form(nth = 0): FrameLocator {
    return this.page.frameLocator(`iframe.webview.ready >> nth=${nth}`).frameLocator('#active-frame');
  }

  /** Opens the form from the palette. */
  async openForm(): Promise<FormPage> {
    await this.command('Lambda Invoke: Invoke Function…');
    const form = new FormPage(this.form());
    await form.invoke.waitFor();
    return form;
  }

  /** Chooses `Invoke Lambda with File…` in the Explorer. */
  async rightClick(path: string): Promise<void> {
    await (await this.explorerRow(path)).click({ button: 'right' });
    await this.page
      .locator('.context-view .monaco-menu .action-item')
      .filter({ hasText: 'Invoke Lambda with File…' })
      .click({ delay: 200 }); // a menu ignores a button that is let go just after it opened
  }

  /** Where the extension keeps what is the user's own. */
  get userStorage(): string {
    return join(this.userData, 'User/globalStorage/lambda-invoke.lambda-invoke');
  }

  /** Shows the presets view. */
  async openPresets(): Promise<void> {
    await this.command('View: Show Lambda Invoke');
    await this.page.locator('.pane-body .monaco-list, .welcome-view').first().waitFor();
  }

  /** The rows of one of our two views in the side bar. */
  #rows(view: 'Presets' | 'Functions'): Locator {
    const header = this.page.locator(`.pane-header[aria-label^="${view}"]`);
    return this.page.locator('.pane').filter({ has: header }).locator('.monaco-list-row');
  }

  /** A row of the presets view, by what it is called. */
  presetRow(name: string): Locator {
    return this.#rows('Presets').filter({ has: this.page.locator('.label-name').getByText(name, { exact: true }) });
  }

  /** A row of the functions view. */
  functionRow(name: string): Locator {
    return this.#rows('Functions').filter({ has: this.page.locator('.label-name').getByText(name, { exact: true }) });
  }

  /** What the presets view shows, top to bottom. */
  async presetRows(): Promise<string[]> {
    return this.#rows('Presets').locator('.label-name').allTextContents();
  }

  /** Chooses an item of the menu that is open. */
  async chooseMenu(title: string): Promise<void> {
    const item = this.page.locator('.context-view .monaco-menu .action-item').filter({ hasText: title }).first();
    await item.click({ delay: 200 }); // a menu ignores a button that is let go just after it opened
  }

  /** A row of the Explorer, its folders opened on the way. */
  async explorerRow(path: string): Promise<Locator> {
    const row = (name: string) =>
      this.page
        .locator('.explorer-folders-view .monaco-list-row')
        .filter({ has: this.page.getByText(name, { exact: true }) });
    const isOpen = async (folder: string) => (await row(folder).getAttribute('aria-expanded')) === 'true';
    const parts = path.split('/');
    const file = parts.pop() ?? '';
    for (const folder of parts) {
      // The Explorer of a window that has just opened draws its rows anew: a click may meet one that goes away.
      for (let attempt = 0; attempt < 5 && !(await isOpen(folder)); attempt++) {
        await row(folder).click();
        for (let wait = 0; wait < 20 && !(await isOpen(folder)); wait++) await this.page.waitForTimeout(100);
      }
    }
    await row(file).waitFor();
    return row(file);
  }

  /** What stands in the Output channel "Lambda Invoke". */
  async outputChannel(): Promise<string> {
    return outputChannel(this.userData);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#server.stop();
    for (const folder of [this.#folder, this.userData])
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
