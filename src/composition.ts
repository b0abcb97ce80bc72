import * as vscode from 'vscode';
import { notifyOutcome } from './host/invoking/notifyOutcome.ts';
import { Invocations } from './app/invocations.ts';
import type { Aws } from './core/connection/aws.ts';
import type { Connection } from './core/connection/connection.ts';
import type { Draft } from './core/invocation/draft.ts';
import type { Invocation } from './core/invocation/invocation.ts';
import { SETTINGS_SECTION, type COMMANDS } from './host/contributions.ts';
import { askMfaCode } from './host/connections/askMfaCode.ts';
import { awsTarget, Connections } from './host/connections/connections.ts';
import { networkSettings } from './host/connections/networkSettings.ts';
import { createFileCommand, targetDocuments } from './host/invoking/fileCommand.ts';
import type { FilledDraft } from './host/importExport/commands.ts';
import { createNewLocalFunction } from './host/functions/newLocalFunction.ts';
import { createMarkStepDone } from './host/ui/markStepDone.ts';
import { hasResponse } from './core/outcome/outcome.ts';
import { createFormHtml } from './host/form/formHtml.ts';
import { FormPanels } from './host/form/formPanels.ts';
import { createForEvent } from './host/functionBrowser/forEvent.ts';
import { createFunctionActions } from './host/functionBrowser/functionActions.ts';
import type { FunctionBrowser } from './host/functionBrowser/functionBrowser.ts';
import { createKnownWarnings } from './host/functionBrowser/knownWarnings.ts';
import type { FunctionRow } from './host/functions/functionRows.ts';
import type { FunctionsFeature } from './host/functions/commands.ts';
import type { FunctionsView } from './host/functions/functionsView.ts';
import { HistoryStore } from './host/history/historyStore.ts';
import { LocalProcess } from './host/functions/localProcess.ts';
import { OutputLog } from './host/logs/outputLog.ts';
import { rowsOrNone, withPlainErrors } from './host/ui/plainErrors.ts';
import { keepText, readPayload } from './host/invoking/payloadFiles.ts';
import { PresetActions } from './host/presets/presetActions.ts';
import { createPresetCommand } from './host/presets/presetCommand.ts';
import { PresetDiagnostics, presetFixes } from './host/presets/presetDiagnostics.ts';
import { handleDrag, handleDrop } from './host/presets/presetDrag.ts';
import { PresetFiles } from './host/presets/presetFiles.ts';
import { createPresetHandlers } from './host/presets/presetHandlers.ts';
import { presetLenses } from './host/presets/presetLenses.ts';
import { PresetMover } from './host/presets/presetMover.ts';
import { PresetRunner } from './host/presets/presetRunner.ts';
import type { PresetsView, PresetsViewSource } from './host/presets/presetsView.ts';
import { PresetTree } from './host/presets/presetTree.ts';
import { RecentPresets } from './host/presets/recentPresets.ts';
import { createRepeatCommand } from './host/invoking/repeatCommand.ts';
import { createRunFiles } from './host/invoking/runFiles.ts';
import { createRun } from './host/invoking/runner.ts';
import { createSampleCommand } from './host/invoking/sampleCommand.ts';
import { createSavePreset } from './host/presets/savePresetFlow.ts';
import { setting } from './host/settings.ts';
import { RunningStore } from './host/invoking/runningStore.ts';
import { reportErrors } from './host/ui/reportErrors.ts';

/** What the commands do, by name. */
export type Handlers = Record<keyof typeof COMMANDS, (...given: unknown[]) => unknown>;

export interface Composition extends vscode.Disposable {
  readonly handlers: Handlers;
  readonly forms: vscode.WebviewPanelSerializer;
  readonly presetsView: PresetsViewSource;
  presetLenses(document: vscode.TextDocument): vscode.CodeLens[];
  presetFixes(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[];
  functionRows(): Promise<FunctionRow[]>;
  functionLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]>;
}

/** What is registered at activation, and filled here. */
interface Views {
  readonly presets: PresetsView;
  readonly functions: FunctionsView;
  readonly status: vscode.StatusBarItem;
}

/**
 * Builds everything and wires it: the only place where aws meets host. Nothing is contacted before a person acts, and
 * the AWS bundle is loaded when it is first needed.
 */
export function createComposition(
  context: Pick<vscode.ExtensionContext, 'workspaceState' | 'extensionUri' | 'globalStorageUri'>,
  { presets: { view, refresh }, functions: functionsView, status }: Views,
): Composition {
  const { workspaceState, extensionUri } = context;
  const dist = vscode.Uri.joinPath(extensionUri, 'dist').fsPath;
  let aws: Promise<Aws> | undefined;
  const loadAws = () =>
    (aws ??= import('./aws/index.ts').then(({ createAws }) => {
      setTimeout(() => connections.refresh());
      return createAws(process.env, { network: networkSettings, askMfaCode });
    }));

  let sdkWarmUp: Promise<void> | undefined;

  const markStepDone = createMarkStepDone();
  const output = new OutputLog();
  const local = new LocalProcess(dist);
  const history = new HistoryStore(workspaceState);
  const running = new RunningStore(workspaceState);
  reportErrors(running.tellLeft());
  const connections = new Connections({
    memento: workspaceState,
    loadAws,
    hasAws: () => aws !== undefined,
    onDidChoose: () => markStepDone('chosenConnection'),
    status,
  });
  const connection = () => connections.store.get();
  const describeConnection = (chosen: Connection) => connections.describe(chosen);

  const invocations = new Invocations(
    {
      readPayload,
      confirm: connections.confirm,
      logIn: (profile, signal) => connections.signIn.offer(profile, signal),
      target: async (chosen) =>
        chosen.kind === 'local' ? { kind: 'local', address: await local.address() } : awsTarget(chosen),
      maxRetries: () => setting('resend.attempts'),
      invoke: async (request, options) => (await loadAws()).invoke(request, options),
    },
    {
      onDidStart: (invocationId, order) => reportErrors(running.start(invocationId, order)),
      onDidEnd: (ended) => {
        output.write(ended);
        const { order, result } = ended;
        if (order.connection.kind === 'local') {
          if (hasResponse(result.outcome)) markStepDone('invokedLocal');
          void functions?.then((feature) => feature.ended(order.invocation.FunctionName));
        }
        reportErrors(running.end(ended.invocationId));
        reportErrors(history.add({ ...ended, order: keepText(ended.order) }));
      },
    },
  );

  const { known, warn } = createKnownWarnings();
  const findingFor = async () => {
    const { FunctionBrowser: Feature } = await import('./host/functionBrowser/functionBrowser.ts');
    const localFunctions = async () => (await loadFunctions()).list();
    return new Feature({ loadAws, connections, memento: workspaceState, history, localFunctions, known });
  };
  let finding: Promise<FunctionBrowser> | undefined;
  const loadFunctionBrowser = () => (finding ??= findingFor());

  const presetFiles = new PresetFiles(context);
  const loadFrames = () => import('./host/form/stackFrames.ts');
  const loadImportExport = () => import('./host/importExport/commands.ts');
  const copyAs = async (invocation: Invocation, used: Connection) =>
    (await loadImportExport()).createCopyAs(describeConnection)(invocation, used);

  const savePreset = createSavePreset(presetFiles);
  const forms = new FormPanels({
    formHtml: createFormHtml(dist),
    invocations,
    connections,
    functionAction: createFunctionActions({ loadFunctionBrowser, connections }),
    history,
    describeConnection,
    warmUp: (chosen) => {
      // What keeps either from starting is told at the click.
      if (chosen.kind === 'local') local.address().catch(() => undefined);
      sdkWarmUp ??= loadAws().then(({ warmUpSdk }) => warmUpSdk());
      sdkWarmUp.catch(() => undefined);
    },
    savePreset: async (asked) => {
      if (await savePreset(asked)) markStepDone('savedPreset');
    },
    copyAs,
    importText: async (text) => (await loadImportExport()).importText(text),
    openDraft: (draft, own) => forms.openDraft(draft, own),
    findFrames: async (lines) => (await loadFrames()).findFrames(lines),
    openFrame: async (frame) => (await loadFrames()).openFrame(frame),
    announce: (ended) => notifyOutcome(ended, (shown) => forms.showEnded(shown)),
    showOutput: () => output.show(),
    icon: vscode.Uri.joinPath(extensionUri, 'media', 'icon.svg'),
  });
  const run = createRun({ invocations, showEnded: (ended) => forms.showEnded(ended), warn });
  const openDraft: FormPanels['openDraft'] = (draft, own, opened) => forms.openDraft(draft, own, opened);
  const openFilled = (filled: FilledDraft | undefined) => filled && openDraft(filled.draft, filled.connection);

  let functions: Promise<FunctionsFeature> | undefined;
  const openLocal = (draft: Draft, own: Connection) => forms.openDraft(draft, own);
  const loadFunctions = () =>
    (functions ??= import('./host/functions/commands.ts').then(
      ({ FunctionsFeature: Feature }) =>
        new Feature({ local, run, openDraft: openLocal, onDidChange: () => functionsView.refresh() }),
    ));

  const recents = new RecentPresets(workspaceState);
  const mover = new PresetMover(presetFiles);
  const actions = new PresetActions(presetFiles, mover, async ({ uri }, name) => {
    const row = await tree.find(uri.toString(), name);
    refresh();
    if (row !== undefined && view.visible) await view.reveal(row, { select: true, focus: true });
  });
  const runner = new PresetRunner({ connection, run, recents, openDraft });
  const tree = new PresetTree({ files: presetFiles, connection });
  const diagnostics = new PresetDiagnostics(presetFiles);
  const redraw = () =>
    reportErrors(
      tree.reload().then((isChanged) => {
        if (isChanged) refresh();
      }),
    );
  const listening = [
    presetFiles.onDidChange(redraw),
    connections.store.onDidChange(redraw),
    view.onDidChangeSelection(({ selection }) => tree.select(selection)),
  ];

  const runFiles = createRunFiles({
    invocations,
    confirm: ({ invocation, connection: used }, count) => connections.confirm({ invocation, connection: used, count }),
    warn,
  });
  const forEvent = createForEvent({
    hasFunctions: async () => (await loadFunctions()).hasSource(),
    loadFunctionBrowser,
  });
  const files = presetFiles;
  const invokeFile = createFileCommand({ connection, history, files, runner, run, runFiles, openDraft, forEvent });
  const handlers: Handlers = {
    invokeFunction: () => forms.openForm(),
    newForm: () => forms.newForm(),
    invokePreset: createPresetCommand({
      connection,
      files: presetFiles,
      recents,
      runner,
      openInFile: (stored) => actions.openInFile(stored),
    }),
    invokeFile: (uri, selected) => invokeFile(targetDocuments(uri, selected)),
    invokeActiveEditor: () => invokeFile(targetDocuments(undefined)),
    repeatLast: createRepeatCommand({ history, run }),
    selectProfile: () => reportErrors(connections.select('profile')),
    selectRegion: () => reportErrors(connections.select('region')),
    selectEndpoint: () => reportErrors(connections.select('endpoint')),
    logIn: () => reportErrors(connections.logIn()),
    showIdentity: () => reportErrors(connections.showIdentity()),
    browseFunctions: async () => (await loadFunctionBrowser()).browseToForm(connection(), openDraft),
    showOutput: () => output.show(),
    newLocalFunction: createNewLocalFunction({ files: presetFiles, openDraft }),
    newPayload: createSampleCommand(() => import('./core/samples/samples.ts')),
    importCommand: async () => openFilled(await (await loadImportExport()).importFromClipboard()),
    importLaunch: async () => openFilled(await (await loadImportExport()).importLaunchConfiguration()),
    runFunction: async (row) => (await loadFunctions()).run(row),
    debugFunction: async (row) => (await loadFunctions()).debug(row),
    openFunctionInForm: async (row) => (await loadFunctions()).openInForm(row),
    openDeployedFunction: async (row) => {
      const fn = await (await loadFunctions()).meant(row);
      if (fn !== undefined) await (await loadFunctionBrowser()).openDeployed(fn, connection(), openDraft);
    },
    openFunctionHandler: async (row) => (await loadFunctions()).openHandler(row),
    openFunctionTemplate: async (row) => (await loadFunctions()).openTemplate(row),
    restartFunction: async (row) => (await loadFunctions()).restart(row),
    showFunctionLog: async (row) => (await loadFunctions()).showLog(row),
    refreshFunctions: () => functionsView.refresh(),
    ...createPresetHandlers({ tree, actions, runner, files: presetFiles, copyAs }),
  };
  const presetsView: PresetsViewSource = {
    children: (node) => rowsOrNone(tree.children(node)),
    handleDrag,
    handleDrop: async (target, transfer) => Promise.resolve(reportErrors(handleDrop(target, transfer, mover))),
  };
  const foldersChanged = vscode.workspace.onDidChangeWorkspaceFolders(() => {
    local.stop();
    functionsView.refresh();
  });
  const localChanged = vscode.workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration(`${SETTINGS_SECTION}.local`)) local.stop(); // what it was started with
  });
  const trusted = vscode.workspace.onDidGrantWorkspaceTrust(() => functionsView.refresh());
  const owned = vscode.Disposable.from(
    output,
    local,
    connections,
    foldersChanged,
    localChanged,
    trusted,
    presetFiles,
    diagnostics,
    ...listening,
    {
      dispose: () => {
        void functions?.then((feature) => feature.dispose());
        void finding?.then((feature) => feature.dispose());
      },
    },
  );
  return {
    handlers: withPlainErrors(handlers),
    forms,
    presetsView,
    presetLenses: (document) => presetLenses(document, presetFiles),
    presetFixes,
    functionRows: async () => rowsOrNone(loadFunctions().then((feature) => feature.rows())),
    functionLenses: async (document) => (await loadFunctions()).lenses(document),
    dispose: () => owned.dispose(),
  };
}
