import * as l10n from '@vscode/l10n';
import { byId, setLine, setTitle } from '../dom.ts';
import { SAVE_KEY } from '../invokeKey.ts';

/** Shows the preset that the form came from, with a dot if the form differs from it, and what Save does. */
export function showPreset(preset: string | undefined, isEdited: boolean): void {
  const save = byId('save-preset');
  const name = byId('preset-name');
  setLine(save, preset === undefined ? l10n.t('Save…') : l10n.t('Save'));
  const title = preset === undefined ? l10n.t('Save as Preset') : l10n.t('Save to Preset "{0}"', preset);
  setTitle(save, `${title} (${SAVE_KEY})`);
  name.hidden = preset === undefined;
  if (preset === undefined) return;
  setLine(name, isEdited ? l10n.t('Preset: {0} •', preset) : l10n.t('Preset: {0}', preset));
  setTitle(name, isEdited ? l10n.t('{0} (unsaved changes)', preset) : preset);
}
