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
import { askChoice, askText, createChoice } from '../ui/ask.ts';
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
  return askChoice(items, { title, placeHolder, matchOnDescription: true });
}

/** Prompts for a region: one that the SDK knows, the profile's first, or any other. */
export async function pickRegion(now: Connection, ofProfile: string | undefined): Promise<Connection | undefined> {
  if (now.kind === 'local') {
    notify('information', vscode.l10n.t("Local functions don't have a region. Select a profile first."));
    return undefined;
  }
  const fromProfile = vscode.l10n.t('Profile default');
  const { region: chosen, ...withoutRegion } = now;
  const picked = await new Promise<string | undefined>((resolve) => {
    const picker = createChoice<Choice>(vscode.l10n.t('Select Region'));
    picker.matchOnDescription = true;
    picker.placeholder = vscode.l10n.t('Select or enter a region');
    const known = [
      { label: fromProfile, ...(ofProfile !== undefined && { description: ofProfile }) },
      ...Object.entries(REGIONS).map(([label, description]) => ({ label, description })),
    ];
    const asTyped: Choice = { icon: 'edit', label: vscode.l10n.t('Use entered region'), alwaysShow: true };
    const active = known.find(({ label }) => label === chosen);
    picker.setRows([...known, asTyped], active && (() => [active]));
    picker.onDidAccept((item = asTyped) => {
      const region = item === asTyped ? picker.value.trim() : item.label;
      if (region === '') return; // nothing was entered
      resolve(region);
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
  if (picked === undefined) return undefined;
  if (picked === fromProfile) return withoutRegion;
  if (isRegion(picked)) return { ...withoutRegion, region: picked };
  notify('error', message('regionPattern', picked));
  return undefined;
}

/** Prompts for an endpoint. Empty means the one of settings, environment or profile. */
export async function pickEndpoint(now: Connection): Promise<Connection | undefined> {
  if (now.kind === 'local') {
    const text = vscode.l10n.t('Local functions always use the local endpoint. Select a profile first.');
    notify('information', text);
    return undefined;
  }
  const { endpoint, ...withoutEndpoint } = now;
  const typed = await askText({
    title: vscode.l10n.t('Select Endpoint'),
    prompt: vscode.l10n.t(
      'Enter an endpoint URL such as http://localhost:4566. Leave empty to use the settings, environment, or profile.',
    ),
    value: endpoint ?? '',
    validateInput: (value) => {
      const text = value.trim();
      const problem = text === '' ? undefined : endpointProblem(text, vscode.l10n.t('entered manually'));
      return problem && sentence(problem);
    },
  });
  if (typed === undefined) return undefined;
  return typed.trim() === '' ? withoutEndpoint : { ...withoutEndpoint, endpoint: typed.trim() };
}
