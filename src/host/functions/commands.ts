import * as vscode from 'vscode';
import type { EndedInvocation } from '../../app/invocations.ts';
import type { Connection } from '../../core/connection/connection.ts';
import { parseFunctionName } from '../../core/functions/functionName.ts';
import { handlerLine } from '../../core/functions/handlerLine.ts';
import { localFunctionOf, toLocalInvocation } from '../../core/functions/localInvocation.ts';
import type { LocalFunctionView } from '../../core/functions/localFunctionView.ts';
import { EMPTY_DRAFT } from '../../core/invocation/draft.ts';
import type { Invocation, PayloadSource } from '../../core/invocation/invocation.ts';
import { message } from '../../core/messages/messages.ts';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import { missingSdkPackage } from '../../core/outcome/missingModule.ts';
import type { Handlers } from '../wiring/feature.ts';
import { labelOf } from '../invoking/payloadFiles.ts';
import { describeOrder } from '../invoking/runWithProgress.ts';
import { targetDocuments } from '../invoking/targetDocuments.ts';
import { rankFunctions } from '../invoking/workspaceFunctions.ts';
import type { Services } from '../wiring/services.ts';
import { askChoice } from '../ui/ask.ts';
import { createButtonClicks } from '../ui/buttonClicks.ts';
import { createHeldKeys } from '../ui/heldKeys.ts';
import { showBriefly } from '../ui/progress.ts';
import { createRowClicks } from '../ui/rowClicks.ts';
import { createExecutionCommands } from '../durable/executionCommands.ts';
import { startDebugging } from './debugFunction.ts';
import { DebugSessions } from './debugSessions.ts';
import { createFunctionEvents } from './functionEvents.ts';
import { functionLenses } from './functionLenses.ts';
import { FunctionLog } from './functionLog.ts';
import { functionOf, functionRows, type FunctionRow } from './functionRows.ts';
import { createNewLocalFunction } from './newLocalFunction.ts';
import { createInstallSdk } from './runtimeSdk/installSdk.ts';

export type FunctionServices = Pick<
  Services,
  | 'connections'
  | 'context'
  | 'forms'
  | 'functionBrowser'
  | 'invocations'
  | 'local'
  | 'localFunctions'
  | 'output'
  | 'presets'
  | 'run'
  | 'views'
>;

export interface FunctionCommands extends vscode.Disposable {
  readonly handlers: Pick<
    Handlers,
    | 'runFunction'
    | 'debugFunction'
    | 'debugFile'
    | 'openFunctionInForm'
    | 'selectFunctionEvent'
    | 'clickFunction'
    | 'openDeployedFunction'
    | 'openFunctionHandler'
    | 'openFunctionTemplate'
    | 'restartFunction'
    | 'showFunctionLog'
    | 'newLocalFunction'
    | 'installSdk'
    | 'selectExecution'
    | 'clearExecutions'
  >;
  /** Installs the package of Lambda's AWS SDK that a function lacks. Returns false if canceled, or if it fails. */
  installSdk(ended: EndedInvocation): Promise<boolean>;
  /**
   * Starts debugging the local function of an invocation, and returns what to invoke on Local. Undefined if a required
   * extension is missing. Rejects with InvokeError.
   */
  debug(
    invocation: Invocation,
    connection: Connection,
    environment?: Readonly<Record<string, string>>,
  ): Promise<Invocation | undefined>;
  rows(): Promise<FunctionRow[]>;
  lenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]>;
}

/** The argument of keybindings in package.json, which apply to the selected row of the view. */
const KEY = 'selected';

const LOCAL: Connection = { kind: 'local' };

async function openAt(path: string, line: number): Promise<void> {
  const position = new vscode.Position(line, 0);
  const selection = new vscode.Range(position, position);
  await vscode.window.showTextDocument(vscode.Uri.file(path), { selection });
}

async function openHandler(fn: LocalFunctionView): Promise<void> {
  if (fn.source === undefined) throw new InvokeError(message('handlerNotFound', fn.handler, fn.folder));
  const document = await vscode.workspace.openTextDocument(fn.source);
  await openAt(fn.source, handlerLine(document.getText(), fn.handler));
}

async function openTemplate(fn: LocalFunctionView): Promise<void> {
  const document = await vscode.workspace.openTextDocument(fn.file);
  const inPresets = document
    .getText()
    .split('\n')
    .findIndex((line) => line.includes(`${JSON.stringify(fn.plainName)}:`));
  await openAt(fn.file, fn.line === undefined ? Math.max(0, inPresets) : fn.line - 1);
}

/** Throws InvokeError if there are none. */
async function askFunction(
  functions: readonly LocalFunctionView[],
  title?: string,
): Promise<LocalFunctionView | undefined> {
  if (functions.length === 0) throw new InvokeError(message('noLocalFunctions'));
  const picks = functions.map((fn) => ({ label: fn.name, description: `${fn.runtime} · ${fn.fileName}`, fn }));
  const placeHolder = vscode.l10n.t('Select a local function');
  return (await askChoice(picks, { placeHolder, ...(title !== undefined && { title }) }))?.fn;
}

/** Rows, lenses and commands of workspace functions. Loaded with the first use. */
export function createFunctionCommands(services: FunctionServices): FunctionCommands {
  const { connections, forms, functionBrowser, invocations, local, localFunctions, presets, run, views } = services;
  const sdk = createInstallSdk(services);
  const isHeldKey = createHeldKeys();
  const isDoubleClick = createRowClicks();
  const isFollowingClick = createButtonClicks();
  const log = new FunctionLog(async (name) => String(await local.ask({ what: 'log', name })));
  const sessions = new DebugSessions();
  const events = createFunctionEvents(services);
  invocations.listen({
    onDidEnd({ order }) {
      if (order.connection.kind === 'local') log.update(order.invocation.FunctionName);
    },
  });

  /** The function of a row, or the selected one in the Command Palette. */
  async function functionFor(
    row: unknown,
    fits: (fn: LocalFunctionView) => boolean = () => true,
  ): Promise<LocalFunctionView | undefined> {
    const given = functionOf(row);
    if (given !== undefined) return given;
    const { functions } = await localFunctions.list();
    return askFunction(functions.filter(({ obstacle }) => obstacle === undefined).filter(fits));
  }

  /** The selected function of the view, if it can run. */
  function selectedFunction(): LocalFunctionView | undefined {
    const fn = functionOf(views.functions.view.selection[0]);
    return fn?.obstacle === undefined ? fn : undefined;
  }

  const withFunction =
    (act: (fn: LocalFunctionView) => Promise<void>, fits?: (fn: LocalFunctionView) => boolean) =>
    async (row: unknown): Promise<void> => {
      const fn = row === KEY ? selectedFunction() : await functionFor(row, fits);
      if (fn !== undefined) await act(fn);
    };

  async function runWith(fn: LocalFunctionView, payload: PayloadSource): Promise<void> {
    const qualifier = fn.isDurable === true ? { Qualifier: '$LATEST' } : {};
    const type = { InvocationType: 'RequestResponse', LogType: 'Tail' } as const;
    const invocation = { FunctionName: fn.name, ...qualifier, ...type, payload };
    const order = { invocation, connection: LOCAL };
    const file = payload.kind === 'file' ? [labelOf(vscode.Uri.parse(payload.uri))] : [];
    await run(order, vscode.l10n.t('Invoking {0}', [describeOrder(order), ...file].join(' · ')));
  }

  async function runFunction(fn: LocalFunctionView): Promise<void> {
    const payload = await events.payloadOf(fn);
    if (payload !== undefined) await runWith(fn, payload);
  }

  const debug = (fn: LocalFunctionView, environment?: Readonly<Record<string, string>>) =>
    startDebugging(fn, { local, sessions, environment });

  async function debugFunction(fn: LocalFunctionView): Promise<void> {
    const payload = await events.payloadOf(fn);
    if (payload !== undefined && (await debug(fn))) await runWith(fn, payload);
  }

  async function debugWithFile(uri: vscode.Uri): Promise<void> {
    const ranked = await rankFunctions([uri.toString()], localFunctions);
    const fn = await askFunction(
      ranked.map((one) => one.fn).filter(({ canDebug }) => canDebug),
      vscode.l10n.t('Debug with {0}', labelOf(uri)),
    );
    if (fn !== undefined && (await debug(fn))) await runWith(fn, { kind: 'file', uri: uri.toString() });
  }

  async function openInForm(fn: LocalFunctionView): Promise<void> {
    const payload = await events.payloadOf(fn);
    if (payload === undefined) return;
    const file = payload.kind === 'file' ? ({ payloadKind: 'file', payloadFile: payload.uri } as const) : {};
    forms.openDraft({ ...EMPTY_DRAFT, FunctionName: fn.name, ...file }, LOCAL);
  }

  return {
    async installSdk({ order, result: { outcome } }) {
      const missing = outcome.state === 'functionError' ? missingSdkPackage(outcome.diagnosis.advice) : undefined;
      const { FunctionName } = order.invocation;
      const name = parseFunctionName(FunctionName)?.name ?? FunctionName;
      return sdk.install({ name, ...(missing !== undefined && { missing }) });
    },
    async debug(invocation, connection, environment) {
      const fn = localFunctionOf(invocation, await localFunctions.list());
      return (await debug(fn, environment)) ? toLocalInvocation(invocation, fn, connection) : undefined;
    },
    rows: async () => functionRows(await localFunctions.list()),
    lenses: async (document) => functionLenses(document, (await localFunctions.list()).functions),
    handlers: {
      runFunction: async (row) => {
        if (row === KEY && isHeldKey(selectedFunction()?.name ?? '')) return;
        if (row !== KEY && isFollowingClick(functionOf(row)?.name)) return;
        await withFunction(runFunction)(row);
      },
      debugFunction: withFunction(debugFunction, ({ canDebug }) => canDebug),
      debugFile: async (uri, selected) => {
        const [document] = targetDocuments(uri, selected);
        if (document !== undefined) await debugWithFile(document);
      },
      openFunctionInForm: withFunction(openInForm),
      selectFunctionEvent: withFunction((fn) => events.select(fn)),
      clickFunction: async () => {
        const fn = selectedFunction();
        if (fn !== undefined && isDoubleClick(`${fn.file}#${fn.name}`)) await openInForm(fn);
      },
      openDeployedFunction: withFunction(async (fn) =>
        (await functionBrowser()).openDeployed(fn, connections.store.get(), forms.openDraft),
      ),
      openFunctionHandler: withFunction(openHandler),
      openFunctionTemplate: withFunction(openTemplate),
      restartFunction: withFunction(async ({ name }) => {
        await local.ask({ what: 'restart', name });
        showBriefly(vscode.l10n.t('Stopped {0}. The next invocation is a cold start.', name));
      }),
      showFunctionLog: withFunction(({ name }) => log.show(name)),
      installSdk: async (row) => {
        const fn = functionOf(row);
        await sdk.install(fn === undefined ? {} : { name: fn.name });
      },
      ...createExecutionCommands(local),
      newLocalFunction: createNewLocalFunction({ presets, openDraft: forms.openDraft }),
    },
    dispose() {
      sessions.dispose();
      sdk.dispose();
      log.dispose();
    },
  };
}
