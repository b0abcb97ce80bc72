import * as vscode from 'vscode';
import { createChoice } from '../ui/ask.ts';
import type { Connection } from '../../core/connection/connection.ts';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import { message } from '../../core/messages/messages.ts';
import { reportErrors } from '../ui/reportErrors.ts';
import type { Choice } from '../ui/choice.ts';
import { notify } from '../notify.ts';
import type { OutcomeSnapshot } from '../invoking/outcomeSnapshot.ts';
import { storedPresets, type PresetFiles } from './presetFiles.ts';
import { reportProblems } from './presetProblems.ts';
import { describePreset } from './describePreset.ts';
import type { PresetRunner } from './presetRunner.ts';
import type { StoredPreset } from './presetStores.ts';
import type { RecentPresets } from './recentPresets.ts';

interface PresetItem extends Choice {
  readonly stored?: StoredPreset;
}

interface PresetCommandDependencies {
  readonly connection: () => Connection;
  readonly files: Pick<PresetFiles, 'read'>;
  readonly recents: Pick<RecentPresets, 'split'>;
  readonly runner: Pick<PresetRunner, 'run' | 'openInForm'>;
  readonly openInFile: (stored: StoredPreset) => Promise<void>;
  readonly openForm: () => void;
}

function noPresets(openForm: () => void): void {
  const text = vscode.l10n.t('No presets yet. Fill in the form and select Save.');
  notify('information', text, {
    label: vscode.l10n.t('Open Form'),
    run: openForm,
  });
}

/** The rows of presets: recent ones first, then by store. */
function presetItems(
  presets: readonly StoredPreset[],
  { recents, connection }: Pick<PresetCommandDependencies, 'recents' | 'connection'>,
): PresetItem[] {
  const edit = { iconPath: new vscode.ThemeIcon('edit'), tooltip: vscode.l10n.t('Open in Form') };
  const file = { iconPath: new vscode.ThemeIcon('go-to-file'), tooltip: vscode.l10n.t('Open in File') };
  const row = (stored: StoredPreset): PresetItem => ({
    label: stored.preset.name,
    description: describePreset(stored.preset, connection()),
    detail: [stored.preset.group, stored.preset.payloadFile].filter((part) => part !== undefined).join(' · '),
    buttons: [edit, file],
    stored,
  });
  const section = (label: string, some: readonly StoredPreset[]): PresetItem[] =>
    some.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...some.map(row)];
  const { recent, others } = recents.split(presets);
  const labels = [...new Set(others.map(({ store }) => store.label))];
  return [
    ...section(vscode.l10n.t('Recently run'), recent),
    ...labels.flatMap((label) =>
      section(
        label,
        others.filter(({ store }) => store.label === label),
      ),
    ),
  ];
}

/** Prompts for a preset. The buttons of a row open it instead. */
function pickPreset(items: readonly PresetItem[], open: (stored: StoredPreset, where: number) => void) {
  return new Promise<StoredPreset | undefined>((resolve) => {
    const picker = createChoice<PresetItem>(vscode.l10n.t('Invoke Preset'));
    picker.placeholder = vscode.l10n.t('Select a preset to invoke');
    picker.matchOnDescription = true;
    picker.matchOnDetail = true;
    picker.setRows(items);
    picker.onDidTriggerItemButton(({ item, button }) => {
      if (item.stored !== undefined) open(item.stored, item.buttons?.indexOf(button) ?? 0);
      picker.hide();
    });
    picker.onDidAccept((item) => {
      resolve(item?.stored);
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

/**
 * Invokes a preset by name (workspace presets override personal ones), or a selected one. Returns the outcome, or
 * undefined if nothing was run. Rejects for an unknown name.
 */
export function createPresetCommand(dependencies: PresetCommandDependencies) {
  const { files, runner, openInFile } = dependencies;
  return async (name?: unknown): Promise<OutcomeSnapshot | undefined> => {
    const all = await files.read();
    const presets = storedPresets(all);
    const isNamed = typeof name === 'string';
    const named = isNamed ? presets.find(({ preset }) => preset.name === name) : undefined;
    if (named === undefined) reportProblems(all);
    if (isNamed && named === undefined) {
      const names = presets.map(({ preset }) => preset.name).join(', ') || vscode.l10n.t('none');
      throw new InvokeError(message('presetUnknown', name, names));
    }
    const isEmpty = presets.length === 0 && all.every(({ file }) => file.problems.length === 0);
    if (isEmpty) noPresets(dependencies.openForm);
    if (presets.length === 0) return undefined;
    const stored =
      named ??
      (await pickPreset(presetItems(presets, dependencies), (picked, where) =>
        reportErrors(where === 0 ? runner.openInForm(picked) : openInFile(picked)),
      ));
    return stored && runner.run(stored);
  };
}
