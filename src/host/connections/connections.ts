import * as vscode from 'vscode';
import type { Aws, AwsTarget } from '../../core/connection/aws.ts';
import type { CallerIdentity } from '../../core/connection/callerIdentity.ts';
import { protectingPattern } from '../../core/connection/confirmPatterns.ts';
import {
  isSameConnection,
  toStoredConnection,
  type Connection,
  type ConnectionView,
} from '../../core/connection/connection.ts';
import { InvokeError, isInvokeError } from '../../core/outcome/invokeError.ts';
import { message } from '../../core/messages/messages.ts';
import type { OnPrompt } from '../../core/async/promptTimer.ts';
import { askChoice } from '../ui/ask.ts';
import { reportErrors } from '../ui/reportErrors.ts';
import { readCancellably } from '../ui/readCancellably.ts';
import { SETTINGS_SECTION } from '../contributions.ts';
import { notify } from '../notify.ts';
import { setting } from '../settings.ts';
import { watchAwsFiles } from './awsFiles.ts';
import { createConfirm, type Question } from './confirmInvocation.ts';
import { createTurns } from '../../core/async/newest.ts';
import { connectionProblem } from './connectionProblem.ts';
import { ConnectionStatus } from './connectionStatus.ts';
import { ConnectionStore } from './connectionStore.ts';
import { confirmPatterns, profileNameOf } from './confirmPatterns.ts';
import { pickConnection, pickEndpoint, pickRegion, type ConnectionPart } from './pickConnection.ts';
import { profileItem, warnBrokenProfile } from './profileItems.ts';
import { SignIn } from './signIn.ts';

type AwsConnection = Extract<Connection, { kind: 'aws' }>;

interface ConnectionsDependencies {
  readonly memento: Pick<vscode.Memento, 'get' | 'update'>;
  readonly loadAws: () => Promise<Aws>;
  /** Whether it is loaded: the status bar is no reason to load it. */
  readonly hasAws: () => boolean;
  /** The person has chosen a connection. */
  readonly onDidChoose: () => void;
  readonly status: vscode.StatusBarItem;
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
  readonly confirm: (question: Question, signal?: AbortSignal) => Promise<boolean>;
  readonly #dependencies: ConnectionsDependencies;
  readonly #status: ConnectionStatus;
  readonly #describing = createTurns();
  readonly #owned: vscode.Disposable[];
  readonly #changed = new vscode.EventEmitter<'config' | 'account'>();
  /** What describes connections has changed: a config file or a setting, or what is known of an account. */
  readonly onDidChangeSources = this.#changed.event;

  constructor(dependencies: ConnectionsDependencies) {
    this.#dependencies = dependencies;
    this.store = new ConnectionStore(dependencies.memento);
    this.signIn = new SignIn(dependencies.loadAws);
    this.confirm = createConfirm({
      describe: (connection) => this.describe(connection),
      identify: (...asked) => this.identify(...asked),
    });
    this.#status = new ConnectionStatus(dependencies.status);
    const affects = [SETTINGS_SECTION, 'http'];
    this.#owned = [
      this.store,
      this.#changed,
      watchAwsFiles(process.env, () => {
        // Reading the files drops the credentials that they no longer name, whatever connection is chosen.
        if (dependencies.hasAws()) reportErrors(dependencies.loadAws().then((aws) => aws.listProfiles()));
        this.#changed.fire('config');
      }),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (affects.some((section) => change.affectsConfiguration(section))) this.#changed.fire('config');
      }),
      this.store.onDidChange(() => this.#showStatus()),
      this.#changed.event(() => this.#showStatus()),
    ];
    this.#showStatus();
  }

  /** What is known of a connection without asking anybody; never rejects. */
  async describe(connection: Connection): Promise<ConnectionView> {
    if (connection.kind === 'local') return protectedBy(connection);
    const isOfWindow = () => isSameConnection(connection, this.store.get());
    const isNewest = isOfWindow() ? this.#describing() : () => false;
    const view = await this.#dependencies
      .loadAws()
      .then(({ describe }) => describe(awsTarget(connection)))
      .catch((error: unknown) => connectionProblem(connection, error));
    const described = protectedBy(view);
    if (isNewest() && isOfWindow()) this.#status.show(described);
    return described;
  }

  /** Who the connection's credentials are, from STS; what was found shows from then on. Rejects with InvokeError. */
  async identify(connection: Connection, signal: AbortSignal, onPrompt?: OnPrompt): Promise<CallerIdentity> {
    const aws = await this.#dependencies.loadAws();
    const identity = await aws.readIdentity(awsTarget(connection as AwsConnection), signal, onPrompt);
    this.#changed.fire('account');
    return identity;
  }

  /**
   * Asks for another connection in place of one: all of it, its region or its endpoint. Undefined where none was chosen.
   * Rejects with InvokeError.
   */
  async ask(what: ConnectionPart, now: Connection): Promise<Connection | undefined> {
    switch (what) {
      case 'region': {
        const own = now.kind === 'aws' ? await this.describe(withoutRegion(now)) : undefined;
        return pickRegion(now, own?.kind === 'aws' ? own.region : undefined);
      }
      case 'endpoint':
        return pickEndpoint(now);
      case 'profile':
        return this.#askProfile(now);
    }
  }

  /** Asks for another connection of the window. */
  async select(what: ConnectionPart): Promise<void> {
    const picked = await this.ask(what, this.store.get());
    if (picked !== undefined) await this.set(picked);
  }

  async set(connection: Connection): Promise<void> {
    await this.store.set(connection);
    this.#dependencies.onDidChoose();
  }

  /** Signs in to a connection; where it has no sign-in through SSO, to a profile that is asked for. */
  async logIn(now: Connection = this.store.get()): Promise<void> {
    const { profiles } = await (await this.#dependencies.loadAws()).listProfiles();
    const able = profiles.filter(({ signIn, problem }) => signIn === 'sso' && problem === undefined);
    const name = now.kind === 'aws' ? profileNameOf(now) : undefined;
    const isAble = able.some((profile) => profile.name === name);
    if (isAble && now.kind === 'aws') await this.#beginSignIn(now.profile);
    else {
      if (able.length === 0) throw new InvokeError(message('ssoNone', name ?? 'Local'));
      const title = vscode.l10n.t('Sign In with SSO');
      const items = able.map((profile) => ({ ...profileItem(profile), profile: profile.name }));
      const picked = await askChoice(items, { title, placeHolder: vscode.l10n.t('Select a profile') });
      if (picked !== undefined) await this.#beginSignIn(picked.profile);
    }
    this.#changed.fire('config');
  }

  /** Shows the account and the role of a connection. */
  async showIdentity(now: Connection = this.store.get(), signal?: AbortSignal): Promise<void> {
    if (now.kind === 'local') {
      notify('information', vscode.l10n.t("Local functions don't use an AWS account."));
      return;
    }
    const title = vscode.l10n.t('Looking up account and role');
    const identity = await readCancellably(title, signal, (stopped) =>
      this.signIn.with(() => this.identify(now, stopped), stopped),
    );
    if (identity === undefined) return;
    const { accountId, arn } = identity;
    notify('information', vscode.l10n.t('Account {0}, {1}', accountId, arn), {
      label: vscode.l10n.t('Copy ARN'),
      run: () => vscode.env.clipboard.writeText(arn),
    });
  }

  dispose(): void {
    vscode.Disposable.from(...this.#owned).dispose();
  }

  async #askProfile(now: Connection): Promise<Connection | undefined> {
    const aws = await this.#dependencies.loadAws();
    const [{ profiles, problems }, view] = await Promise.all([aws.listProfiles(), this.describe(now)]);
    const recent = this.store.recent(now);
    const picked = await pickConnection({ now, view, recent, profiles, problems });
    if (picked?.problem !== undefined) warnBrokenProfile(picked.profile, picked.problem);
    else if (picked?.action === 'identity') await this.showIdentity(now);
    else if (picked?.action === 'logIn') await this.logIn(now);
    else if (picked?.action !== undefined) return this.ask(picked.action, now);
    else return picked?.connection;
    return undefined;
  }

  async #beginSignIn(profile: string | undefined): Promise<void> {
    await this.signIn.begin(profile).catch((error: unknown) => {
      if (!isInvokeError(error) || error.reason.code !== 'ssoCancelled') throw error; // that is what the person wanted
    });
  }

  /** What is known of the window's connection; AWS's bundle has just been loaded. */
  refresh(): void {
    this.#showStatus();
  }

  #showStatus(): void {
    const now = this.store.get();
    const endpoint = now.kind === 'aws' ? (now.endpoint ?? awsTarget(now).endpointSetting) : undefined;
    this.#status.show(protectedBy(toStoredConnection({ ...now, ...(endpoint !== undefined && { endpoint }) })));
    if (now.kind === 'aws' && this.#dependencies.hasAws()) reportErrors(this.describe(now));
  }
}

/** A connection with what the settings guard of it. */
function protectedBy(view: ConnectionView): ConnectionView {
  const patterns = confirmPatterns();
  if (patterns.length === 0) return view;
  const profileName = profileNameOf(view);
  const accountId = view.kind === 'aws' ? view.accountId : undefined;
  const protectedBy = protectingPattern(patterns, { profile: profileName, accountId });
  return { ...view, guards: patterns, profileName, ...(protectedBy !== undefined && { protectedBy }) };
}

function withoutRegion(connection: AwsConnection): AwsConnection {
  const { region: _, ...others } = connection;
  return others;
}
