import * as vscode from 'vscode';
import type { Connection } from '../../core/connection/connection.ts';
import { EMPTY_DRAFT, type Draft } from '../../core/invocation/draft.ts';
import { handlerLine } from '../../core/functions/handlerLine.ts';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import type { PayloadSource } from '../../core/invocation/invocation.ts';
import type { LocalFunctionsView, LocalFunctionView } from '../../core/functions/localFunctionView.ts';
import { message } from '../../core/messages/messages.ts';
import { askChoice } from '../ui/ask.ts';
import type { LocalProcess } from './localProcess.ts';
import { newestOf } from '../../core/async/newest.ts';
import { showBriefly } from '../ui/progress.ts';
import type { Run } from '../invoking/runner.ts';
import { describeOrder } from '../invoking/runWithProgress.ts';
import { setting } from '../settings.ts';
import { debugFunction } from './debugFunction.ts';
import { functionLenses } from './functionLenses.ts';
import { FunctionLog } from './functionLog.ts';
import { functionOf, functionRows, type FunctionRow } from './functionRows.ts';

export interface FunctionsDependencies {
  readonly local: Pick<LocalProcess, 'ask'>;
  readonly run: Run;
  readonly openDraft: (draft: Draft, connection: Connection) => void;
  /** What describes functions has changed. */
  readonly onDidChange: () => void;
}

const NONE: LocalFunctionsView = { functions: [], problems: [] };
const LOCAL: Connection = { kind: 'local' };

async function openAt(path: string, line: number): Promise<void> {
  const position = new vscode.Position(line, 0);
  const selection = new vscode.Range(position, position);
  await vscode.window.showTextDocument(vscode.Uri.file(path), { selection });
}

/** Files that may describe functions; without one there is nothing to ask the endpoint for, and it is not started. */
const SOURCES =
  '**/{lambda-invoke.json,template.yaml,template.yml,template.json,*.template.yaml,*.template.yml,*.template.json,sam.yaml,sam.yml,serverless.yaml,serverless.yml,serverless.json}';
const LOOKED_AGAIN_MS = 400;
const NOT_SOURCES = '**/{node_modules,.aws-sam}/**';

/** The event of a function that lies in a payload folder under its name: `events/NAME.json`. */
async function eventOf(fn: LocalFunctionView): Promise<vscode.Uri | undefined> {
  for (const folder of setting('codeLens.payloadFolders')) {
    const uri = vscode.Uri.joinPath(vscode.Uri.file(fn.folder), folder, `${fn.name}.json`);
    const isThere = await vscode.workspace.fs.stat(uri).then(
      () => true,
      () => false,
    );
    if (isThere) return uri;
  }
  return undefined;
}

/** The functions of the workspace: their rows, their lenses, and what is done with them. */
export class FunctionsFeature implements vscode.Disposable {
  readonly #dependencies: FunctionsDependencies;
  readonly #log: FunctionLog;
  readonly #listening: vscode.Disposable[] = [];
  readonly #newestList = newestOf(() => this.#list());
  #hasSource: Thenable<boolean> | undefined;
  readonly #watcher = vscode.workspace.createFileSystemWatcher(SOURCES);

  constructor(dependencies: FunctionsDependencies) {
    this.#dependencies = dependencies;
    this.#log = new FunctionLog(async (name) => String(await dependencies.local.ask({ what: 'log', name })));
    for (const happens of [this.#watcher.onDidChange, this.#watcher.onDidCreate, this.#watcher.onDidDelete]) {
      happens(() => this.#changed(), undefined, this.#listening);
    }
    vscode.workspace.onDidChangeWorkspaceFolders(() => this.#changed(), undefined, this.#listening);
  }

  /** Whether the workspace has a file that may describe functions. */
  async hasSource(): Promise<boolean> {
    this.#hasSource ??= vscode.workspace.findFiles(SOURCES, NOT_SOURCES, 1).then(([source]) => source !== undefined);
    return this.#hasSource;
  }

  /** Nothing is listed, and nothing started, where the workspace is not trusted or has no folder. */
  async list(): Promise<LocalFunctionsView> {
    return this.#newestList();
  }

  async #list(): Promise<LocalFunctionsView> {
    if (!vscode.workspace.isTrusted || vscode.workspace.workspaceFolders === undefined) return NONE;
    if (!(await this.hasSource())) return NONE;
    return (await this.#dependencies.local.ask({ what: 'functions' })) as LocalFunctionsView;
  }

  /** The function of a row; from the palette, the one that is picked. */
  async meant(
    row: unknown,
    fits: (fn: LocalFunctionView) => boolean = () => true,
  ): Promise<LocalFunctionView | undefined> {
    const given = functionOf(row);
    if (given !== undefined) return given;
    const { functions } = await this.list();
    const able = functions.filter(({ obstacle }) => obstacle === undefined).filter(fits);
    if (able.length === 0) throw new InvokeError(message('noLocalFunctions'));
    const picks = able.map((fn) => ({ label: fn.name, description: `${fn.runtime} · ${fn.fileName}`, fn }));
    const placeHolder = vscode.l10n.t('Select a local function');
    return (await askChoice(picks, { placeHolder }))?.fn;
  }

  async rows(): Promise<FunctionRow[]> {
    return functionRows(await this.list());
  }

  async lenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    return functionLenses(document, (await this.list()).functions);
  }

  async run(row: unknown): Promise<void> {
    const fn = await this.meant(row);
    if (fn !== undefined) await this.#run(fn);
  }

  async debug(row: unknown): Promise<void> {
    const fn = await this.meant(row, ({ canDebug }) => canDebug);
    if (fn === undefined) return;
    await debugFunction(fn, { local: this.#dependencies.local, run: () => this.#run(fn) });
  }

  async openInForm(row: unknown): Promise<void> {
    const fn = await this.meant(row);
    if (fn === undefined) return;
    const event = await eventOf(fn);
    const draft = {
      ...EMPTY_DRAFT,
      FunctionName: fn.name,
      ...(event !== undefined && { payloadFile: event.toString() }),
    };
    this.#dependencies.openDraft(draft, LOCAL);
  }

  async openHandler(row: unknown): Promise<void> {
    const fn = await this.meant(row);
    if (fn === undefined) return;
    if (fn.source === undefined) throw new InvokeError(message('handlerNotFound', fn.handler, fn.folder));
    const document = await vscode.workspace.openTextDocument(fn.source);
    await openAt(fn.source, handlerLine(document.getText(), fn.handler));
  }

  async openTemplate(row: unknown): Promise<void> {
    const fn = await this.meant(row);
    if (fn === undefined) return;
    const document = await vscode.workspace.openTextDocument(fn.file);
    const inPresets = document
      .getText()
      .split('\n')
      .findIndex((line) => line.includes(`${JSON.stringify(fn.name)}:`));
    await openAt(fn.file, fn.line === undefined ? Math.max(0, inPresets) : fn.line - 1);
  }

  async restart(row: unknown): Promise<void> {
    const fn = await this.meant(row);
    if (fn === undefined) return;
    await this.#dependencies.local.ask({ what: 'restart', name: fn.name });
    showBriefly(vscode.l10n.t('Stopped {0}. The next invocation is a cold start.', fn.name));
  }

  async showLog(row: unknown): Promise<void> {
    const fn = await this.meant(row);
    if (fn !== undefined) await this.#log.show(fn.name);
  }

  /** An invocation of a local function has ended. */
  ended(name: string): void {
    this.#log.update(name);
  }

  dispose(): void {
    vscode.Disposable.from(this.#log, this.#watcher, ...this.#listening).dispose();
  }

  #changed(): void {
    this.#hasSource = undefined;
    setTimeout(this.#dependencies.onDidChange, LOOKED_AGAIN_MS); // the endpoint looks again a moment after the change
  }

  async #run(fn: LocalFunctionView): Promise<void> {
    const event = await eventOf(fn);
    const payload: PayloadSource = event === undefined ? { kind: 'none' } : { kind: 'file', uri: event.toString() };
    const invocation = { FunctionName: fn.name, InvocationType: 'RequestResponse', LogType: 'Tail', payload } as const;
    const order = { invocation, connection: LOCAL };
    await this.#dependencies.run(order, vscode.l10n.t('Invoking {0}', describeOrder(order)));
  }
}
