import * as vscode from 'vscode';
import { describeConnection, isSameConnection, toStoredConnection } from '../../core/connection/connection.ts';
import { describeFunction } from '../../core/invocation/invocation.ts';
import type { FollowMode, FollowState } from '../../core/logs/followState.ts';
import {
  parseFromFollowPage,
  type FollowedText,
  type FromFollowPage,
  type StoredFollowed,
  type ToFollowPage,
} from '../../protocol/followMessages.ts';
import { setTabTitle } from '../ui/labels.ts';
import type { PageHtml } from '../ui/pageHtml.ts';
import { reportErrors } from '../ui/reportErrors.ts';
import { runAws, runLocal, type Followed, type RunServices } from './followRun.ts';

export interface FollowTabDependencies {
  readonly services: RunServices;
  readonly html: PageHtml;
  readonly resourceRoot: vscode.Uri;
  readonly icon: vscode.Uri;
  /** Prompts for functions. Empty if canceled. */
  readonly askFunctions: () => Promise<readonly StoredFollowed[]>;
  /** Shows JSON of a row in a form. */
  readonly useJson: (text: string, fn: StoredFollowed, isLocal: boolean) => Promise<void>;
}

/** How far back a log is read when the user resumes, in milliseconds. */
const MAX_RESUMED_MS = 600_000;

/** How much earlier than the newest event a log is read again, in milliseconds. */
const RESUME_OVERLAP_MS = 60_000;

/** Larger messages block the page. */
const MAX_TEXTS = 500;

const STOPPED: FollowState = { kind: 'stopped' };

/** A tab that follows the logs of functions. Sends no request after it is closed. */
export class FollowTab {
  readonly #panel: vscode.WebviewPanel;
  readonly #dependencies: FollowTabDependencies;
  readonly #functions: Followed[] = [];
  /** What runs, by connection. Each local function has its own. */
  readonly #running = new Map<string, AbortController>();
  /** How AWS functions are followed. The user chooses it once for each tab. */
  #mode: FollowMode | 'unknown' | 'asking' = 'unknown';
  #lastId = 0;
  #isReady = false;
  #isDisposed = false;

  constructor(panel: vscode.WebviewPanel, dependencies: FollowTabDependencies, onDidDispose: () => void) {
    this.#panel = panel;
    this.#dependencies = dependencies;
    panel.iconPath = dependencies.icon;
    panel.webview.options = { enableScripts: true, localResourceRoots: [dependencies.resourceRoot] };
    panel.webview.onDidReceiveMessage((received: unknown) => {
      const intent = parseFromFollowPage(received);
      if (intent !== undefined) reportErrors(this.#handle(intent));
    });
    panel.onDidDispose(() => {
      this.#isDisposed = true;
      this.#abortAll();
      onDidDispose();
    });
    reportErrors(this.#load());
  }

  /** Adds functions, and follows them. `isStopped`: after a reload of the window, until the user resumes. */
  add(functions: readonly StoredFollowed[], { isStopped = false } = {}): void {
    const added = functions.filter((fn) => !this.#functions.some((other) => isSame(fn, other)));
    for (const { FunctionName, connection } of added) {
      const state = isStopped ? STOPPED : ({ kind: 'starting' } as const);
      const id = ++this.#lastId;
      const label = describeConnection(connection);
      const fn = { id, FunctionName, connection, label, startTime: Date.now(), shownTo: 0, state };
      this.#functions.push(fn);
      reportErrors(this.#describe(fn));
    }
    this.#showTitle();
    // Lines that are read before the page is ready would be lost.
    if (!isStopped && this.#isReady) this.#start(this.#functions.slice(this.#functions.length - added.length));
    this.#postState();
  }

  async #load(): Promise<void> {
    const html = await this.#dependencies.html(this.#panel.webview);
    if (!this.#isDisposed) this.#panel.webview.html = html;
  }

  /** The connection with its effective region. */
  async #describe(fn: Followed): Promise<void> {
    fn.label = describeConnection(await this.#dependencies.services.connections.describe(fn.connection));
    this.#postState();
  }

  #showTitle(): void {
    const [first] = this.#functions;
    const name = first === undefined ? '' : describeFunction(first);
    const others = this.#functions.length - 1;
    const title = others > 0 ? vscode.l10n.t('Log: {0} and {1} more', name, others) : vscode.l10n.t('Log: {0}', name);
    setTabTitle(this.#panel, title);
  }

  async #handle(intent: FromFollowPage): Promise<void> {
    switch (intent.type) {
      case 'ready':
        // A page that is loaded again, in another window, doesn't restart anything.
        if (!this.#isReady) {
          this.#isReady = true;
          this.#start(this.#functions.filter(({ state }) => state.kind === 'starting'));
        }
        return this.#postState();
      case 'choose':
        this.#mode = intent.mode;
        this.#start(this.#functions.filter(({ state }) => state.kind === 'starting'));
        return this.#postState();
      case 'stop':
        this.#abortAll();
        for (const fn of this.#functions) fn.state = STOPPED;
        return this.#postState();
      case 'resume':
        this.#start(this.#functions.filter(({ state }) => state.kind === 'stopped'));
        return this.#postState();
      case 'addFunction': {
        const functions = await this.#dependencies.askFunctions();
        return this.#isDisposed || functions.length === 0 ? undefined : this.add(functions);
      }
      case 'copy':
        return vscode.env.clipboard.writeText(intent.text);
      case 'save':
        return this.#save(intent.text);
      case 'useJson': {
        const fn = this.#functions.find(({ id }) => id === intent.id);
        return fn && this.#dependencies.useJson(intent.text, fn, intent.isLocal);
      }
    }
  }

  /** Starts following functions. Asks first whether to use Live Tail, which is charged. */
  #start(functions: readonly Followed[]): void {
    const now = Date.now();
    for (const fn of functions) fn.state = { kind: 'starting' };
    const isAws = functions.some(({ connection }) => connection.kind === 'aws');
    if (isAws && (this.#mode === 'unknown' || this.#mode === 'asking')) {
      this.#mode = 'asking';
      return;
    }
    // One session follows all functions of a connection, because each session is charged.
    const keys = new Set(functions.map(keyOf));
    for (const key of keys) {
      const group = this.#functions.filter((fn) => keyOf(fn) === key && fn.state.kind !== 'stopped');
      for (const fn of group)
        fn.startTime = Math.max(fn.startTime, fn.shownTo - RESUME_OVERLAP_MS, now - MAX_RESUMED_MS);
      this.#run(key, group);
    }
  }

  #run(key: string, group: readonly Followed[]): void {
    this.#running.get(key)?.abort();
    const controller = new AbortController();
    this.#running.set(key, controller);
    const { signal } = controller;
    const [fn] = group;
    const listeners = {
      onTexts: (texts: readonly FollowedText[]) => this.#postTexts(texts, signal),
      onState: (changed: Followed, state: FollowState) => {
        if (signal.aborted) return;
        changed.state = state;
        this.#postState();
      },
    };
    const { services } = this.#dependencies;
    if (fn?.connection.kind === 'local') reportErrors(runLocal(services, fn, listeners, signal));
    else if (fn !== undefined)
      reportErrors(
        runAws(
          services,
          group,
          { connection: fn.connection, mode: this.#mode === 'liveTail' ? 'liveTail' : 'poll' },
          { listeners, signal },
        ),
      );
  }

  #abortAll(): void {
    for (const controller of this.#running.values()) controller.abort();
    this.#running.clear();
  }

  async #save(text: string): Promise<void> {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const name = `${describeFunction(this.#functions[0] ?? { FunctionName: 'function' }).replaceAll(/[^\w.-]/g, '_')}.log`;
    const options = folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) };
    const uri = await vscode.window.showSaveDialog(options);
    if (uri !== undefined) await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
  }

  async #postTexts(texts: readonly FollowedText[], signal: AbortSignal): Promise<void> {
    for (let start = 0; start < texts.length && !signal.aborted; start += MAX_TEXTS)
      await this.#post({ type: 'texts', texts: texts.slice(start, start + MAX_TEXTS) });
  }

  #postState(): void {
    const isStopped = this.#functions.every(({ state }) => state.kind === 'stopped');
    void this.#post({
      type: 'state',
      status: this.#mode === 'asking' ? 'asking' : isStopped ? 'stopped' : 'following',
      functions: this.#functions.map((fn) => ({
        id: fn.id,
        name: describeFunction(fn),
        connection: fn.label,
        state: fn.state,
      })),
      stored: this.#functions.map(({ FunctionName, connection }) => ({
        FunctionName,
        connection: toStoredConnection(connection),
      })),
    });
  }

  #post(message: ToFollowPage): PromiseLike<unknown> {
    return this.#isReady && !this.#isDisposed ? this.#panel.webview.postMessage(message) : Promise.resolve();
  }
}

function keyOf({ id, connection }: Followed): string {
  return connection.kind === 'local' ? `local ${id}` : JSON.stringify(connection);
}

function isSame(one: StoredFollowed, other: StoredFollowed): boolean {
  return one.FunctionName === other.FunctionName && isSameConnection(one.connection, other.connection);
}
