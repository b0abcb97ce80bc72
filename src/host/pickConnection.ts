import * as vscode from 'vscode';
import { askChoice, createChoice } from './ask.ts';
import type { Connection } from '../core/connection.ts';
import { isRegion } from '../core/connection.ts';
import { message } from '../core/messages.ts';
import { REGIONS } from '../core/regions.ts';
import { sentence } from './localize.ts';

interface ConnectionItem extends vscode.QuickPickItem {
  readonly connection?: Connection;
}

/** Asks for a profile: Local, the default chain, or one of the AWS config files. A chosen region stays. */
export async function pickProfile(
  now: Connection,
  listProfiles: () => Promise<string[]>,
): Promise<Connection | undefined> {
  const region = now.kind === 'aws' && now.region !== undefined ? { region: now.region } : {};
  const items = async (): Promise<ConnectionItem[]> => [
    {
      label: 'Local',
      description: vscode.l10n.t('functions of this workspace, no AWS account'),
      connection: { kind: 'local' },
    },
    {
      label: vscode.l10n.t('Default chain'),
      description: vscode.l10n.t('environment, default profile, container or instance role'),
      connection: { kind: 'aws', ...region },
    },
    { label: vscode.l10n.t('Profiles'), kind: vscode.QuickPickItemKind.Separator },
    ...(await listProfiles()).map((profile) => ({
      label: profile,
      connection: { kind: 'aws' as const, profile, ...region },
    })),
  ];
  const placeHolder = vscode.l10n.t('Invoke with which profile?');
  return (await askChoice(items(), { title: vscode.l10n.t('Select Profile'), placeHolder }))?.connection;
}

/** Asks for a region: one of the known ones, any other typed, or the profile's own. */
export async function pickRegion(now: Connection): Promise<Connection | undefined> {
  if (now.kind === 'local') {
    void vscode.window.showInformationMessage(vscode.l10n.t('Local functions have no region. Choose a profile first.'));
    return undefined;
  }
  const fromProfile = vscode.l10n.t('The profile’s own region');
  const { region: _, ...withoutRegion } = now;
  const picked = await new Promise<string | undefined>((resolve) => {
    const picker = createChoice(vscode.l10n.t('Select Region'));
    picker.matchOnDescription = true;
    picker.placeholder = vscode.l10n.t('Choose or type a region');
    const known = [
      { label: fromProfile },
      ...Object.entries(REGIONS).map(([label, description]) => ({ label, description })),
    ];
    picker.items = known;
    picker.onDidChangeValue((value) => {
      const isNew = isRegion(value) && !(value in REGIONS);
      picker.items = isNew ? [{ label: value, description: vscode.l10n.t('as typed') }, ...known] : known;
    });
    picker.onDidAccept(() => {
      resolve(picker.selectedItems[0]?.label ?? picker.value.trim());
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
  if (picked === undefined || picked === '') return undefined;
  if (picked === fromProfile) return withoutRegion;
  if (isRegion(picked)) return { ...withoutRegion, region: picked };
  void vscode.window.showErrorMessage(sentence(message('regionPattern', picked)));
  return undefined;
}
