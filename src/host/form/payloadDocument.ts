import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { describeFunction } from '../../core/invocation/invocation.ts';
import type { ToForm } from '../../protocol/messages.ts';
import { reportErrors } from '../ui/reportErrors.ts';
import type { HiddenPayloads } from './hiddenPayloads.ts';
import type { PayloadFileSystem } from './payloadFileSystem.ts';
import { payloadTabs } from './payloadTabs.ts';

/** Combines changes that follow each other, so that large payloads aren't posted with each key. In milliseconds. */
const POST_DELAY_MS = 50;

/** The form that a payload document belongs to. */
export interface PayloadForm {
  readonly post: (message: ToForm) => void;
  /** Whether the page receives messages. */
  readonly isReady: () => boolean;
  /** The form has edits that its page doesn't know yet. */
  readonly markEdited: () => void;
  /** Shows the form without the focus, so that its page loads. */
  readonly reveal: () => void;
}

interface PayloadDocumentOptions {
  readonly files: PayloadFileSystem;
  readonly uriOf: (name: string) => vscode.Uri;
  readonly hidden: Pick<HiddenPayloads, 'set' | 'take'>;
}

/** Saves without formatting if possible, because a formatter would change the text that is being typed. */
async function save(document: vscode.TextDocument): Promise<void> {
  const { version } = document;
  if (vscode.window.activeTextEditor?.document === document) {
    await vscode.commands.executeCommand('workbench.action.files.saveWithoutFormatting');
  }
  // The command saves the active editor, which can be another one by now.
  if (document.isDirty && document.version === version) await document.save();
}

/**
 * The inline payload of a form in an editor. The form and the editor have the same text: changes of one update the
 * other. Each change is saved at once, so that closing the editor asks no question.
 */
export class PayloadDocument {
  readonly id = randomUUID();
  readonly #options: PayloadDocumentOptions;
  #form: PayloadForm | undefined;
  #FunctionName = '';
  #uri: vscode.Uri | undefined;
  #text = '';
  /** Texts of the form that the document doesn't have yet. VS Code reads them later, maybe only the last one. */
  readonly #unread = new Set<string>();
  /** Whether the file has to get the text, which was changed in the form while the editor was unsaved. */
  #isUnwritten = false;
  /** The last version of the document whose text is known. */
  #version: number | undefined;
  /** Whether the page has to get the text. */
  #isUnposted = false;
  /** Ctrl+Enter was pressed while the page was hidden. */
  #isInvoking = false;
  #timer: NodeJS.Timeout | undefined;
  #saving: Promise<void> | undefined;

  constructor(form: PayloadForm, options: PayloadDocumentOptions) {
    this.#form = form;
    this.#options = options;
  }

  /** The URI while the editor is open. */
  get uri(): vscode.Uri | undefined {
    return this.#uri;
  }

  get text(): string {
    return this.#text;
  }

  /** The text if the form doesn't have it yet. */
  get unposted(): string | undefined {
    return this.#isUnposted ? this.#text : undefined;
  }

  get isDetached(): boolean {
    return this.#form === undefined;
  }

  /** Sets the function that the next editor is named after. */
  setFunctionName(FunctionName: string): void {
    this.#FunctionName = FunctionName;
  }

  /** Opens the editor with a text of the form. */
  async open(text: string): Promise<void> {
    const { uriOf } = this.#options;
    const name = describeFunction({ FunctionName: this.#FunctionName }).replaceAll(/[^\w.-]+/g, '-');
    const uri = (this.#uri ??= uriOf(name === '' ? 'payload.json' : `${name}-payload.json`));
    this.#write(uri, text);
    const shown = payloadTabs().find((tab) => tab.uri.path === uri.path);
    const viewColumn = shown?.tab.group.viewColumn ?? vscode.ViewColumn.Beside;
    await vscode.window.showTextDocument(uri, { viewColumn, preview: false });
    this.#postState();
  }

  /** The text was changed in the form. */
  edit(text: string): void {
    if (this.#uri !== undefined && text !== this.#text) this.#write(this.#uri, text);
  }

  /** The document was changed in its editor or by `edit`, or was saved. */
  follow(document: vscode.TextDocument): void {
    if (document.version !== this.#version) this.#read(document);
    if (document.isDirty) this.#save(document);
    else if (this.#isUnwritten) this.#put(document.uri);
  }

  /** Invokes the form with the text. Returns false if the form was closed. */
  invoke(): boolean {
    if (this.#form === undefined) return false;
    this.#isInvoking = true;
    if (this.#form.isReady()) this.#postInvoke();
    else this.#form.reveal();
    return true;
  }

  /** The page has loaded. It might not have the last changes, which were made in the editor with this ID. */
  pageReady(editorId?: string): void {
    const left = editorId === undefined ? undefined : this.#options.hidden.take(editorId);
    if (left !== undefined && editorId !== this.id) this.#form?.post({ type: 'payloadTyped', text: left });
    this.#postState();
    this.#flush();
    this.#postInvoke();
  }

  /** The editor was closed. */
  closed(): void {
    this.#flush();
    if (this.#uri !== undefined) reportErrors(this.#remove(this.#uri));
    this.#uri = undefined;
    this.#version = undefined;
    this.#isUnwritten = false;
    this.#unread.clear();
    this.#postState();
  }

  /** The form of the editor was closed, and is open again. */
  attach(form: PayloadForm): void {
    this.#form = form;
  }

  /** The form was closed. The editor is still saved until it is closed. */
  detach(): void {
    clearTimeout(this.#timer);
    this.#options.hidden.take(this.id);
    this.#form = undefined;
  }

  /** Removes the file of a closed editor after its last save, because VS Code would keep an editor that it can't save. */
  async #remove(uri: vscode.Uri): Promise<void> {
    await this.#saving?.catch(() => undefined);
    if (this.#uri?.path !== uri.path) this.#options.files.remove(uri); // it isn't open again
  }

  #read(document: vscode.TextDocument): void {
    this.#version = document.version;
    const text = document.getText();
    if (text === this.#text) this.#unread.clear();
    // While the user types in the form, the document gets earlier texts of the form.
    else if (document.isDirty || !this.#unread.has(text)) {
      this.#text = text;
      this.#isUnwritten = false;
      this.#isUnposted = true;
      this.#form?.markEdited();
      if (this.#form?.isReady() === false) this.#options.hidden.set(this.id, text);
      this.#timer ??= setTimeout(() => this.#flush(), POST_DELAY_MS);
    }
  }

  /** Writes a text of the form. VS Code doesn't read it into an unsaved editor, so it waits for the save. */
  #write(uri: vscode.Uri, text: string): void {
    this.#text = text;
    this.#isUnposted = false;
    this.#isUnwritten = true;
    const isOurs = (document: vscode.TextDocument) => document.uri.toString() === uri.toString();
    if (vscode.workspace.textDocuments.find(isOurs)?.isDirty !== true) this.#put(uri);
  }

  #put(uri: vscode.Uri): void {
    this.#isUnwritten = false;
    this.#unread.add(this.#text);
    this.#options.files.put(uri, this.#text);
  }

  #save(document: vscode.TextDocument): void {
    if (this.#saving !== undefined) return;
    const { uri, version } = document;
    this.#options.files.allowSave(uri);
    this.#saving = save(document).finally(() => {
      this.#saving = undefined;
      // VS Code also reports an editor as saved that was changed meanwhile, so its file decides.
      if (this.#uri === undefined) return;
      const isWritten = this.#options.files.textOf(uri) === this.#text;
      // The editor was saved over a text of the form that it hadn't read.
      if (!isWritten && document.getText() !== this.#text) this.#put(uri);
      // An unsaved editor doesn't read the form's text. The same text again would fail again.
      else if ((!isWritten || document.isDirty) && document.version !== version) this.#save(document);
    });
    reportErrors(this.#saving);
  }

  #postState(): void {
    if (this.#form?.isReady() !== true) return;
    this.#form.post({ type: 'payloadEditor', isOpen: this.#uri !== undefined, editorId: this.id });
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#isUnposted || this.#form?.isReady() !== true) return;
    this.#isUnposted = false;
    this.#form.post({ type: 'payloadTyped', text: this.#text });
  }

  #postInvoke(): void {
    if (!this.#isInvoking) return;
    this.#flush();
    this.#isInvoking = false;
    this.#form?.post({ type: 'invoke' });
  }
}
