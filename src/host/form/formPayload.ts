import * as vscode from 'vscode';
import { createTurns } from '../../core/async/newest.ts';
import { recentPayloadFiles } from '../../core/history/historyEntry.ts';
import type { ToForm } from '../../protocol/messages.ts';
import { droppedUri } from '../files/droppedUri.ts';
import type { HistoryStore } from '../history/historyStore.ts';
import type { EventFiles } from './eventFiles.ts';
import { askPayloadFile } from '../invoking/askPayloadFile.ts';
import { describePayloadFile, labelled } from '../invoking/payloadFiles.ts';
import { reportErrors } from '../ui/reportErrors.ts';

const DESCRIBE_DELAY_MS = 250;

interface FormPayloadOptions {
  readonly history: Pick<HistoryStore, 'entries' | 'onDidChange'>;
  readonly eventFiles: Pick<EventFiles, 'list' | 'onDidChange'>;
  readonly isVisible: () => boolean;
  readonly post: (message: ToForm) => void;
}

/** The payload file of a form. Tracks edits, renames and closing, and posts its state. */
export class FormPayload implements vscode.Disposable {
  readonly #options: FormPayloadOptions;
  readonly #subscriptions: vscode.Disposable;
  /** The URI of the file, or empty. */
  #uri = '';
  /** The last text of the untitled editor, because closing without saving clears it first. */
  #untitledText = '';
  #closedText: string | undefined;
  /** The file's new URI, set while the form was hidden. */
  #renamedTo: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #describing = createTurns();

  constructor(options: FormPayloadOptions) {
    this.#options = options;
    this.#subscriptions = vscode.Disposable.from(
      options.history.onDidChange(this.postFiles),
      options.eventFiles.onDidChange(this.postFiles),
      vscode.workspace.onDidCloseTextDocument((document) => this.#documentClosed(document)),
      vscode.workspace.onDidRenameFiles(({ files }) => this.#followRename(files)),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => this.#documentChanged(uri)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        this.#keepText(document);
        this.#documentChanged(document.uri);
      }),
    );
  }

  /** The text of an editor that was closed while the form was hidden. */
  get closedText(): string | undefined {
    return this.#closedText;
  }

  /** The URI of the file that was renamed while the form was hidden. */
  get renamedTo(): string | undefined {
    return this.#renamedTo;
  }

  /** Posts changes that happened while the page was hidden. */
  postInitialState(): void {
    this.#postClosedText();
    this.#postRenamed();
  }

  /** Posts the files of the menu. */
  readonly postFiles = (): void => reportErrors(this.#postFiles());

  /** The payload is another file now. */
  describe(uri: string): void {
    this.#uri = uri;
    for (const document of vscode.workspace.textDocuments) this.#keepText(document);
    reportErrors(this.#describe(uri));
  }

  /** The file might have changed outside of VS Code. */
  refresh(): void {
    if (this.#uri !== '') reportErrors(this.#describe(this.#uri));
  }

  async browse(): Promise<void> {
    const uri = await askPayloadFile(vscode.workspace.workspaceFolders?.[0]?.uri);
    if (uri !== undefined) this.#post({ type: 'payloadChosen', uri: uri.toString() });
  }

  drop(uris: string): void {
    const uri = droppedUri(uris);
    if (uri !== undefined) this.#post({ type: 'payloadChosen', uri: uri.toString() });
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscriptions.dispose();
  }

  #post(message: ToForm): void {
    this.#options.post(message);
  }

  /** Recent files, then other event files of the workspace. */
  async #postFiles(): Promise<void> {
    if (!this.#options.isVisible()) return;
    const { history, eventFiles } = this.#options;
    const recent = labelled(recentPayloadFiles(history.entries()));
    const others = (await eventFiles.list()).filter(({ uri }) => recent.every((file) => file.uri !== uri));
    const files = [
      ...recent.map((file) => ({ ...file, group: 'recent' as const })),
      ...others.map((file) => ({ ...file, group: 'workspace' as const })),
    ];
    this.#post({ type: 'payloadFiles', files });
  }

  /** Stores the text of an untitled editor, because VS Code reuses its name. */
  #documentClosed(document: vscode.TextDocument): void {
    if (!document.isUntitled || document.uri.toString() !== this.#uri) return;
    this.#uri = '';
    this.#closedText = this.#untitledText;
    if (this.#options.isVisible()) this.#postClosedText();
  }

  #keepText(document: vscode.TextDocument): void {
    const text = document.getText();
    if (document.isUntitled && document.uri.toString() === this.#uri && text !== '') this.#untitledText = text;
  }

  #postClosedText(): void {
    if (this.#closedText !== undefined) this.#post({ type: 'payloadTyped', text: this.#closedText });
    this.#closedText = undefined;
  }

  /** The file, or a folder that it is in, was renamed. */
  #followRename(files: readonly { readonly oldUri: vscode.Uri; readonly newUri: vscode.Uri }[]): void {
    for (const { oldUri, newUri } of files) {
      const before = oldUri.toString();
      const isAffected = this.#uri === before || this.#uri.startsWith(`${before}/`);
      const uri = `${newUri.toString()}${this.#uri.slice(before.length)}`;
      if (!isAffected || this.#uri === '') continue;
      this.#uri = uri;
      this.#renamedTo = uri;
      if (this.#options.isVisible()) this.#postRenamed();
    }
  }

  #postRenamed(): void {
    if (this.#renamedTo !== undefined) this.#post({ type: 'payloadChosen', uri: this.#renamedTo });
    this.#renamedTo = undefined;
  }

  #documentChanged(uri: vscode.Uri): void {
    if (uri.toString() !== this.#uri) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => reportErrors(this.#describe(this.#uri)), DESCRIBE_DELAY_MS);
  }

  async #describe(uri: string): Promise<void> {
    const isNewest = this.#describing();
    const payloadFile = await describePayloadFile(vscode.Uri.parse(uri));
    if (isNewest()) this.#post({ type: 'payloadFile', payloadFile });
  }
}
