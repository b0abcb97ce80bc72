import * as vscode from 'vscode';
import { askChoice, askChoices, askText } from '../ui/ask.ts';
import type { Connection } from '../../core/connection/connection.ts';
import { describeFunction, type Invocation } from '../../core/invocation/invocation.ts';
import type { SavedParts, Preset } from '../../core/presets/preset.ts';
import type { PresetStore } from './presetStores.ts';

/** Prompts for the store of a preset, if there is more than one. */
export async function askStore(stores: readonly PresetStore[], title: string): Promise<PresetStore | undefined> {
  if (stores.length < 2) return stores[0];
  const items = stores.map((store) => ({
    label: store.label,
    description:
      store.folder === undefined
        ? vscode.l10n.t('Personal, all workspaces')
        : vscode.l10n.t('Shared with the team: {0}', store.fileLabel),
    iconPath: new vscode.ThemeIcon(store.folder === undefined ? 'account' : 'root-folder'),
    store,
  }));
  return (await askChoice(items, { title, placeHolder: vscode.l10n.t('Save preset to') }))?.store;
}

interface NameQuestion {
  readonly title: string;
  readonly names: ReadonlySet<string | undefined>;
  readonly suggested: string | undefined;
  readonly invocation: Invocation;
}

/** Prompts for the name of a preset. Warns if it replaces an existing preset. */
export async function askPresetName({
  title,
  names,
  suggested,
  invocation,
}: NameQuestion): Promise<string | undefined> {
  const name = await askText({
    title,
    prompt: vscode.l10n.t('Preset name'),
    value: suggested ?? describeFunction(invocation),
    validateInput: (value) => {
      if (value.trim() === '') return vscode.l10n.t('Enter a name.');
      if (!names.has(value.trim())) return undefined;
      const text = vscode.l10n.t('A preset with this name exists. Press Enter to replace it.');
      return { message: text, severity: vscode.InputBoxValidationSeverity.Warning };
    },
  });
  return name?.trim();
}

/** Prompts for a new, unique name of a preset. */
export async function askNewName(
  title: string,
  now: string,
  others: ReadonlySet<string | undefined>,
): Promise<string | undefined> {
  const name = await askText({
    title,
    prompt: vscode.l10n.t('Preset name'),
    value: now,
    validateInput: (value) => {
      if (value.trim() === '') return vscode.l10n.t('Enter a name.');
      return others.has(value.trim()) ? vscode.l10n.t('A preset with this name already exists.') : undefined;
    },
  });
  return name?.trim();
}

/**
 * Prompts for the parts of the AWS connection to save. Shared presets omit the profile by default, because profile
 * names differ between machines. Returns undefined if canceled.
 */
export async function askSavedSettings(
  connection: Connection,
  store: PresetStore,
  before: Preset | undefined,
): Promise<SavedParts | undefined> {
  const { profile, region, endpoint } = connection.kind === 'aws' ? connection : {};
  const isPlain = profile === undefined && region === undefined && endpoint === undefined;
  if (store.folder === undefined || isPlain) return { profile: true, region: true, endpoint: true };
  const items = [
    {
      part: 'profile' as const,
      label: vscode.l10n.t('Profile'),
      description: profile,
      picked: before?.profile !== undefined,
    },
    { part: 'region' as const, label: vscode.l10n.t('Region'), description: region, picked: true },
    { part: 'endpoint' as const, label: vscode.l10n.t('Endpoint'), description: endpoint, picked: true },
  ].flatMap(({ description, ...item }) => (description === undefined ? [] : [{ ...item, description }]));
  const picked = await askChoices(items, {
    title: vscode.l10n.t('Save as Preset'),
    placeHolder: vscode.l10n.t('Which connection settings should the preset save?'),
  });
  if (picked === undefined) return undefined;
  const parts = new Set(picked.map(({ part }) => part));
  return { profile: parts.has('profile'), region: parts.has('region'), endpoint: parts.has('endpoint') };
}

/** Asks whether `${…}` is a variable, which is the first choice, or text. Returns undefined if canceled. */
export async function askVariables(): Promise<boolean | undefined> {
  const asText = {
    label: vscode.l10n.t('Text'),
    description: vscode.l10n.t('Sent unchanged'),
    isMeant: false,
  };
  const asVariables = {
    label: vscode.l10n.t('Variable'),
    description: vscode.l10n.t('Replaced each time the preset runs'),
    isMeant: true,
  };
  const placeHolder = vscode.l10n.t('Treat ${…} as a variable or as text?');
  const title = vscode.l10n.t('Save as Preset');
  return (await askChoice([asVariables, asText], { title, placeHolder }))?.isMeant;
}
