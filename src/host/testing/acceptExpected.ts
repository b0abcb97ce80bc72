import * as vscode from 'vscode';
import type { EndedInvocation } from '../../app/invocations.ts';
import { writeSnapshot } from '../../app/testing/snapshots.ts';
import type { Expectation } from '../../core/testing/expectation.ts';
import { filesOf } from '../files/folderFiles.ts';
import { notify } from '../notify.ts';
import type { PresetFiles } from '../presets/presetFiles.ts';
import { placeNow } from '../presets/presetStores.ts';
import { withSnapshotKey } from '../../core/testing/snapshotKey.ts';
import type { StoredTest } from './testNodes.ts';

export interface Accepted {
  readonly stored: StoredTest;
  readonly ended: EndedInvocation;
  readonly expectation: Expectation;
}

/** Opens a file of the preset's folder. */
async function openFile({ stored }: Accepted, path: string): Promise<void> {
  const folder = stored.store.folder ?? vscode.workspace.workspaceFolders?.[0];
  if (folder !== undefined) await vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, path));
}

async function write(accepted: Accepted): Promise<void> {
  const { stored, ended, expectation } = accepted;
  const path = await writeSnapshot(ended.result, expectation, filesOf(stored.store));
  notify('information', vscode.l10n.t('Saved the response as {0}.', path), {
    label: vscode.l10n.t('Open Snapshot'),
    run: () => openFile(accepted, path),
  });
}

/**
 * Writes the response as the snapshot of the preset. Offers to add a snapshot to a preset without one. Rejects with
 * InvokeError.
 */
export async function acceptExpected(accepted: Accepted, files: Pick<PresetFiles, 'edit'>): Promise<void> {
  const { stored, expectation } = accepted;
  if (expectation.snapshot !== undefined) return write(accepted);
  const text = vscode.l10n.t('The preset "{0}" has no snapshot.', stored.preset.name);
  notify('information', text, {
    label: vscode.l10n.t('Add Snapshot'),
    async run() {
      let snapshot = '';
      await files.edit(stored.store, (before) => {
        const edited = withSnapshotKey(before, placeNow(before, stored), stored.preset);
        ({ snapshot } = edited);
        return edited.text;
      });
      await write({ ...accepted, expectation: { ...expectation, snapshot } });
    },
  });
}
