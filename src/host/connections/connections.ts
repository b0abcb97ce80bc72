import * as vscode from 'vscode';
import type { Aws, AwsTarget } from '../../core/aws.ts';
import type { CallerIdentity } from '../../core/callerIdentity.ts';
import { guardingPattern } from '../../core/confirm.ts';
import type { Connection, ConnectionView } from '../../core/connection.ts';
import { attempt } from '../attempt.ts';
import { SETTINGS_SECTION } from '../contributions.ts';
import { setting } from '../settings.ts';
import { watchAwsFiles } from './awsFiles.ts';
import { createConfirm, type Question } from './confirmInvocation.ts';
import { connectionProblem } from './connectionProblem.ts';
import { ConnectionStatus } from './connectionStatus.ts';
import { ConnectionStore } from './connectionStore.ts';
import { guards, profileNameOf } from './guards.ts';
import { pickConnection, pickEndpoint, pickRegion, type ConnectionAction } from './pickConnection.ts';
import { tellBroken } from './profileItems.ts';
import { SignIn } from './signIn.ts';

type AwsConnection = Extract<Connection, { kind: 'aws' }>;

interface ConnectionsDependencies {
  readonly memento: Pick<vscode.Memento, 'get' | 'update'>;
  readonly loadAws: () => Promise<Aws>;
  /** Whether it is loaded: the status bar is no reason to load it. */
  readonly hasAws: () => boolean;
  /** The person has chosen a connection. */
  readonly onDidChoose: () => void;
}

/** A connection with what the settings add to it. */
export function awsTarget(connection: AwsConnection): AwsTarget {
  const endpoint = setting('endpoint');
  return endpoint === '' ? connection : { ...connection, endpointSetting: endpoint };
}

/** The connection of the window: what it is, how it is chosen, what is known of it and when it is asked about. */
export class Connections implements vscode.Disposable {
  readonly store: ConnectionStore;
  readonly signIn: SignIn;
  /** Asks before an invocation where a pattern wants it; false means no. */
  readonly confirm: (question: Question) => Promise<boolean>;
  readonly #dependencies: ConnectionsDependencies;
  readonly #status = new ConnectionStatus();
  readonly #owned: vscode.Disposable[];
  readonly #changed = new vscode.EventEmitter<void>();
  /** What describes connections has changed: a config file, a setting, or what STS said. */
  readonly onDidChangeSources = this.#changed.event;

  constructor(dependencies: ConnectionsDependencies) {
    this.#dependencies = dependencies;
    this.store = new ConnectionStore(dependencies.memento);
    this.signIn = new SignIn(dependencies.loadAws);
    this.confirm = createConfirm({
      describe: (connection) => this.describe(connection),
      identify: (connection, signal) => this.identify(connection, signal),
    });
    const affects = [SETTINGS_SECTION, 'http'];
    this.#owned = [
      this.store,
      this.#status,
      this.#changed,
      watchAwsFiles(process.env, () => this.#changed.fire()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (affects.some((section) => change.affectsConfiguration(section))) this.#changed.fire();
      }),
      this.store.onDidChange(() => this.#showStatus()),
      this.#changed.event(() => this.#showStatus()),
    ];
    this.#showStatus();
  }

  /** What is known of a connection without asking anybody; never rejects. */
  async describe(connection: Connection): Promise<ConnectionView> {
    if (connection.kind === 'local') return guarded(connection);
    const view = await this.#dependencies
      .loadAws()
      .then(({ describe }) => describe(awsTarget(connection)))
      .catch((error: unknown) => connectionProblem(connection, error));
    const described = guarded(view);
    if (JSON.stringify(connection) === JSON.stringify(this.store.get())) this.#status.show(described);
    return described;
  }

  /** Who the connection's credentials are, from STS; what was found shows from then on. Rejects with InvokeError. */
  async identify(connection: Connection, signal: AbortSignal): Promise<CallerIdentity> {
    const aws = await this.#dependencies.loadAws();
    const identity = await aws.readIdentity(awsTarget(connection as AwsConnection), signal);
    this.#changed.fire();
    return identity;
  }

  /** Asks for the connection; true where another was chosen. */
  async select(): Promise<void> {
    const now = this.store.get();
    const aws = await this.#dependencies.loadAws();
    const [profiles, view] = await Promise.all([aws.listProfiles(), this.describe(now)]);
    const picked = await pickConnection({ now, view, recent: this.store.recent(), profiles });
    if (picked?.action !== undefined) return this.#act(picked.action);
    if (picked?.profile?.problem !== undefined) return tellBroken(picked.profile);
    if (picked?.connection !== undefined) await this.#choose(picked.connection);
  }

  async selectRegion(): Promise<void> {
    const now = this.store.get();
    const own = now.kind === 'aws' ? await this.describe(withoutRegion(now)) : undefined;
    const picked = await pickRegion(now, own?.kind === 'aws' ? own.region : undefined);
    if (picked !== undefined) await this.store.set(picked);
  }

  async selectEndpoint(): Promise<void> {
    const picked = await pickEndpoint(this.store.get());
    if (picked !== undefined) await this.store.set(picked);
  }

  /** Signs in to the chosen profile, or offers those that sign in through SSO. */
  async logIn(): Promise<void> {
    const now = this.store.get();
    await this.signIn.begin(now.kind === 'aws' ? now.profile : undefined);
    this.#changed.fire();
  }

  /** Shows the account and the role of a connection. */
  async showIdentity(now: Connection = this.store.get()): Promise<void> {
    if (now.kind === 'local') {
      void vscode.window.showInformationMessage(vscode.l10n.t('Local functions need no account.'));
      return;
    }
    const options = {
      location: vscode.ProgressLocation.Window,
      title: vscode.l10n.t('Asking who the credentials are'),
    };
    const { accountId, arn } = await vscode.window.withProgress(options, () =>
      this.signIn.with(() => this.identify(now, new AbortController().signal)),
    );
    const copy = vscode.l10n.t('Copy ARN');
    const answer = await vscode.window.showInformationMessage(vscode.l10n.t('Account {0}, {1}', accountId, arn), copy);
    if (answer === copy) await vscode.env.clipboard.writeText(arn);
  }

  dispose(): void {
    vscode.Disposable.from(...this.#owned).dispose();
  }

  async #choose(connection: Connection): Promise<void> {
    await this.store.set(connection);
    this.#dependencies.onDidChoose();
  }

  async #act(action: ConnectionAction): Promise<void> {
    switch (action) {
      case 'region':
        return this.selectRegion();
      case 'endpoint':
        return this.selectEndpoint();
      case 'identity':
        return this.showIdentity();
      case 'logIn':
        return this.logIn();
    }
  }

  #showStatus(): void {
    const now = this.store.get();
    this.#status.show(guarded(now));
    if (now.kind === 'aws' && this.#dependencies.hasAws()) attempt(this.describe(now));
  }
}

/** A connection with what the settings guard of it. */
function guarded(view: ConnectionView): ConnectionView {
  const patterns = guards();
  if (patterns.length === 0) return view;
  const profileName = profileNameOf(view);
  const accountId = view.kind === 'aws' ? view.accountId : undefined;
  const guardedBy = guardingPattern(patterns, { profile: profileName, accountId });
  return { ...view, guards: patterns, profileName, ...(guardedBy !== undefined && { guardedBy }) };
}

function withoutRegion(connection: AwsConnection): AwsConnection {
  const { region: _, ...others } = connection;
  return others;
}
