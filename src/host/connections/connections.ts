import * as vscode from 'vscode';
import type { Lazy } from '../../core/async/lazy.ts';
import type { Aws, AwsTarget } from '../../core/connection/aws.ts';
import type { CallerIdentity } from '../../core/connection/callerIdentity.ts';
import { protectingPattern } from '../../core/connection/confirmPatterns.ts';
import {
  isSameConnection,
  toStoredConnection,
  type Connection,
  type ConnectionView,
} from '../../core/connection/connection.ts';
import type { ReportPrompt } from '../../app/waits.ts';
import type { OnPrompt } from '../../core/async/promptTimer.ts';
import type { LocalProcess } from '../functions/localProcess.ts';
import { reportErrors } from '../ui/reportErrors.ts';
import { markStepDone } from '../ui/markStepDone.ts';
import { SETTINGS_SECTION } from '../contributions.ts';
import { setting } from '../settings.ts';
import { createAllConfirmPatterns, watchPresetsFiles } from './allConfirmPatterns.ts';
import { watchAwsFiles } from './awsFiles.ts';
import { createConfirm, type Question } from './confirmInvocation.ts';
import { createTurns } from '../../core/async/newest.ts';
import { connectionProblem } from './connectionProblem.ts';
import { ConnectionStatus } from './connectionStatus.ts';
import { ConnectionStore } from './connectionStore.ts';
import { confirmPatterns, profileNameOf } from './confirmPatterns.ts';
import { SignIn } from './signIn.ts';

type AwsConnection = Extract<Connection, { kind: 'aws' }>;

interface ConnectionsDependencies {
  readonly memento: Pick<vscode.Memento, 'get' | 'update'>;
  readonly aws: Lazy<Aws>;
  readonly local: Pick<LocalProcess, 'placeholders'>;
  readonly status: vscode.StatusBarItem;
}

/** A connection with the endpoint of the settings. */
export function awsTarget(connection: AwsConnection): AwsTarget {
  const endpoint = setting('endpoint');
  return endpoint === '' ? connection : { ...connection, endpointSetting: endpoint };
}

/** The connection of the window: its selection, its description, and confirmations for it. */
export class Connections implements vscode.Disposable {
  readonly store: ConnectionStore;
  readonly signIn: SignIn;
  /** Asks for confirmation if a pattern or a local function's placeholders require it. False means don't invoke. */
  readonly confirmAll: ReturnType<typeof createConfirm>;
  /** The patterns that require confirmation, of the settings and of the workspace's presets files. */
  readonly confirmPatterns = createAllConfirmPatterns();
  readonly #dependencies: ConnectionsDependencies;
  readonly #status: ConnectionStatus;
  readonly #describing = createTurns();
  readonly #owned: vscode.Disposable[];
  /** The connection in the status bar, if it isn't the window's. */
  #inStatus: Connection | undefined;
  readonly #changed = new vscode.EventEmitter<'config' | 'account' | 'protection'>();
  /**
   * Fires when descriptions of connections change: a config file, a setting, a known account, or a presets file, which
   * can have confirmation patterns.
   */
  readonly onDidChangeSources = this.#changed.event;

  constructor(dependencies: ConnectionsDependencies) {
    this.#dependencies = dependencies;
    this.store = new ConnectionStore(dependencies.memento);
    this.signIn = new SignIn(dependencies.aws);
    const confirm = createConfirm({
      describe: (connection) => this.describe(connection),
      identify: (...args) => this.identify(...args),
      patterns: this.confirmPatterns,
    });
    this.confirmAll = async (questions, ...options) => {
      if (!(await confirm(questions, ...options))) return false;
      if (setting('local.credentials') !== 'profile') return true;
      for (const question of questions.filter(({ connection }) => connection.kind === 'local')) {
        if (!(await (await dependencies.local.placeholders()).confirm(question, ...options))) return false;
      }
      return true;
    };
    this.#status = new ConnectionStatus(dependencies.status);
    const affects = [SETTINGS_SECTION, 'http'];
    this.#owned = [
      this.store,
      this.#changed,
      watchAwsFiles(process.env, () => {
        // Reading the files drops credentials that they no longer contain, for any connection.
        const { current } = dependencies.aws;
        if (current !== undefined) reportErrors(current.then((aws) => aws.listProfiles()));
        this.sourcesChanged();
      }),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (affects.some((section) => change.affectsConfiguration(section))) this.sourcesChanged();
      }),
      watchPresetsFiles(() => this.#changed.fire('protection')),
      this.store.onDidChange(() => this.#showStatus()),
      this.#changed.event(() => this.#showStatus()),
    ];
    this.#showStatus();
  }

  /** Asks for confirmation of one invocation. */
  readonly confirm = (question: Question, ...options: [AbortSignal?, ReportPrompt?]): Promise<boolean> =>
    this.confirmAll([question], ...options);

  /** Describes a connection without requests. Never rejects. */
  async describe(connection: Connection): Promise<ConnectionView> {
    const isShown = () => isSameConnection(connection, this.#shown);
    const isNewest = isShown() ? this.#describing() : () => false;
    const described = protectedBy(await this.#view(connection), await this.confirmPatterns());
    if (isNewest() && isShown()) this.#status.show(described);
    return described;
  }

  async #view(connection: Connection): Promise<ConnectionView> {
    if (connection.kind === 'local') return connection;
    return this.#dependencies
      .aws()
      .then(({ describe }) => describe(awsTarget(connection)))
      .catch((error: unknown) => connectionProblem(connection, error));
  }

  /** Looks up the identity of a connection with STS, and shows it from then on. Rejects with InvokeError. */
  async identify(connection: Connection, signal: AbortSignal, onPrompt?: OnPrompt): Promise<CallerIdentity> {
    const aws = await this.#dependencies.aws();
    const identity = await aws.readIdentity(awsTarget(connection as AwsConnection), signal, onPrompt);
    this.#changed.fire('account');
    return identity;
  }

  async set(connection: Connection): Promise<void> {
    await this.store.set(connection);
    markStepDone('chosenConnection');
  }

  /** Shows the connection of the focused form in the status bar, or else that of the window. */
  showInStatus(connection: Connection | undefined): void {
    const before = this.#shown;
    this.#inStatus = connection;
    if (!isSameConnection(before, this.#shown)) this.#showStatus();
  }

  /** A config file, a setting or a session has changed, and with it descriptions of connections. */
  sourcesChanged(): void {
    this.#changed.fire('config');
  }

  dispose(): void {
    vscode.Disposable.from(...this.#owned).dispose();
  }

  /** Describes the window's connection if the AWS bundle is loaded. */
  refresh(): void {
    this.#showStatus();
  }

  get #shown(): Connection {
    return this.#inStatus ?? this.store.get();
  }

  #showStatus(): void {
    const now = this.#shown;
    const endpoint = now.kind === 'aws' ? (now.endpoint ?? awsTarget(now).endpointSetting) : undefined;
    const view = toStoredConnection({ ...now, ...(endpoint !== undefined && { endpoint }) });
    this.#status.show(protectedBy(view, confirmPatterns()));
    // Don't load the AWS bundle just for the status bar.
    const isLoaded = now.kind === 'local' || this.#dependencies.aws.current !== undefined;
    reportErrors(isLoaded ? this.describe(now) : this.#showProtection(view));
  }

  /** Shows whether the presets files protect the connection, without the rest of its description. */
  async #showProtection(view: ConnectionView): Promise<void> {
    const isNewest = this.#describing();
    const patterns = await this.confirmPatterns();
    if (isNewest()) this.#status.show(protectedBy(view, patterns));
  }
}

/** A connection with its matching confirmation pattern. */
function protectedBy(view: ConnectionView, patterns: readonly string[]): ConnectionView {
  if (patterns.length === 0) return view;
  const profileName = profileNameOf(view);
  const accountId = view.kind === 'aws' ? view.accountId : undefined;
  const protectedBy = protectingPattern(patterns, { profile: profileName, accountId });
  return { ...view, confirmPatterns: patterns, profileName, ...(protectedBy !== undefined && { protectedBy }) };
}
