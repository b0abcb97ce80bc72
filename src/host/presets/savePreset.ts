import * as vscode from 'vscode';
import type { Message } from '../../core/messages/messages.ts';
import { message } from '../../core/messages/messages.ts';
import { InvokeError, isInvokeError } from '../../core/outcome/invokeError.ts';
import { presetDraft, updatedPreset } from '../../core/presets/formPreset.ts';
import type { OpenedPreset } from '../../core/presets/preset.ts';
import { presetSource, replacePreset, replacePresetSource } from '../../core/presets/presetsEdit.ts';
import type { SaveTarget } from '../../protocol/toHost.ts';
import { payloadUri } from '../files/payloadPaths.ts';
import { notify, notifyError } from '../notify.ts';
import { sentence } from '../ui/localize.ts';
import { showLine } from './presetProblems.ts';
import { problemLine } from './presetProblems.ts';
import type { PresetFiles } from './presetFiles.ts';
import { openedEntry, placeNow, type PresetStore } from './presetStores.ts';
import { formPath, nowOpened, type FormToSave, type SavedPreset } from './savedPreset.ts';
import { saveAsPreset } from './savePresetFlow.ts';

/** Saves a form. Calls back with the draft of the preset after saving it, and after undoing that. */
export type SavePreset = (form: FormToSave, target: SaveTarget, onSaved: (saved: SavedPreset) => void) => Promise<void>;

interface Update {
  readonly saved: SavedPreset;
  readonly undo: () => Promise<SavedPreset>;
}

/** Writes the form to the preset that it came from. Rejects with InvokeError, without changing the file. */
async function update(files: PresetFiles, form: FormToSave, opened: OpenedPreset, store: PresetStore): Promise<Update> {
  let before = '';
  let after = '';
  let former = opened.raw;
  let source = '';
  let saved = opened.raw;
  let index = opened.index;
  await files.edit(
    store,
    (text) => {
      const entry = openedEntry(text, { preset: opened.raw, store, index: opened.index });
      ({ preset: former, index } = entry);
      before = text;
      source = presetSource(text, index);
      saved = updatedPreset(former, { ...form, toPath: formPath(store, opened) }, opened);
      after = replacePreset(text, index, saved);
      return after;
    },
    { inEditor: true },
  );
  const now = nowOpened(saved, form, { store, index });
  const undo = async (): Promise<SavedPreset> => {
    const restore = (text: string) =>
      text === after ? before : replacePresetSource(text, placeNow(text, { preset: saved, store, index }), source);
    await files.edit(store, restore, { inEditor: true });
    const restored = { ...opened, raw: former, index };
    return { draft: presetDraft(restored, (path) => payloadUri(store, path)), opened: restored };
  };
  return { saved: { draft: form.draft, opened: now }, undo };
}

function whyNotSaved({ reason }: InvokeError): Message {
  return reason.code === 'presetGone' ? { ...reason, code: 'presetGoneSaveAs' } : reason;
}

/** Save: writes to the preset of the form without questions, or offers Save As… if that isn't possible. */
export function createSavePreset(files: PresetFiles, onDone: () => void): SavePreset {
  async function saveAs(form: FormToSave, onSaved: (saved: SavedPreset) => void): Promise<void> {
    const saved = await saveAsPreset(files, form);
    if (saved === undefined) return;
    onSaved(saved);
    onDone();
  }

  function offerUndo({ saved, undo }: Update, onSaved: (saved: SavedPreset) => void): void {
    notify('information', vscode.l10n.t('Saved preset "{0}".', saved.opened.raw.name), {
      label: vscode.l10n.t('Undo'),
      run: async () => onSaved(await undo()),
    });
  }

  return async (form, target, onSaved) => {
    const { opened } = form;
    if (target === 'new' || opened === undefined) return saveAs(form, onSaved);
    const store = files.storeOf(vscode.Uri.parse(opened.store));
    try {
      if (store === undefined) throw new InvokeError(message('presetGone', opened.raw.name, opened.store));
      const updated = await update(files, form, opened, store);
      onSaved(updated.saved);
      onDone();
      offerUndo(updated, onSaved);
    } catch (error) {
      if (!isInvokeError(error)) return notifyError(error);
      const { reason } = error;
      const openFile = {
        label: vscode.l10n.t('Open File'),
        run: () => store && showLine(store.uri, problemLine(reason)),
      };
      const isBroken = reason.code !== 'presetGone' && store !== undefined;
      notify(
        'error',
        sentence(whyNotSaved(error)),
        { label: vscode.l10n.t('Save As…'), run: () => saveAs(form, onSaved) },
        ...(isBroken ? [openFile] : []),
      );
    }
  };
}
