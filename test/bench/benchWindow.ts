import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from '../host/freePort.ts';
import type { Browser, Frame, Page } from 'playwright-core';
import { openBrowser, openPage, workbenchUrl } from '../host/browser.ts';
import { installExtension, startServer, type RunningServer } from '../host/codeServer.ts';
import { mustRun } from '../host/command.ts';
import { HOST_1_139 } from '../host/hostVersions.ts';
import { installHost } from '../host/installHost.ts';
import { createUserData } from '../host/userData.ts';

const FOLDER = 'out/bench/extensions';

/** Packages a benchmark extension with the same tool as the real one. */
async function packageExtension(name: string, code: string, activationEvent: string): Promise<string> {
  const folder = join(FOLDER, name);
  const vsix = resolve(FOLDER, `${name}.vsix`);
  await mkdir(folder, { recursive: true });
  const manifest = {
    name,
    publisher: 'bench',
    version: '0.0.0',
    engines: { vscode: '^1.100.0' },
    main: './extension.js',
    activationEvents: [activationEvent],
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'README.md'), `${name}\n`);
  await writeFile(join(folder, 'LICENSE'), 'MIT\n');
  if (code === '') await writeFile(join(folder, 'extension.js'), 'exports.activate = () => {};\n');
  else await cp(code, join(folder, 'extension.js'));
  const vsce = resolve('node_modules/@vscode/vsce/vsce');
  await mustRun(process.execPath, [vsce, 'package', '--no-dependencies', '--allow-missing-repository', '--out', vsix], {
    cwd: folder,
  });
  return vsix;
}

export interface Extensions {
  readonly lambdaInvoke: string;
  /** One is activated before the measured extension, the other one after it. */
  readonly empty: readonly [string, string];
  readonly probe: string;
}

export async function packageExtensions(): Promise<Extensions> {
  await rm(FOLDER, { recursive: true, force: true });
  const event = 'workspaceContains:.vscode/lambda-invoke.json';
  return {
    lambdaInvoke: resolve('lambda-invoke.vsix'),
    empty: [await packageExtension('a-empty', '', event), await packageExtension('z-empty', '', event)],
    probe: await packageExtension('probe', 'out/bench/probe/extension.js', 'onStartupFinished'),
  };
}

/** When the function name field and when all fields were painted, in milliseconds since the epoch. */
type TimedWindow = Window & { usableAt?: number; completeAt?: number };

/**
 * Runs in the page around the webview and records when the fields were painted. It can't run in the webview's frame,
 * because VS Code fills it with document.open, which drops the frame's timers and callbacks.
 */
function recordReadiness(): void {
  if (!location.pathname.includes('/webview/browser/pre/')) return;
  const isBare = (page: Document) => page.getElementById('bare') !== null;
  // The script of the form has labelled the button, so it has connected the fields.
  const isUsable = (page: Document) =>
    isBare(page) || (page.getElementById('save-preset')?.textContent ?? '').trim() !== '';
  const isComplete = (page: Document) =>
    isBare(page) || (isUsable(page) && (page.getElementById('invoke')?.shadowRoot ?? null) !== null);
  const record = (inner: TimedWindow, name: 'usableAt' | 'completeAt') => {
    inner[name] = 0;
    // The second animation frame starts after the first one was painted.
    inner.requestAnimationFrame(() =>
      inner.requestAnimationFrame(() => {
        inner[name] = Date.now();
      }),
    );
  };
  setInterval(() => {
    for (const { contentWindow, contentDocument } of document.querySelectorAll('iframe')) {
      const inner: TimedWindow | null = contentWindow;
      if (inner === null || contentDocument === null) continue;
      if (inner.usableAt === undefined && isUsable(contentDocument)) record(inner, 'usableAt');
      if (inner.completeAt === undefined && isComplete(contentDocument)) record(inner, 'completeAt');
    }
  }, 2);
}

/** A VS Code window with the probe extension and the extensions to measure. */
export class BenchWindow {
  readonly page: Page;
  readonly #browser: Browser;
  readonly #server: RunningServer;
  readonly #folders: readonly string[];
  readonly #port: number;

  private constructor(parts: { page: Page; browser: Browser; server: RunningServer; folders: string[]; port: number }) {
    this.page = parts.page;
    this.#browser = parts.browser;
    this.#server = parts.server;
    this.#folders = parts.folders;
    this.#port = parts.port;
  }

  /** Opens the sample workspace, with another presets file if one is given. */
  static async open(vsixes: readonly string[], presets?: string): Promise<BenchWindow> {
    const folder = await mkdtemp(join(tmpdir(), 'li-bench-'));
    const workspace = join(folder, 'workspace');
    await cp('test/workspace', workspace, { recursive: true });
    if (presets !== undefined) await writeFile(join(workspace, '.vscode/lambda-invoke.json'), presets);
    const userData = await createUserData();
    const host = await installHost(HOST_1_139);
    for (const vsix of vsixes) await installExtension(host, vsix, { userData });
    const port = await freePort();
    const env = {
      BENCH_PORT: String(port),
      AWS_CONFIG_FILE: join(folder, 'config'),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
      AWS_EC2_METADATA_DISABLED: 'true',
    };
    const server = await startServer(host, { userData, env });
    const browser = await openBrowser();
    const page = await openPage(browser);
    await page.context().addInitScript(recordReadiness);
    await page.goto(workbenchUrl(server.port, workspace));
    const window = new BenchWindow({ page, browser, server, folders: [folder, userData], port });
    await window.#waitUntilReady();
    await window.idle(1500); // let the window settle
    return window;
  }

  async #waitUntilReady(): Promise<void> {
    await this.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
    for (let attempt = 0; ; attempt++) {
      const failed = await this.send({ do: 'memory' }).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (failed === undefined) return;
      if (attempt === 100) throw new Error('The probe does not respond', { cause: failed });
      await this.idle(200);
    }
  }

  /** Reloads the window, which starts a new extension host. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.#waitUntilReady();
    await this.idle(1500);
  }

  async send(command: object): Promise<unknown> {
    const response = await fetch(`http://127.0.0.1:${this.#port}`, { method: 'POST', body: JSON.stringify(command) });
    const { result, error } = (await response.json()) as { result?: unknown; error?: string };
    if (error !== undefined) throw new Error(error);
    return result;
  }

  async memory(): Promise<NodeJS.MemoryUsage> {
    return (await this.send({ do: 'memory' })) as NodeJS.MemoryUsage;
  }

  idle(ms: number): Promise<void> {
    return this.page.waitForTimeout(ms);
  }

  /**
   * Waits for a completely painted webview. Returns its frame, and when it became usable and complete, in ms since the
   * epoch.
   */
  async webview(): Promise<{ readonly frame: Frame; readonly usableAt: number; readonly completeAt: number }> {
    for (let attempt = 0; attempt < 1000; attempt++) {
      for (const frame of this.page.frames()) {
        if (!frame.url().includes('fake.html')) continue;
        const [usableAt, completeAt] = await frame
          .evaluate(() => [(window as TimedWindow).usableAt ?? 0, (window as TimedWindow).completeAt ?? 0] as const)
          .catch(() => [0, 0] as const);
        if (usableAt > 0 && completeAt > 0) return { frame, usableAt, completeAt };
      }
      await this.idle(10);
    }
    throw new Error('No webview became usable');
  }

  /**
   * Opens and closes a webview. Returns the milliseconds from the command until it's usable, and until it's complete.
   */
  async opening(command: object): Promise<{ readonly usable: number; readonly complete: number }> {
    const response = this.send(command) as Promise<{ at: number }>;
    const { usableAt, completeAt } = await this.webview();
    const { at } = await response;
    await this.send({ do: 'command', command: 'workbench.action.closeAllEditors' });
    await this.idle(500);
    return { usable: usableAt - at, complete: completeAt - at };
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#server.stop();
    for (const folder of this.#folders) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
