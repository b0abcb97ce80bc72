import * as vscode from 'vscode';
import { formPreset, hasVerbatimVariables } from '../../core/presets/formPreset.ts';
import { presetNames, withPreset } from '../../core/presets/presetsEdit.ts';
import { toInvocation } from '../../core/invocation/draft.ts';
import { notify } from '../notify.ts';
import { askSavedSettings, askPresetName, askStore, askVariables } from './askPreset.ts';
import { showLine } from './presetProblems.ts';
import type { PresetFiles } from './presetFiles.ts';
import { formPath, openedAfterSave, type FormToSave, type SavedPreset } from './savedPreset.ts';

/** The draft with its `${…}` as variables, if the user chooses that. Returns undefined if canceled. */
async function withVariables({ draft }: FormToSave): Promise<FormToSave['draft'] | undefined> {
  if (!hasVerbatimVariables(draft)) return draft;
  const areVariables = await askVariables();
  return areVariables === undefined ? undefined : { ...draft, hasVariables: areVariables };
}

/**
 * Save As…: prompts for store, name and parts of the connection. Returns undefined if canceled. Rejects with
 * InvokeError.
 */
export async function saveAsPreset(files: PresetFiles, form: FormToSave): Promise<SavedPreset | undefined> {
  const { connection, opened } = form;
  const store = await askStore(files.stores(), vscode.l10n.t('Save as Preset'));
  if (store === undefined) return undefined;
  const text = await files.text(store);
  const names = new Set(text === undefined ? [] : presetNames(text));
  const suggested = opened !== undefined && names.has(opened.raw.name) ? opened.raw.name : undefined;
  const invocation = toInvocation(form.draft);
  const name = await askPresetName({ title: vscode.l10n.t('Save as Preset'), names, suggested, invocation });
  if (name === undefined) return undefined;
  const savedParts = await askSavedSettings(connection, store, opened?.raw);
  if (savedParts === undefined) return undefined;
  const draft = await withVariables(form);
  if (draft === undefined) return undefined;
  const preset = formPreset(
    name,
    { draft, connection, toPath: formPath(store, opened) },
    { savedParts, ...(opened !== undefined && { opened }) },
  );
  let index = 0;
  await files.edit(store, (before) => {
    const after = withPreset(before, preset);
    index = presetNames(after).indexOf(name);
    return after;
  });
  notify('information', vscode.l10n.t('Saved preset "{0}".', name), {
    label: vscode.l10n.t('Open File'),
    run: () => showLine(store.uri, 0),
  });
  return { draft, opened: openedAfterSave(preset, form, { store, index }) };
}
