import * as vscode from 'vscode';
import type { Connection } from '../../core/connection/connection.ts';
import { message } from '../../core/messages/messages.ts';
import { InvokeError, isInvokeError } from '../../core/outcome/invokeError.ts';
import type { Handlers } from '../wiring/feature.ts';
import { notify } from '../notify.ts';
import type { Services } from '../wiring/services.ts';
import { askChoice } from '../ui/ask.ts';
import { readCancellably } from '../ui/readCancellably.ts';
import { profileNameOf } from './confirmPatterns.ts';
import { pickConnection, pickEndpoint, pickRegion, type ConnectionPart } from './pickConnection.ts';
import { profileItem, warnBrokenProfile } from './profileItems.ts';

type AwsConnection = Extract<Connection, { kind: 'aws' }>;

export interface ConnectionCommands {
  readonly handlers: Pick<Handlers, 'selectProfile' | 'selectRegion' | 'selectEndpoint' | 'logIn' | 'showIdentity'>;
  /**
   * Prompts for a connection, or for the region or endpoint of the current one. Returns undefined if canceled.
   * Rejects with InvokeError.
   */
  ask(part: ConnectionPart, now: Connection): Promise<Connection | undefined>;
  /** Shows the account and the role of a connection. Rejects with InvokeError. */
  showIdentity(now: Connection, signal?: AbortSignal): Promise<void>;
}

function withoutRegion(connection: AwsConnection): AwsConnection {
  const { region: _, ...others } = connection;
  return others;
}

function withoutEndpoint(connection: AwsConnection): AwsConnection {
  const { endpoint: _, ...others } = connection;
  return others;
}

/** The commands for connections. Loaded with their first use. */
export function createConnectionCommands({
  aws,
  connections,
}: Pick<Services, 'aws' | 'connections'>): ConnectionCommands {
  const { store, signIn } = connections;

  async function ask(part: ConnectionPart, now: Connection): Promise<Connection | undefined> {
    switch (part) {
      case 'region': {
        const own = now.kind === 'aws' ? await connections.describe(withoutRegion(now)) : undefined;
        return pickRegion(now, own?.kind === 'aws' ? own.region : undefined);
      }
      case 'endpoint': {
        const own = now.kind === 'aws' ? await connections.describe(withoutEndpoint(now)) : undefined;
        const endpoints = store.recent().map((recent) => (recent.kind === 'aws' ? recent.endpoint : undefined));
        return pickEndpoint(now, {
          ofProfile: own?.kind === 'aws' ? own.endpoint : undefined,
          recent: endpoints.filter((endpoint) => endpoint !== undefined),
        });
      }
      case 'profile':
        return askProfile(now);
    }
  }

  async function askProfile(now: Connection): Promise<Connection | undefined> {
    const [{ profiles, problems }, view] = await Promise.all([(await aws()).listProfiles(), connections.describe(now)]);
    const picked = await pickConnection({ now, view, recent: store.recent(now), profiles, problems });
    if (picked?.problem !== undefined) warnBrokenProfile(picked.profile, picked.problem);
    else if (picked?.action === 'identity') await showIdentity(now);
    else if (picked?.action === 'logIn') await logIn(now);
    else if (picked?.action !== undefined) return ask(picked.action, now);
    else return picked?.connection;
    return undefined;
  }

  /** Prompts for the connection of the window. */
  async function select(part: ConnectionPart): Promise<void> {
    const picked = await ask(part, store.get());
    if (picked !== undefined) await connections.set(picked);
  }

  async function beginSignIn(profile: string | undefined): Promise<void> {
    await signIn.begin(profile).catch((error: unknown) => {
      if (!isInvokeError(error) || error.reason.code !== 'ssoCancelled') throw error; // canceled on purpose
    });
  }

  /** Signs in to a connection; if it doesn't use SSO, to a profile that the person selects. */
  async function logIn(now: Connection): Promise<void> {
    const { profiles } = await (await aws()).listProfiles();
    const able = profiles.filter((profile) => profile.signIn === 'sso' && profile.problem === undefined);
    const name = now.kind === 'aws' ? profileNameOf(now) : undefined;
    const isAble = able.some((profile) => profile.name === name);
    if (isAble && now.kind === 'aws') await beginSignIn(now.profile);
    else {
      if (able.length === 0) throw new InvokeError(message('ssoNone', name ?? 'Local'));
      const title = vscode.l10n.t('Sign In with SSO');
      const items = able.map((profile) => ({ ...profileItem(profile), profile: profile.name }));
      const picked = await askChoice(items, { title, placeHolder: vscode.l10n.t('Select a profile') });
      if (picked !== undefined) await beginSignIn(picked.profile);
    }
    connections.sourcesChanged();
  }

  async function showIdentity(now: Connection, signal?: AbortSignal): Promise<void> {
    if (now.kind === 'local') {
      notify('information', vscode.l10n.t("Local functions don't use an AWS account."));
      return;
    }
    const title = vscode.l10n.t('Looking up account and role');
    const identity = await readCancellably(title, signal, (stopped) =>
      signIn.with(() => connections.identify(now, stopped), stopped),
    );
    if (identity === undefined) return;
    const { accountId, arn } = identity;
    notify('information', vscode.l10n.t('Account {0}, {1}', accountId, arn), {
      label: vscode.l10n.t('Copy ARN'),
      run: () => vscode.env.clipboard.writeText(arn),
    });
  }

  return {
    ask,
    showIdentity,
    handlers: {
      selectProfile: () => select('profile'),
      selectRegion: () => select('region'),
      selectEndpoint: () => select('endpoint'),
      logIn: () => logIn(store.get()),
      showIdentity: () => showIdentity(store.get()),
    },
  };
}
