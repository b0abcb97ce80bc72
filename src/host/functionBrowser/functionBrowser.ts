import * as vscode from 'vscode';
import type { AwsTarget } from '../../core/connection/aws.ts';
import {
  functionArn,
  functionConsoleUrl,
  logGroupConsoleUrl,
  traceConsoleUrl,
} from '../../core/connection/awsConsole.ts';
import {
  describeConnection,
  isSameConnection,
  type Connection,
  type ConnectionView,
} from '../../core/connection/connection.ts';
import { EMPTY_DRAFT, type Draft } from '../../core/invocation/draft.ts';
import type { FunctionFacts, FunctionSummary } from '../../core/functions/functionFacts.ts';
import { nonFunctionMessage } from '../../core/functions/nonFunctionName.ts';
import { parseFunctionName } from '../../core/functions/functionName.ts';
import { defaultLogGroup } from '../../core/logs/functionLogGroup.ts';
import type { HistoryEntry } from '../../core/history/historyEntry.ts';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import { hasResponse } from '../../core/outcome/outcome.ts';
import type { LocalFunctionView } from '../../core/functions/localFunctionView.ts';
import { message } from '../../core/messages/messages.ts';
import { readCancellably } from '../ui/readCancellably.ts';
import { awsTarget } from '../connections/connections.ts';
import { reasonOf } from '../ui/reasonOf.ts';
import { notify } from '../notify.ts';
import type { Services } from '../wiring/services.ts';
import { browseFunctions } from './browseFunctions.ts';
import { deployedName, type Deployed } from './deployedNames.ts';
import { Favourites } from './favourites.ts';
import { FunctionLists, type ListFunctions } from './functionList.ts';
import type { BrowseItem } from './functionItems.ts';
import { inRegion } from './inRegion.ts';
import { pickQualifier } from './pickQualifier.ts';

type FunctionBrowserServices = Pick<
  Services,
  'aws' | 'connections' | 'context' | 'history' | 'knownFunctions' | 'localFunctions'
>;

/** A function in the form. */
export interface Named {
  readonly FunctionName: string;
  readonly Qualifier?: string;
}

const MAX_RECENT = 8;

type OpenDraft = (draft: Draft, connection?: Connection) => void;

type AwsConnection = Extract<Connection, { kind: 'aws' }>;

/** Finds functions and their configuration. Never invokes. Its bundle is loaded with the first use. */
export class FunctionBrowser implements vscode.Disposable {
  readonly #services: FunctionBrowserServices;
  readonly #lists = new FunctionLists();
  readonly #favourites: Favourites;
  readonly #listening: vscode.Disposable;
  /** Fires when the feature is disposed of. */
  readonly #over = new AbortController();

  constructor(services: FunctionBrowserServices) {
    this.#services = services;
    this.#favourites = new Favourites(services.context.workspaceState);
    this.#listening = services.connections.onDidChangeSources((what) => {
      if (what !== 'config') return;
      this.#lists.clear();
      services.knownFunctions.forgetLists();
    });
  }

  dispose(): void {
    this.#listening.dispose();
    this.#over.abort();
    this.#lists.clear();
  }

  /** Prompts for a function of the connection. Returns undefined if canceled. Rejects with InvokeError. */
  async browse(connection: Connection, closed?: AbortSignal): Promise<Deployed | undefined> {
    const view = await this.#services.connections.describe(connection);
    const key = keyOf(view);
    const workspace = this.#services.localFunctions.list();
    workspace.catch(() => undefined); // handled where it is awaited
    const picked = await browseFunctions({
      title:
        connection.kind === 'local'
          ? vscode.l10n.t('Local functions')
          : vscode.l10n.t('Functions in {0}', describeConnection(view)),
      read: async (signal, onChange) => {
        if (connection.kind === 'local') return onChange([]);
        const list = this.#listOf(connection);
        const onFunctions = (all: readonly FunctionSummary[]) => {
          for (const summary of all) this.#services.knownFunctions.remember(connection, summary);
          const names = all.map(({ FunctionName }) => FunctionName);
          this.#services.knownFunctions.list(connection, names);
          onChange(all);
        };
        return this.#signedIn(() => this.#lists.read(key, list, { signal, onChange: onFunctions }), signal);
      },
      closed: this.#signal(closed),
      refresh: () => this.#lists.forget(key),
      recents: this.#recents(connection),
      favourites: () => this.#favourites.of(key),
      toggleFavourite: (name) => this.#favourites.toggle(key, name),
      workspace: workspace.then(({ functions }) => functions.map((fn) => workspaceItem(fn, connection))),
    });
    if (picked?.fn !== undefined) return this.deployed(picked.fn, connection, closed);
    return picked?.FunctionName === undefined ? undefined : { FunctionName: picked.FunctionName };
  }

  #listOf(connection: AwsConnection): ListFunctions {
    return async (...given) => (await this.#services.aws()).listFunctions(awsTarget(connection), ...given);
  }

  /** All functions of a connection, listed once. Reads no more after `closed` aborts. Rejects with InvokeError. */
  async list(connection: AwsConnection, closed: AbortSignal): Promise<readonly FunctionSummary[]> {
    const key = keyOf(await this.#services.connections.describe(connection));
    const signal = this.#signal(closed);
    const list = this.#listOf(connection);
    await this.#signedIn(() => this.#lists.read(key, list, { signal, onChange: () => undefined }), signal);
    return this.#lists.held(key);
  }

  /** The functions of a connection that were browsed. Sends no request. */
  async browsed(connection: Connection): Promise<readonly FunctionSummary[]> {
    return this.#lists.held(keyOf(await this.#services.connections.describe(connection)));
  }

  /** Prompts for a function and opens it in a form. */
  async browseToForm(connection: Connection, openDraft: OpenDraft): Promise<void> {
    const named = await this.browse(connection);
    if (named === undefined) return;
    const there = inRegion(connection, named);
    openDraft({ ...EMPTY_DRAFT, FunctionName: named.FunctionName }, there === connection ? undefined : there);
  }

  /** Opens a workspace function in a form with its deployed name. */
  async openDeployed(fn: LocalFunctionView, connection: Connection, openDraft: OpenDraft): Promise<void> {
    if (connection.kind === 'local') throw new InvokeError(message('deployedNeedsProfile'));
    const found = await this.deployed(fn, connection);
    if (found === undefined) return;
    openDraft({ ...EMPTY_DRAFT, FunctionName: found.FunctionName }, inRegion(connection, found));
  }

  /** Prompts for an alias or a version. Empty means none. */
  async pickQualifier(connection: Connection, named: Named, closed?: AbortSignal): Promise<string | undefined> {
    if (connection.kind === 'local') {
      const text = vscode.l10n.t(
        'Local functions have $LATEST and the versions and aliases defined in lambda-invoke.json.',
      );
      notify('information', text);
      return undefined;
    }
    const aws = await this.#services.aws();
    const abort = new AbortController();
    const signal = AbortSignal.any([abort.signal, this.#signal(closed)]);
    const found = this.#signedIn(() => aws.listQualifiers(awsTarget(connection), named, signal), signal);
    const isManaged = this.#services.knownFunctions.isManaged(connection, named.FunctionName) === true;
    return pickQualifier({ name: named.FunctionName, isManaged }, found, signal).finally(() => abort.abort());
  }

  /** Reads the configuration of a function. Rejects with InvokeError. */
  async facts(connection: AwsConnection, named: Named, closed?: AbortSignal): Promise<FunctionFacts> {
    const aws = await this.#services.aws();
    const signal = this.#signal(closed);
    const facts = await this.#signedIn(() => aws.readFunction(awsTarget(connection), named, signal), signal);
    this.#services.knownFunctions.remember(connection, facts, named.FunctionName);
    return facts;
  }

  async openInConsole(connection: AwsConnection, named: Named): Promise<void> {
    const { region, name, qualifier } = await this.#place(connection, named);
    const address = functionConsoleUrl(region, name, qualifier);
    if (address === undefined) throw new InvokeError(message('consoleUnknown', region));
    await vscode.env.openExternal(vscode.Uri.parse(address, true));
  }

  /** Opens the log group of the function, or the default one without permission to read the configuration. */
  async openLogGroup(connection: AwsConnection, named: Named, closed?: AbortSignal): Promise<void> {
    const { region, name } = await this.#place(connection, named);
    const { LogGroup } = await this.facts(connection, named, closed).catch(() => ({ LogGroup: undefined }));
    if (closed?.aborted === true) return;
    const address = logGroupConsoleUrl(region, LogGroup ?? defaultLogGroup(name));
    if (address === undefined) throw new InvokeError(message('consoleUnknown', region));
    await vscode.env.openExternal(vscode.Uri.parse(address, true));
  }

  /** Opens an X-Ray trace of the function in the console. Rejects with InvokeError. */
  async openTrace(connection: AwsConnection, FunctionName: string, traceId: string): Promise<void> {
    const { region } = await this.#place(connection, { FunctionName });
    const address = traceConsoleUrl(region, traceId);
    if (address === undefined) throw new InvokeError(message('consoleUnknown', region));
    await vscode.env.openExternal(vscode.Uri.parse(address, true));
  }

  /** Copies the function's ARN. An unknown account is looked up. Rejects with InvokeError. */
  async copyArn(connection: AwsConnection, named: Named, closed?: AbortSignal): Promise<void> {
    const { region, name, accountId, qualifier } = await this.#place(connection, named);
    const account = accountId ?? (await this.#accountOf(connection, this.#signal(closed)));
    if (closed?.aborted === true) return;
    const arn = functionArn({ region, accountId: account, name }, qualifier);
    await vscode.env.clipboard.writeText(arn);
    notify('information', vscode.l10n.t('Copied {0}', arn));
  }

  /** The deployed function of a workspace function. Rejects with InvokeError. */
  async deployed(fn: LocalFunctionView, connection: Connection, closed?: AbortSignal): Promise<Deployed | undefined> {
    if (connection.kind === 'local') return { FunctionName: fn.name };
    const aws = await this.#services.aws();
    const title = vscode.l10n.t('Looking up {0} in its stack', fn.name);
    return deployedName(fn, {
      hasRegion: connection.region !== undefined,
      listStack: (stack) => {
        // The connection's region takes precedence over the stack's.
        const region = connection.region ?? stack.region;
        const target: AwsTarget = { ...awsTarget(connection), ...(region !== undefined && { region }) };
        return readCancellably(title, this.#signal(closed), (signal) =>
          this.#signedIn(() => aws.listStackFunctions(target, stack.stackName, signal), signal),
        );
      },
    });
  }

  async #signedIn<T>(doing: () => Promise<T>, signal: AbortSignal): Promise<T> {
    return this.#services.connections.signIn.with(doing, signal);
  }

  /** Stops a read when its form or the window is closed. */
  #signal(closed: AbortSignal | undefined): AbortSignal {
    return closed === undefined ? this.#over.signal : AbortSignal.any([closed, this.#over.signal]);
  }

  async #accountOf(connection: AwsConnection, signal: AbortSignal): Promise<string> {
    const { connections } = this.#services;
    const view = await connections.describe(connection);
    if (view.kind === 'aws' && view.accountId !== undefined) return view.accountId;
    try {
      return (await this.#signedIn(() => connections.identify(connection, signal), signal)).accountId;
    } catch (error) {
      throw new InvokeError(message('arnNeedsAccount', reasonOf(error)), { cause: error });
    }
  }

  /** The location of a function. Its ARN overrides the connection. Rejects with InvokeError. */
  async #place(connection: AwsConnection, { FunctionName, Qualifier }: Named) {
    const parts = parseFunctionName(FunctionName);
    if (parts === undefined) throw new InvokeError(nonFunctionMessage(FunctionName) ?? message('functionNamePattern'));
    const view = await this.#services.connections.describe(connection);
    const region = parts.region ?? (view.kind === 'aws' ? view.region : undefined);
    const problem = view.kind === 'aws' ? view.problem : undefined;
    if (region === undefined) throw new InvokeError(problem ?? message('regionMissing'));
    const { name, accountId } = parts;
    return { region, name, accountId, qualifier: Qualifier ?? parts.qualifier };
  }

  #recents(connection: Connection): string[] {
    // A function that didn't respond might not exist, or is one of another connection.
    const isHere = ({ connection: used, outcome }: HistoryEntry) =>
      isSameConnection(used, connection) && hasResponse(outcome);
    const names = this.#services.history
      .entries()
      .filter(isHere)
      .map(({ invocation }) => invocation.FunctionName);
    return [...new Set(names)].slice(0, MAX_RECENT);
  }
}

/** The key of a function list and its favorites. */
function keyOf(view: ConnectionView): string {
  if (view.kind === 'local') return 'local';
  const { profile = '', region = '', endpoint = '' } = view;
  return [profile, region, endpoint].join(' ');
}

function workspaceItem(fn: LocalFunctionView, connection: Connection): BrowseItem {
  return {
    label: fn.name,
    description: `${fn.runtime} · ${fn.fileName}`,
    ...(connection.kind === 'local' ? { FunctionName: fn.name } : { fn }),
  };
}
