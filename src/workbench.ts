import * as vscode from 'vscode';
import { announce } from './host/announce.ts';
import { Invocations } from './app/invocations.ts';
import { connectionProblem } from './host/connectionProblem.ts';
import type { Aws } from './aws/index.ts';
import type { Connection, ConnectionView } from './core/connection.ts';
import { message } from './core/messages.ts';
import { sentence } from './host/localize.ts';
import type { InvokeTarget } from './core/invokeRequest.ts';
import type { COMMANDS } from './host/contributions.ts';
import { confirmInvocation } from './host/confirmInvocation.ts';
import { ConnectionStore } from './host/connectionStore.ts';
import { createFileCommand, meantDocument } from './host/fileCommand.ts';
import { createFormHtml } from './host/formHtml.ts';
import { FormPanels } from './host/formPanels.ts';
import { HistoryStore } from './host/historyStore.ts';
import { LocalProcess } from './host/localProcess.ts';
import { OutputLog } from './host/outputLog.ts';
import { keepText, readPayload } from './host/payloadFiles.ts';
import { pickProfile, pickRegion } from './host/pickConnection.ts';
import { createPresetCommand } from './host/presetCommand.ts';
import { createRepeatCommand } from './host/repeatCommand.ts';
import { createRun } from './host/runner.ts';
import { savePresetFlow } from './host/savePresetFlow.ts';
import { setting } from './host/settings.ts';
import { RunningStore } from './host/runningStore.ts';
import { attempt } from './host/attempt.ts';

function awsTarget(connection: Extract<Connection, { kind: 'aws' }>): Extract<InvokeTarget, { kind: 'aws' }> {
  const endpoint = setting('endpoint');
  return endpoint === '' ? connection : { ...connection, endpoint };
}

/** Tells what was awaited when the window was reloaded: the functions go on, and their answers reach nobody. */
async function tellLeft(running: RunningStore): Promise<void> {
  for (const name of await running.takeLeft()) {
    void vscode.window.showWarningMessage(sentence(message('leftRunning', name)));
  }
}

/** What the commands do, by name. */
export type Handlers = Record<keyof typeof COMMANDS, (argument?: unknown) => unknown>;

export interface Workbench extends vscode.Disposable {
  readonly handlers: Handlers;
  readonly forms: vscode.WebviewPanelSerializer;
}

/**
 * Builds everything and wires it: the only place where aws meets host. Nothing is contacted before a person acts, and
 * the AWS bundle is loaded when it is first needed.
 */
export function createWorkbench({
  workspaceState,
  extensionUri,
}: Pick<vscode.ExtensionContext, 'workspaceState' | 'extensionUri'>): Workbench {
  const dist = vscode.Uri.joinPath(extensionUri, 'dist').fsPath;
  let aws: Promise<Aws> | undefined;
  const loadAws = () => (aws ??= import('./aws/index.ts').then(({ createAws }) => createAws(process.env)));

  const output = new OutputLog();
  const local = new LocalProcess(dist);
  const history = new HistoryStore(workspaceState);
  const running = new RunningStore(workspaceState);
  attempt(tellLeft(running));
  const connections = new ConnectionStore(workspaceState);
  const connection = () => connections.get();

  const invocations = new Invocations(
    {
      readPayload,
      confirm: confirmInvocation,
      target: async (chosen) =>
        chosen.kind === 'local' ? { kind: 'local', address: await local.address() } : awsTarget(chosen),
      invoke: async (request, options) => (await loadAws()).invoke(request, options),
    },
    {
      onDidStart: (invocationId, order) => attempt(running.start(invocationId, order)),
      onDidEnd: (ended) => {
        output.write(ended);
        attempt(running.end(ended.invocationId));
        attempt(history.add({ ...ended, order: keepText(ended.order) }));
      },
    },
  );

  const describeConnection = async (chosen: Connection): Promise<ConnectionView> => {
    if (chosen.kind === 'local') return chosen;
    const described = loadAws().then(({ describe }) => describe(awsTarget(chosen)));
    return described.catch((error: unknown) => connectionProblem(chosen, error));
  };

  const forms = new FormPanels({
    formHtml: createFormHtml(dist),
    invocations,
    connections,
    history,
    describeConnection,
    warmUp: (chosen) => {
      // What keeps either from starting is told at the click.
      loadAws().catch(() => undefined);
      if (chosen.kind === 'local') local.address().catch(() => undefined);
    },
    savePreset: savePresetFlow,
    announce: (ended) => announce(ended, (shown) => forms.showEnded(shown)),
    icon: vscode.Uri.joinPath(extensionUri, 'media', 'icon.svg'),
  });
  const run = createRun(invocations, (ended) => forms.showEnded(ended));
  const invokeFile = createFileCommand({
    connection,
    history,
    run,
    openDraft: (draft, own) => forms.openDraft(draft, own),
  });
  const invokeMeant = (uri?: unknown) => {
    const document = meantDocument(uri);
    return document && invokeFile(document);
  };
  const choose = async (picked: Promise<Connection | undefined>) => {
    const chosen = await picked;
    if (chosen !== undefined) await connections.set(chosen);
  };

  const handlers: Handlers = {
    invokeFunction: () => forms.openForm(),
    invokePreset: createPresetCommand({ connection, run }),
    invokeFile: invokeMeant,
    invokeActiveEditor: () => invokeMeant(),
    repeatLast: createRepeatCommand({ history, run }),
    selectProfile: () => choose(pickProfile(connection(), async () => (await loadAws()).listProfiles())),
    selectRegion: () => choose(pickRegion(connection())),
    showOutput: () => output.show(),
  };
  const foldersChanged = vscode.workspace.onDidChangeWorkspaceFolders(() => local.stop());
  const owned = vscode.Disposable.from(output, local, connections, foldersChanged);
  return { handlers, forms, dispose: () => owned.dispose() };
}
