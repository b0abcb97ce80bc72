import * as vscode from 'vscode';
import { EMPTY_DRAFT, type Draft } from '../../core/invocation/draft.ts';
import { PAYLOAD_SCHEME } from '../contributions.ts';
import { notify } from '../notify.ts';
import { HiddenPayloads } from './hiddenPayloads.ts';
import { PayloadDocument, type PayloadForm } from './payloadDocument.ts';
import { PayloadFileSystem } from './payloadFileSystem.ts';
import { payloadTabs } from './payloadTabs.ts';

/** The inline payloads of all forms that are open in editors. */
export class PayloadDocuments implements vscode.Disposable {
  readonly #openDraft: (draft: Draft) => void;
  readonly #documents = new Set<PayloadDocument>();
  readonly #files = new PayloadFileSystem();
  readonly #hidden: HiddenPayloads;
  readonly #listening: vscode.Disposable;
  #count = 0;

  /** `openDraft` shows a draft in another form, because the one of the payload was closed. */
  constructor(openDraft: (draft: Draft) => void, memento: ConstructorParameters<typeof HiddenPayloads>[0]) {
    this.#openDraft = openDraft;
    this.#hidden = new HiddenPayloads(memento);
    this.#listening = vscode.Disposable.from(
      this.#files,
      this.#hidden,
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#of(document.uri)?.follow(document)),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        if (closed.length > 0) this.#findClosed();
      }),
    );
  }

  /** The payload document of a form: a new one, or that of a form that was closed, if its editor is still open. */
  create(form: PayloadForm, previous?: PayloadDocument): PayloadDocument {
    if (previous?.uri !== undefined) {
      previous.attach(form);
      return previous;
    }
    const folder = String(++this.#count);
    const document = new PayloadDocument(form, {
      files: this.#files,
      hidden: this.#hidden,
      // A folder for each form, because forms of the same function have the same file name.
      uriOf: (name) => vscode.Uri.from({ scheme: PAYLOAD_SCHEME, path: `/${folder}/${name}` }),
    });
    this.#documents.add(document);
    return document;
  }

  /** The form was closed. Its editor stays open until the user closes it. */
  release(document: PayloadDocument): void {
    document.detach();
    if (document.uri === undefined) this.#documents.delete(document);
  }

  /** Invokes with the payload in the active editor. */
  invokeActive(): void {
    const active = vscode.window.activeTextEditor?.document;
    const document = active && this.#of(active.uri);
    if (active === undefined || document === undefined) {
      notify('information', vscode.l10n.t('Open a payload in the editor first.'));
      return;
    }
    document.follow(active);
    if (!document.invoke()) this.#openDraft({ ...EMPTY_DRAFT, Payload: document.text });
  }

  dispose(): void {
    this.#listening.dispose();
  }

  #of(uri: vscode.Uri): PayloadDocument | undefined {
    if (uri.scheme !== PAYLOAD_SCHEME) return undefined;
    return [...this.#documents].find((document) => document.uri?.path === uri.path);
  }

  #findClosed(): void {
    const open = new Set(payloadTabs().map(({ uri }) => uri.path));
    for (const document of this.#documents) {
      if (document.uri === undefined || open.has(document.uri.path)) continue;
      document.closed();
      if (document.isDetached) this.#documents.delete(document);
    }
  }
}
