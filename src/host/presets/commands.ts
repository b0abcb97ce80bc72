import * as vscode from 'vscode';
import type { OpenedPreset } from '../../core/presets/preset.ts';
import { presetEnvironment } from '../../core/presets/presetEnvironment.ts';
import { parsePresetsFile } from '../../core/presets/presetsFile.ts';
import type { PresetOrigin } from '../../core/presets/presetOrigin.ts';
import type { TestFiles } from '../../app/testing/testFiles.ts';
import { withSnapshotKey } from '../../core/testing/snapshotKey.ts';
import { filesOf } from '../files/folderFiles.ts';
import type { Handlers } from '../wiring/feature.ts';
import type { Services } from '../wiring/services.ts';
import { markStepDone } from '../ui/markStepDone.ts';
import { reportErrors } from '../ui/reportErrors.ts';
import { CompareSettings } from '../compare/compareSettings.ts';
import { PresetActions } from './presetActions.ts';
import { createPresetCommand } from './presetCommand.ts';
import { PresetDiagnostics } from './presetDiagnostics.ts';
import { handleDrag, handleDrop } from './presetDrag.ts';
import { PresetFiles } from './presetFiles.ts';
import { createPresetHandlers } from './presetHandlers.ts';
import { presetLenses } from './presetLenses.ts';
import { PresetMover } from './presetMover.ts';
import { PresetRunner } from './presetRunner.ts';
import { placeNow, type PresetStore, type StoredPreset } from './presetStores.ts';
import type { PresetsViewSource } from './presetsView.ts';
import { PresetTree } from './presetTree.ts';
import { RecentPresets } from './recentPresets.ts';
import { createSavePreset, type SavePreset } from './savePreset.ts';

type PresetHandlers = ReturnType<typeof createPresetHandlers>;

export interface Presets extends PresetsViewSource, vscode.Disposable {
  readonly files: PresetFiles;
  readonly runner: PresetRunner;
  readonly handlers: Pick<Handlers, 'invokePreset' | keyof PresetHandlers>;
  /** Adds a snapshot to `expect` of a preset. Returns its path. Rejects with InvokeError. */
  addSnapshot(stored: StoredPreset): Promise<string>;
  /** The files of a store's folder, by default of the current folder. Undefined if no folder is open. */
  readonly testFiles: (store: Pick<PresetStore, 'folder'>) => TestFiles | undefined;
  lenses(document: vscode.TextDocument): vscode.CodeLens[];
  fixes(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[];
  readonly save: SavePreset;
  /** The preset that a form showed before a reload. Undefined if it no longer exists. */
  find(origin: PresetOrigin): Promise<OpenedPreset | undefined>;
}

/** All features of presets. Loaded with their first use. */
export function createPresetCommands({
  compare,
  connections,
  context,
  forms,
  functions,
  importExport,
  run,
  views,
}: Pick<
  Services,
  'compare' | 'connections' | 'context' | 'forms' | 'functions' | 'importExport' | 'run' | 'views'
>): Presets {
  const { view, refresh } = views.presets;
  const connection = () => connections.store.get();
  const files = new PresetFiles(context);
  const recents = new RecentPresets(context.workspaceState);
  const runner = new PresetRunner({
    connection,
    run,
    debug: async (...order) => (await functions()).debug(...order),
    recents,
    openDraft: forms.openDraft,
    storeOf: (uri) => files.storeOf(uri),
  });
  const tree = new PresetTree({ files, connection, selection: () => view.selection });
  const mover = new PresetMover(files);
  const actions = new PresetActions(files, mover, async ({ uri }, name) => {
    const row = await tree.find(uri.toString(), name);
    refresh();
    if (row !== undefined && view.visible) await view.reveal(row, { select: true, focus: true });
  });

  async function redraw(): Promise<void> {
    if (await tree.reload()) refresh();
  }
  const diagnostics = new PresetDiagnostics(files);
  const owned = vscode.Disposable.from(
    files,
    diagnostics,
    files.onDidChange(() => reportErrors(redraw())),
    connections.store.onDidChange(() => reportErrors(redraw())),
    view.onDidChangeSelection(({ selection }) => tree.select(selection)),
  );

  return {
    files,
    runner,
    children: (node) => tree.children(node),
    handleDrag,
    handleDrop: (target, transfer) => handleDrop(target, transfer, mover),
    async addSnapshot(stored) {
      let path = '';
      await files.edit(stored.store, (before) => {
        const { text, snapshot } = withSnapshotKey(before, placeNow(before, stored), stored.preset);
        path = snapshot;
        return text;
      });
      return path;
    },
    testFiles: filesOf,
    lenses: (document) => presetLenses(document, files),
    fixes: (document, range) => diagnostics.fixes(document, range),
    save: createSavePreset(files, () => markStepDone('savedPreset')),
    async find({ name, store: uri }) {
      const store = files.storeOf(vscode.Uri.parse(uri));
      const text = store && (await files.text(store));
      if (store === undefined || text === undefined) return undefined;
      const entry = parsePresetsFile(text, store.fileLabel).entries.find(({ preset }) => preset.name === name);
      return entry && { raw: entry.preset, store: uri, index: entry.index, ...presetEnvironment(entry.preset) };
    },
    handlers: {
      ...createPresetHandlers({
        tree,
        actions,
        runner,
        files,
        compareSettings: new CompareSettings(context.workspaceState),
        invokeOnTwoTargets: async (order) => (await compare()).invokeOnTwoTargets(order),
        copyAs: async (invocation, used) => (await importExport()).copyAs(invocation, used),
      }),
      invokePreset: createPresetCommand({
        connection,
        files,
        recents,
        runner,
        openInFile: (stored) => actions.openInFile(stored),
        openForm: () => forms.openForm(),
      }),
    },
    dispose: () => owned.dispose(),
  };
}
