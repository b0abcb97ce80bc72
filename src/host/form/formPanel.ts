import * as vscode from 'vscode';
import { FormController } from '../../app/formController.ts';
import type { EndedInvocation } from '../../app/invocations.ts';
import { isSameConnection, type Connection } from '../../core/connection/connection.ts';
import { stackLines } from '../../core/outcome/functionError.ts';
import { recentPayloadFiles } from '../../core/history/history.ts';
import { describeFunction } from '../../core/invocation/invocation.ts';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import { message } from '../../core/messages/messages.ts';
import { MAX_HELD_BYTES } from '../../app/responseStream.ts';
import type { ToForm } from '../../protocol/messages.ts';
import { parseToHost } from '../../protocol/toHost.ts';
import { reportErrors, showWarning } from '../ui/reportErrors.ts';
import { FormReadResults, type FormRead } from './formReadResults.ts';
import { COMMANDS } from '../contributions.ts';
import type { ConnectionPart } from '../connections/pickConnection.ts';
import type { FormPanelDependencies, FormPanelOptions } from './formPanelDependencies.ts';
import { setTabTitle } from '../ui/labels.ts';
import { createTurns } from '../../core/async/newest.ts';
import { describePayloadFile, labelled } from '../invoking/payloadFiles.ts';
import { droppedUri } from '../files/droppedUri.ts';
import type { FoundFrame } from './stackFrames.ts';
import { askStreamFile } from './askStreamFile.ts';
import { exportResult } from './exportResult.ts';

const DESCRIBE_DELAY_MS = 250;

/** One form in an editor tab: its webview, and what VS Code does for it. */
export class FormPanel {
  readonly controller: FormController;
  readonly #panel: vscode.WebviewPanel;
  readonly #dependencies: FormPanelDependencies;
  readonly #subscriptions: vscode.Disposable[] = [];
  #payloadFile = '';
  /** The last text of the untitled editor that is the payload: closing it without saving empties it first. */
  #untitledText = '';
  /** The text of an editor that was closed while the form was hidden. */
  #closedText: string | undefined;
  /** The payload file's new name, given while the form was hidden. */
  #renamedTo: string | undefined;
  readonly #answers = new FormReadResults({
    connection: () => this.controller.connection,
    isVisible: () => this.#panel.visible,
    post: (said) => this.#post(said),
  });
  #frames: readonly FoundFrame[] = [];
  /** The invocation whose stack they are of. */
  #framesOf = '';
  #describing: NodeJS.Timeout | undefined;
  readonly #describingFile = createTurns();
  readonly #describingConnection = createTurns();
  #isDisposed = false;

  constructor(
    panel: vscode.WebviewPanel,
    dependencies: FormPanelDependencies,
    { isRestored, onDidDispose, onDidActivate }: FormPanelOptions,
  ) {
    this.#panel = panel;
    this.#dependencies = dependencies;
    this.controller = new FormController(this.#services(), dependencies.invocations, isRestored);
    panel.iconPath = dependencies.icon;
    panel.onDidDispose(() => {
      this.#dispose();
      onDidDispose();
    });
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.controller.hide();
      if (panel.active) onDidActivate();
    });
    panel.webview.onDidReceiveMessage((said: unknown) => {
      const asked = parseToHost(said);
      if (asked !== undefined) this.controller.handle(asked);
    });
    this.#subscriptions.push(
      dependencies.connections.store.onDidChange(() => this.controller.useChosenConnection()),
      dependencies.connections.onDidChangeSources(() => this.#postConnection()),
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) this.#refresh();
      }),
      vscode.workspace.onDidCloseTextDocument((document) => this.#documentClosed(document)),
      vscode.workspace.onDidRenameFiles(({ files }) => this.#followRename(files)),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => this.#documentChanged(uri)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        this.#keepText(document);
        this.#documentChanged(document.uri);
      }),
    );
    reportErrors(this.#load());
  }

  reveal(preserveFocus: boolean): void {
    this.#panel.reveal(undefined, preserveFocus);
  }

  async #load(): Promise<void> {
    const html = await this.#dependencies.formHtml();
    if (this.#isDisposed) return;
    this.#panel.webview.options = { enableScripts: true, localResourceRoots: [] };
    this.#panel.webview.html = html;
  }

  #post(message: ToForm): void {
    if (!this.#isDisposed) void this.#panel.webview.postMessage(message);
  }

  #services(): ConstructorParameters<typeof FormController>[0] {
    const { connections, savePreset, copyAs, importText, openDraft, announce, functionAction } = this.#dependencies;
    return {
      post: (message) => this.#post(message),
      connection: () => connections.store.get(),
      showConnection: () => this.#postConnection(),
      greet: () => this.#greet(),
      describePayload: (uri) => {
        this.#payloadFile = uri;
        for (const document of vscode.workspace.textDocuments) this.#keepText(document);
        reportErrors(this.#describePayload(uri));
        this.#postRecentFiles();
      },
      browsePayload: () => reportErrors(this.#browse()),
      openPayload: (uri) => reportErrors(vscode.window.showTextDocument(vscode.Uri.parse(uri), { preview: false })),
      editPayload: (text) => reportErrors(this.#editPayload(text)),
      savePreset: (invocation, connection, opened) =>
        reportErrors(savePreset({ invocation, connection, ...(opened !== undefined && { opened }) })),
      copyAs: (invocation, connection) => reportErrors(copyAs(invocation, connection)),
      importText: (text, fill) =>
        reportErrors(
          importText(text).then((filled) => {
            // It read like a command, so that the paste was caught: it must not vanish without a word.
            if (filled === undefined) throw new InvokeError(message('importNothing'));
            fill(filled.draft, filled.connection);
          }),
        ),
      openDraft,
      dropPayload: (uris) => reportErrors(this.#drop(uris)),
      selectConnection: () => reportErrors(this.#changeConnection('profile')),
      selectRegion: () => reportErrors(this.#changeConnection('region')),
      selectEndpoint: () => reportErrors(this.#changeConnection('endpoint')),
      functionAction: (asked, connection) => {
        const useConnection = (chosen: Connection) => {
          if (isSameConnection(connection, this.controller.connection)) this.controller.useOwnConnection(chosen);
        };
        const read: FormRead = (reading) => functionAction(asked, connection, { ...reading, useConnection });
        reportErrors(this.#answers.read(asked.action, connection, read));
      },
      showOutput: () => void vscode.commands.executeCommand(COMMANDS.showOutput),
      exportResult: (ended, part, to) => reportErrors(exportResult(ended, part, to)),
      askStreamFile: (take) =>
        reportErrors(askStreamFile('response.txt').then((sink) => (sink === undefined ? undefined : take(sink)))),
      tellNotSaved: (why) =>
        showWarning(why === 'notHeld' ? message('streamNotHeld', MAX_HELD_BYTES) : message('saveRunning')),
      findFrames: (ended) => reportErrors(this.#findFrames(ended)),
      openFrame: (line) => {
        const frame = this.#frames.find((found) => found.line === line);
        if (frame !== undefined) reportErrors(this.#dependencies.openFrame(frame));
      },
      announce,
      onDidChangeDraft: ({ FunctionName }) => {
        const title = FunctionName === '' ? undefined : describeFunction({ FunctionName });
        const shown = title === undefined ? vscode.l10n.t('Invoke Function') : vscode.l10n.t('Invoke {0}', title);
        setTabTitle(this.#panel, shown);
      },
    };
  }

  #postRecentFiles(): void {
    const files = recentPayloadFiles(this.#dependencies.history.entries());
    this.#post({ type: 'recentFiles', files: labelled(files) });
  }

  #greet(): void {
    this.#postRecentFiles();
    this.#postClosedText();
    this.#postRenamed();
    this.#answers.again();
    const { connection } = this.controller;
    if (connection.kind === 'aws') this.#post({ type: 'connection', connection: { ...connection, isPending: true } });
    this.#postConnection();
  }

  /** The lines of the stack that can be opened are told a moment after the outcome: they are looked for in the files. */
  async #findFrames({ invocationId, result: { outcome } }: EndedInvocation): Promise<void> {
    if (outcome.state !== 'functionError') return;
    this.#framesOf = invocationId;
    this.#frames = [];
    const found = await this.#dependencies.findFrames(stackLines(outcome.functionError));
    if (this.#framesOf !== invocationId) return; // another outcome is shown by now
    this.#frames = found;
    const frames = this.#frames.map(({ line, label, start, end }) => ({ line, label, start, end }));
    this.#post({ type: 'frames', invocationId, frames });
  }

  /** Config files and the payload's file may have changed outside of VS Code. */
  #refresh(): void {
    if (!this.#panel.visible) return;
    this.#postConnection();
    if (this.#payloadFile !== '') reportErrors(this.#describePayload(this.#payloadFile));
  }

  #postConnection(): void {
    const { connection, ownConnection } = this.controller;
    const own = ownConnection === undefined ? {} : { own: ownConnection };
    this.#answers.keep(connection);
    this.#dependencies.warmUp(connection);
    const isNewest = this.#describingConnection();
    void this.#dependencies.describeConnection(connection).then((view) => {
      const isStillIt = isSameConnection(this.controller.connection, connection);
      if (isStillIt && isNewest()) this.#post({ type: 'connection', connection: view, ...own });
    });
  }

  /** A form that has a connection of its own changes that one, any other the window's. */
  async #changeConnection(what: ConnectionPart): Promise<void> {
    const { connections } = this.#dependencies;
    const chosen = await connections.ask(what, this.controller.connection);
    if (chosen === undefined || this.#isDisposed) return;
    if (this.controller.ownConnection === undefined) await connections.set(chosen);
    else this.controller.useOwnConnection(chosen);
  }

  async #browse(): Promise<void> {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const [uri] =
      (await vscode.window.showOpenDialog({
        title: vscode.l10n.t('Select Payload File'),
        openLabel: vscode.l10n.t('Use as Payload'),
        filters: { JSON: ['json'], [vscode.l10n.t('All Files')]: ['*'] },
        ...(folder !== undefined && { defaultUri: folder }),
      })) ?? [];
    if (uri !== undefined) this.#post({ type: 'payloadChosen', uri: uri.toString() });
  }

  async #editPayload(text: string): Promise<void> {
    const document = await vscode.workspace.openTextDocument({ content: text, language: 'json' });
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: false });
    this.#untitledText = text;
    this.#post({ type: 'payloadChosen', uri: document.uri.toString() });
  }

  /** An untitled editor's name is used again for the next one: its text stays, its name does not. */
  #documentClosed(document: vscode.TextDocument): void {
    if (!document.isUntitled || document.uri.toString() !== this.#payloadFile) return;
    this.#payloadFile = '';
    this.#closedText = this.#untitledText;
    if (this.#panel.visible) this.#postClosedText();
  }

  #keepText(document: vscode.TextDocument): void {
    const text = document.getText();
    if (document.isUntitled && document.uri.toString() === this.#payloadFile && text !== '') this.#untitledText = text;
  }

  #postClosedText(): void {
    if (this.#closedText !== undefined) this.#post({ type: 'payloadTyped', text: this.#closedText });
    this.#closedText = undefined;
  }

  async #drop(uris: string): Promise<void> {
    const uri = await Promise.resolve(uris).then(droppedUri); // a list that is none is told as well
    if (uri !== undefined) this.#post({ type: 'payloadChosen', uri: uri.toString() });
  }

  /** The payload's file, or a folder it lies in, has another name now. */
  #followRename(files: readonly { readonly oldUri: vscode.Uri; readonly newUri: vscode.Uri }[]): void {
    for (const { oldUri, newUri } of files) {
      const before = oldUri.toString();
      const isIt = this.#payloadFile === before || this.#payloadFile.startsWith(`${before}/`);
      const uri = `${newUri.toString()}${this.#payloadFile.slice(before.length)}`;
      if (!isIt || this.#payloadFile === '') continue;
      this.#payloadFile = uri;
      this.#renamedTo = uri;
      if (this.#panel.visible) this.#postRenamed();
    }
  }

  #postRenamed(): void {
    if (this.#renamedTo !== undefined) this.#post({ type: 'payloadChosen', uri: this.#renamedTo });
    this.#renamedTo = undefined;
  }

  #documentChanged(uri: vscode.Uri): void {
    if (uri.toString() !== this.#payloadFile) return;
    clearTimeout(this.#describing);
    this.#describing = setTimeout(() => reportErrors(this.#describePayload(this.#payloadFile)), DESCRIBE_DELAY_MS);
  }

  async #describePayload(uri: string): Promise<void> {
    const isNewest = this.#describingFile();
    const payloadFile = await describePayloadFile(vscode.Uri.parse(uri));
    if (isNewest()) this.#post({ type: 'payloadFile', payloadFile });
  }

  #dispose(): void {
    this.#isDisposed = true;
    this.#answers.close();
    clearTimeout(this.#describing);
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.controller.dispose();
  }
}
