import * as vscode from 'vscode';
import type { ProfileView } from '../../core/connection/profile.ts';
import {
  describeConnection,
  isRegion,
  type Connection,
  type ConnectionView,
} from '../../core/connection/connection.ts';
import { endpointProblem } from '../../core/connection/endpointAddress.ts';
import { message, type Message } from '../../core/messages/messages.ts';
import { REGIONS } from '../../core/connection/regions.ts';
import { askOther } from '../ui/ask.ts';
import { askChoiceOrText } from '../ui/askChoiceOrText.ts';
import type { Choice } from '../ui/choice.ts';
import { sentence } from '../ui/localize.ts';
import { notify } from '../notify.ts';
import { profileNameOf } from './confirmPatterns.ts';
import { profileItem } from './profileItems.ts';

type AwsConnection = Extract<Connection, { kind: 'aws' }>;

/** The part of a connection that is selected. */
export type ConnectionPart = 'profile' | 'region' | 'endpoint';

/** The actions below the connections. */
type ConnectionAction = 'region' | 'endpoint' | 'identity' | 'logIn';

interface ConnectionItem extends Choice {
  readonly connection?: Connection;
  readonly profile?: string;
  /** Why the profile can't be selected. */
  readonly problem?: Message;
  readonly action?: ConnectionAction;
}

interface PickOptions {
  readonly now: Connection;
  /** Its description. */
  readonly view: ConnectionView;
  readonly recent: readonly Connection[];
  readonly profiles: readonly ProfileView[];
  /** A problem of an entire config file. */
  readonly problems: readonly Message[];
}

function separator(label: string): ConnectionItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function actionItems(now: AwsConnection, view: ConnectionView, isSso: boolean): ConnectionItem[] {
  const shown: Extract<ConnectionView, { kind: 'aws' }> = view.kind === 'aws' ? view : now;
  const account = [shown.accountId, shown.role].filter((part) => part !== undefined);
  return [
    separator(vscode.l10n.t('Current connection')),
    { icon: 'globe', label: vscode.l10n.t('Region…'), description: shown.region ?? '', action: 'region' },
    {
      icon: 'plug',
      label: vscode.l10n.t('Endpoint…'),
      description: shown.endpoint ?? vscode.l10n.t('AWS default'),
      action: 'endpoint',
    },
    {
      icon: 'account',
      label: vscode.l10n.t('Show AWS Identity'),
      description: account.join(' · '),
      action: 'identity',
    },
    ...(isSso
      ? [{ icon: 'sign-in' as const, label: vscode.l10n.t('Sign In with SSO…'), action: 'logIn' as const }]
      : []),
  ];
}

/** Prompts for a connection: Local, the default chain, a profile, or a recent one. Keeps a selected region. */
export async function pickConnection({
  now,
  view,
  recent,
  profiles,
  problems,
}: PickOptions): Promise<ConnectionItem | undefined> {
  const region = now.kind === 'aws' && now.region !== undefined ? { region: now.region } : {};
  const profileName = now.kind === 'aws' ? now.profile : undefined;
  const isSso = profiles.some(({ name, signIn }) => name === profileNameOf(now) && signIn === 'sso');
  const isNow = (connection: Connection) =>
    connection.kind === now.kind && (connection.kind === 'local' || connection.profile === profileName);
  const marked = (item: ConnectionItem): ConnectionItem =>
    item.connection !== undefined && isNow(item.connection) ? { ...item, isCurrent: true } : item;
  const items: ConnectionItem[] = [
    marked({
      label: 'Local',
      description: vscode.l10n.t('Functions in this workspace, no AWS account needed'),
      connection: { kind: 'local' },
    }),
    marked({
      label: vscode.l10n.t('Default chain'),
      description: vscode.l10n.t('Environment variables, default profile, or instance role'),
      connection: { kind: 'aws', ...region },
    }),
    ...(recent.length === 0 ? [] : [separator(vscode.l10n.t('Recently used'))]),
    ...recent.map((connection) => ({
      icon: 'history' as const,
      label: describeConnection(connection),
      connection,
    })),
    separator(vscode.l10n.t('Profiles')),
    ...problems.map((problem) => ({ icon: 'warning' as const, label: sentence(problem), problem })),
    ...profiles.map((profile) =>
      marked({
        ...profileItem(profile),
        profile: profile.name,
        ...(profile.problem !== undefined && { problem: profile.problem }),
        connection: { kind: 'aws' as const, profile: profile.name, ...region },
      }),
    ),
    ...(now.kind === 'aws' ? actionItems(now, view, isSso) : []),
  ];
  const placeHolder = vscode.l10n.t('Select a profile');
  const title = vscode.l10n.t('Select Profile');
  return askOther(items, { title, placeHolder, matchOnDescription: true });
}

/** Prompts for a region: one that the SDK knows, the profile's first, or any other. */
export async function pickRegion(now: Connection, ofProfile: string | undefined): Promise<Connection | undefined> {
  if (now.kind === 'local') {
    notify('information', vscode.l10n.t("Local functions don't have a region. Select a profile first."));
    return undefined;
  }
  const { region: chosen, ...withoutRegion } = now;
  const fromProfile = {
    label: vscode.l10n.t('Profile default'),
    ...(ofProfile !== undefined && { description: ofProfile }),
    isCurrent: chosen === undefined,
  };
  const known = Object.entries(REGIONS).map(([label, description]) => ({
    label,
    description,
    isCurrent: label === chosen,
  }));
  const isUnlisted = chosen !== undefined && known.every(({ label }) => label !== chosen);
  const picked = await askChoiceOrText<Choice>({
    title: vscode.l10n.t('Select Region'),
    placeholder: vscode.l10n.t('Select or enter a region'),
    items: [fromProfile, ...(isUnlisted ? [{ label: chosen, isCurrent: true }] : []), ...known],
    useText: vscode.l10n.t('Use entered region'),
    problem: (text) => (isRegion(text) ? undefined : sentence(message('regionPattern', text))),
  });
  if (picked === undefined) return undefined;
  if (picked === fromProfile) return withoutRegion;
  return { ...withoutRegion, region: typeof picked === 'string' ? picked : picked.label };
}

const LOCAL_STACK = 'http://localhost:4566';

interface Endpoints {
  /** The endpoint of the settings, the environment or the profile, which is used without a selected one. */
  readonly ofProfile: string | undefined;
  readonly recent: readonly string[];
}

/** Prompts for an endpoint: the one of settings, environment or profile, a recent one, or any other. */
export async function pickEndpoint(now: Connection, { ofProfile, recent }: Endpoints): Promise<Connection | undefined> {
  if (now.kind === 'local') {
    const text = vscode.l10n.t('Local functions always use the local endpoint. Select a profile first.');
    notify('information', text);
    return undefined;
  }
  const { endpoint, ...withoutEndpoint } = now;
  const fromProfile = {
    label: vscode.l10n.t('From settings, environment, or profile'),
    description: ofProfile ?? vscode.l10n.t('AWS default'),
    isCurrent: endpoint === undefined,
  };
  const known = [...new Set([...(endpoint === undefined ? [] : [endpoint]), ...recent, LOCAL_STACK])];
  const picked = await askChoiceOrText<Choice>({
    title: vscode.l10n.t('Select Endpoint'),
    placeholder: vscode.l10n.t('Select or enter an endpoint URL'),
    items: [
      fromProfile,
      ...known.map((label) => ({
        label,
        ...(label === LOCAL_STACK && { description: 'LocalStack' }),
        isCurrent: label === endpoint,
      })),
    ],
    useText: vscode.l10n.t('Use entered URL'),
    problem(text) {
      const problem = endpointProblem(text, vscode.l10n.t('entered manually'));
      return problem && sentence(problem);
    },
  });
  if (picked === undefined) return undefined;
  if (picked === fromProfile) return withoutEndpoint;
  return { ...withoutEndpoint, endpoint: typeof picked === 'string' ? picked : picked.label };
}
