import * as vscode from 'vscode';
import { visibleLine } from '../../core/messages/visibleText.ts';

const SCHEME = 'lambda-invoke-log';

/** How long to wait for a log that keeps changing. */
const MAX_WAIT_MS = 1000;

function logUri(name: string): vscode.Uri {
  // The path is the title of the tab, and the name can be any text.
  return vscode.Uri.from({ scheme: SCHEME, path: `/${visibleLine(name).replaceAll('/', '∕')}.log`, query: name });
}

/** Shows the complete log of a local function in a read-only document, which is never stored. */
export class FunctionLog implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registered: vscode.Disposable;

  readonly #read: (name: string) => Promise<string>;

  constructor(read: (name: string) => Promise<string>) {
    this.#read = read;
    this.#registered = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      onDidChange: this.#changed.event,
      provideTextDocumentContent: ({ query }) => this.#text(query),
    });
  }

  /** Shows the current log, scrolled to its end. */
  async show(name: string): Promise<void> {
    const uri = logUri(name);
    const document = await vscode.workspace.openTextDocument(uri);
    const log = await this.#text(name);
    if (document.getText() !== log) await this.#renew(uri, log);
    const editor = await vscode.window.showTextDocument(document, { preview: false });
    const end = new vscode.Position(document.lineCount - 1, 0);
    editor.revealRange(new vscode.Range(end, end));
  }

  /** The function has run, so refresh its log if it is open. */
  update(name: string): void {
    this.#changed.fire(logUri(name));
  }

  async #text(name: string): Promise<string> {
    const log = await this.#read(name);
    return log === '' ? vscode.l10n.t('No log output yet.') : log;
  }

  /** VS Code refreshes an open document with a delay. */
  async #renew(uri: vscode.Uri, text: string): Promise<void> {
    const renewed = new Promise<void>((resolve) => {
      const listening = vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document.uri.toString() !== uri.toString() || document.getText() !== text) return;
        done();
      });
      const timer = setTimeout(() => done(), MAX_WAIT_MS);
      const done = () => {
        clearTimeout(timer);
        listening.dispose();
        resolve();
      };
    });
    this.#changed.fire(uri);
    await renewed;
  }

  dispose(): void {
    vscode.Disposable.from(this.#registered, this.#changed).dispose();
  }
}
