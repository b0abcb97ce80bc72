import * as vscode from 'vscode';
import type { Connection } from '../../core/connection/connection.ts';
import type { Invocation } from '../../core/invocation/invocation.ts';
import type { Compare } from '../compare/commands.ts';
import type { CompareSettings } from '../compare/compareSettings.ts';
import { askStore } from './askPreset.ts';
import { notify } from '../notify.ts';
import type { OutcomeSnapshot } from '../invoking/outcomeSnapshot.ts';
import { createButtonClicks } from '../ui/buttonClicks.ts';
import { createHeldKeys } from '../ui/heldKeys.ts';
import { createRowClicks } from '../ui/rowClicks.ts';
import type { PresetActions } from './presetActions.ts';
import type { PresetFiles } from './presetFiles.ts';
import type { PresetRunner } from './presetRunner.ts';
import type { StoredPreset } from './presetStores.ts';
import type { PresetTree } from './presetTree.ts';

interface PresetHandlerDependencies {
  readonly tree: Pick<PresetTree, 'presets'>;
  readonly actions: PresetActions;
  readonly runner: Pick<PresetRunner, 'run' | 'debug' | 'openInForm' | 'order'>;
  readonly files: Pick<PresetFiles, 'stores' | 'userStore' | 'current'>;
  readonly copyAs: (invocation: Invocation, connection: Connection) => Promise<void>;
  readonly invokeOnTwoTargets: Compare['invokeOnTwoTargets'];
  readonly compareSettings: Pick<CompareSettings, 'copyForRenamed'>;
}

const idOf = ({ store, preset }: StoredPreset) => `${store.uri.toString()}#${preset.name}`;

/** The commands of the presets view, which apply to their rows, or else to the selected rows. */
export function createPresetHandlers(dependencies: PresetHandlerDependencies) {
  const { tree, actions, runner, files, copyAs, invokeOnTwoTargets, compareSettings } = dependencies;
  const isHeldKey = createHeldKeys();
  const isDoubleClick = createRowClicks();
  const isFollowingClick = createButtonClicks();
  const selectedRows = () => tree.presets().map(idOf);

  /** The current versions of presets, because rows can be outdated. Rejects with InvokeError for a deleted preset. */
  const presetsFor = (node: unknown, selected: unknown) =>
    Promise.all(tree.presets(node, selected).map((stored) => files.current(stored)));
  const each =
    (act: (presets: readonly StoredPreset[]) => Promise<void>) => async (node?: unknown, selected?: unknown) => {
      const presets = await presetsFor(node, selected);
      if (presets.length > 0) await act(presets);
    };
  /** Applies to the row that was clicked, also if others are selected, or else to the selected row. */
  const single =
    <Result>(act: (stored: StoredPreset) => Promise<Result>) =>
    async (node?: unknown): Promise<Result | undefined> => {
      const [stored, ...others] = await presetsFor(node, undefined);
      if (stored !== undefined && others.length === 0) return act(stored);
      if (others.length > 0) notify('information', vscode.l10n.t('Several presets are selected. Select only one.'));
      return undefined;
    };

  const openInForm = (stored: StoredPreset) => runner.openInForm(stored);

  return {
    runPreset: async (node?: unknown): Promise<OutcomeSnapshot | undefined> => {
      const isSamePress = node === undefined ? isHeldKey : isFollowingClick;
      if (isSamePress(tree.presets(node).map(idOf).join('\n'))) return undefined;
      return single((stored) => runner.run(stored))(node);
    },
    debugPreset: single((stored) => runner.debug(stored)),
    openPresetInForm: single(openInForm),
    clickPreset: async () => {
      const rows = selectedRows();
      if (rows.length === 1 && isDoubleClick(rows.join())) await single(openInForm)();
    },
    openPresetInFile: single((stored) => actions.openInFile(stored)),
    copyPresetAs: single(async (stored) => {
      const order = await runner.order(stored);
      if (order !== undefined) await copyAs(order.invocation, order.connection);
    }),
    invokePresetOnTwoTargets: single(async (stored) => {
      const order = await runner.order(stored);
      if (order === undefined) return undefined;
      const { shown: _, ...sent } = order;
      return invokeOnTwoTargets(sent);
    }),
    renamePreset: single(async (stored) => {
      const name = await actions.rename(stored);
      const { store, preset } = stored;
      if (name !== undefined) {
        await compareSettings.copyForRenamed({ store: store.uri.toString(), name: preset.name }, name);
      }
    }),
    duplicatePreset: single((stored) => actions.duplicate(stored)),
    deletePreset: each((presets) => actions.remove(presets)),
    movePresetToStore: each((presets) => actions.moveToStore(presets)),
    setPresetGroup: each((presets) => actions.setGroup(presets)),
    movePresetUp: each((presets) => actions.step(presets, -1)),
    movePresetDown: each((presets) => actions.step(presets, 1)),
    openUserPresets: () => actions.openStore(files.userStore),
    openWorkspacePresets: async () => {
      const stores = files.stores().filter(({ folder }) => folder !== undefined);
      const store = await askStore(stores, vscode.l10n.t('Open Workspace Presets'));
      if (store !== undefined) return actions.openStore(store);
      if (stores.length === 0)
        notify('information', vscode.l10n.t('No folder is open. Use Open Personal Presets instead.'));
    },
  };
}
