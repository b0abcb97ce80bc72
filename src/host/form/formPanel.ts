import * as vscode from 'vscode';
import { FormController } from '../../app/formController.ts';
import type { FormResults } from '../../app/results.ts';
import type { FormContent } from '../../app/shownDraft.ts';
import { typedDraft } from '../../core/invocation/draft.ts';
import { describeFunction } from '../../core/invocation/invocation.ts';
import type { ToForm } from '../../protocol/messages.ts';
import { parseToHost } from '../../protocol/toHost.ts';
import { labelled } from '../invoking/payloadFiles.ts';
import { setTabTitle } from '../ui/labels.ts';
import { reportErrors } from '../ui/reportErrors.ts';
import { FormConnection } from './formConnection.ts';
import type { FormDependencies } from './formDependencies.ts';
import { FormFrames } from './formFrames.ts';
import { handleIntent } from './formIntents.ts';
import { FormLog } from './formLog.ts';
import { FormPayload } from './formPayload.ts';
import { FormReadResults } from './formReadResults.ts';
import { FormSuggestions } from './formSuggestions.ts';
import type { OpenForm } from './openForm.ts';
import type { PayloadDocument } from './payloadDocument.ts';

export interface FormPanelOptions {
  /** The form to reopen with its content, its results, and its running invocation. */
  readonly closed?: FormPanel | undefined;
  /** The content that the page has stored. */
  readonly reloaded?: FormContent | undefined;
  readonly onDidDispose: () => void;
  /** Called when the form gets the focus. */
  readonly onDidActivate: () => void;
  /** Called when the form gets or loses the focus, and when its connection changes. */
  readonly onDidChangeConnection: () => void;
}

/** One form in an editor tab: its webview, and the parts of the host that serve it. */
export class FormPanel implements OpenForm {
  readonly dependencies: FormDependencies;
  readonly controller: FormController;
  readonly connection: FormConnection;
  readonly payload: FormPayload;
  readonly frames: FormFrames;
  readonly log: FormLog;
  readonly reads: FormReadResults;
  readonly suggestions: FormSuggestions;
  readonly payloadDocument: PayloadDocument;
  /** The results outlive the form, because it can be reopened. */
  readonly results: FormResults;
  readonly #panel: vscode.WebviewPanel;
  /** Whether the page has received the last message. */
  #received: PromiseLike<boolean> = Promise.resolve(true);
  #isDisposed = false;

  constructor(
    panel: vscode.WebviewPanel,
    dependencies: FormDependencies,
    { closed, reloaded, onDidDispose, onDidActivate, onDidChangeConnection }: FormPanelOptions,
  ) {
    this.#panel = panel;
    this.dependencies = dependencies;
    const { post } = this;
    const { connections, eventFiles, history, invocations, localFunctions, results } = dependencies;
    const isVisible = () => !this.#isDisposed && panel.visible;
    const controller = () => this.controller;
    this.reads = new FormReadResults({ connection: () => this.controller.connection, isVisible, post });
    this.frames = new FormFrames(dependencies, post);
    this.log = new FormLog(dependencies, { post, shown: () => this.results.shown });
    this.payload = new FormPayload({ history, eventFiles, isVisible, post });
    const isReady = () => this.controller.isReady;
    const connection = () => this.controller.connection;
    this.suggestions = new FormSuggestions(dependencies, { connection, isReady, post });
    const payloadForm = {
      post,
      isReady,
      markEdited: () => this.controller.markEdited(),
      reveal: () => this.reveal(true),
    };
    const content = closed?.content ?? reloaded;
    this.payloadDocument = dependencies.payloadDocuments.create(payloadForm, closed?.payloadDocument);
    const isDisposed = () => this.#isDisposed;
    const onDidShow = () => {
      onDidChangeConnection();
      suggest();
    };
    this.connection = new FormConnection(dependencies, { controller, reads: this.reads, post, isDisposed, onDidShow });
    this.results = closed?.results ?? results.open();
    const restored = content && { content, isReloaded: reloaded !== undefined };
    const running = closed?.controller.invocations.release();
    this.controller = new FormController(this.#services(), {
      invocations,
      results: this.results,
      running,
      ...restored,
    });
    const suggest = () => this.suggestions.refresh();

    panel.iconPath = dependencies.icon;
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.controller.hide();
      if (panel.active) onDidActivate();
      onDidChangeConnection();
    });
    panel.webview.onDidReceiveMessage((received: unknown) => {
      const intent = parseToHost(received);
      if (intent !== undefined) handleIntent(intent, this);
    });
    const listening = vscode.Disposable.from(
      connections.store.onDidChange(() => this.controller.useWindowConnection()),
      connections.onDidChangeSources(() => this.connection.show()),
      history.onDidChange(suggest),
      localFunctions.onDidChange(suggest),
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) this.#refresh();
      }),
    );
    panel.onDidDispose(() => {
      listening.dispose();
      this.#dispose();
      onDidDispose();
    });
    reportErrors(this.#load());
  }

  readonly post = (message: ToForm): void => {
    if (message.type === 'payloadTyped') this.controller.replacePayload(message.text);
    if (!this.#isDisposed) this.#received = this.#panel.webview.postMessage(message);
  };

  /** Shows the function of the form in the title of the tab and in the name of the payload's editor. */
  readonly #showFunction = (FunctionName: string): void => {
    this.payloadDocument.setFunctionName(FunctionName);
    const name = FunctionName === '' ? undefined : describeFunction({ FunctionName });
    const title = name === undefined ? vscode.l10n.t('Invoke Function') : vscode.l10n.t('Invoke {0}', name);
    setTabTitle(this.#panel, title);
  };

  /**
   * The content of the form. After the form is closed, its payload can still be edited in the payload's editor, and its
   * payload file can be renamed or closed.
   */
  get content(): FormContent {
    const { content } = this.controller;
    const { closedText, renamedTo } = this.payload;
    const typed = this.payloadDocument.unposted ?? closedText;
    if (typed !== undefined) return { ...content, draft: typedDraft(content.draft, typed) };
    return renamedTo === undefined ? content : { ...content, draft: { ...content.draft, payloadFile: renamedTo } };
  }

  get isActive(): boolean {
    return this.#panel.active;
  }

  /** The closed form is opened again, or won't be. */
  release(): void {
    this.payload.dispose();
  }

  reveal(preserveFocus: boolean): void {
    this.#panel.reveal(undefined, preserveFocus);
  }

  #services(): ConstructorParameters<typeof FormController>[0] {
    const { connections, notifyOutcome } = this.dependencies;
    return {
      post: this.post,
      received: () => this.#received,
      connection: () => connections.store.get(),
      showFunction: this.#showFunction,
      fillPayload: (text) => this.payloadDocument.edit(text),
      showConnection: () => this.connection.show(),
      postInitialState: () => {
        this.payload.postInitialState();
        this.reads.again();
        this.connection.postInitialState();
      },
      labelOf: (uri) => labelled([uri])[0]?.label ?? uri,
      describePayload: (uri) => this.payload.describe(uri),
      // The payload file might have changed.
      invocationEnded: () => this.payload.refresh(),
      returnFocus: () => this.#panel.active && this.post({ type: 'focus' }),
      postLog: (ended) => reportErrors(this.log.show(ended)),
      findFrames: (ended) => reportErrors(this.frames.find(ended)),
      notifyOutcome,
    };
  }

  async #load(): Promise<void> {
    const { formHtml, resourceRoot } = this.dependencies;
    const { webview } = this.#panel;
    webview.options = { enableScripts: true, localResourceRoots: [resourceRoot] };
    const html = await formHtml(webview);
    if (!this.#isDisposed) webview.html = html;
  }

  /** Config files and the payload file might have changed outside of VS Code. */
  #refresh(): void {
    if (!this.#panel.visible) return;
    this.connection.show();
    this.payload.refresh();
  }

  #dispose(): void {
    this.#isDisposed = true;
    this.reads.close();
    this.log.dispose();
    this.suggestions.dispose();
    this.dependencies.payloadDocuments.release(this.payloadDocument);
    this.controller.dispose();
  }
}
