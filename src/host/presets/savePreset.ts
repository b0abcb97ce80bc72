import * as vscode from 'vscode';
import { message, type Message } from '../../core/messages/messages.ts';
import { InvokeError, isInvokeError } from '../../core/outcome/invokeError.ts';
import type { SaveTarget } from '../../protocol/toHost.ts';
import { notify, notifyError } from '../notify.ts';
import { sentence } from '../ui/localize.ts';
import { problemLine, showLine } from './presetProblems.ts';
import type { PresetFiles } from './presetFiles.ts';
import type { FormToSave, SavedPreset } from './savedPreset.ts';
import { saveAsPreset } from './savePresetFlow.ts';
import { updateStored, type Update } from './updateStored.ts';

/** Saves a form. Calls back with the draft of the preset after saving it, and after undoing that. */
export type SavePreset = (form: FormToSave, target: SaveTarget, onSaved: (saved: SavedPreset) => void) => Promise<void>;

function notSavedMessage({ reason }: InvokeError): Message {
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
      const updated = await updateStored(files, { form, opened, store });
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
        'warning',
        sentence(notSavedMessage(error)),
        { label: vscode.l10n.t('Save As…'), run: () => saveAs(form, onSaved) },
        ...(isBroken ? [openFile] : []),
      );
    }
  };
}
