import * as vscode from 'vscode';
import { describeConnection, type Connection } from '../../core/connection/connection.ts';
import { describeFunction } from '../../core/invocation/invocation.ts';
import { presetConnection, type Preset } from '../../core/presets/preset.ts';
import { groupPresets, type PresetGroup } from '../../core/presets/presetGroups.ts';
import type { PresetEntry } from '../../core/presets/presetsFile.ts';
import type { Message } from '../../core/messages/messages.ts';
import { ROW_COMMANDS } from '../contributions.ts';
import { createTreeItem } from '../ui/labels.ts';
import { sentence } from '../ui/localize.ts';
import type { StorePresets } from './presetFiles.ts';
import { problemLine } from './presetProblems.ts';
import { describePreset } from './describePreset.ts';
import type { PresetStore, StoredPreset } from './presetStores.ts';

/** A row of the presets view. */
export type PresetNode = StoreNode | GroupNode | PresetRow | ProblemNode;

interface Row {
  readonly item: vscode.TreeItem;
  readonly parent?: PresetNode;
}

export interface StoreNode extends Row {
  readonly kind: 'store';
  readonly presets: StorePresets;
  /** The row IDs of the presets by their index in the file. */
  readonly ids: ReadonlyMap<number, string>;
}

interface GroupNode extends Row {
  readonly kind: 'group';
  readonly store: PresetStore;
  readonly group: PresetGroup;
  readonly name: string;
  readonly parent: StoreNode;
}

export interface PresetRow extends Row {
  readonly kind: 'preset';
  readonly stored: StoredPreset;
  readonly parent: StoreNode | GroupNode;
}

interface ProblemNode extends Row {
  readonly kind: 'problem';
}

const { Expanded, None } = vscode.TreeItemCollapsibleState;

export function storeNode(presets: StorePresets): StoreNode {
  const { store, file } = presets;
  const path = store.uri.scheme === 'file' ? store.uri.fsPath : store.uri.toString();
  const isEmpty = file.entries.length === 0;
  const hasNothing = isEmpty && file.problems.length === 0;
  const item = createTreeItem({
    label: store.label,
    ...(isEmpty && { description: hasNothing ? vscode.l10n.t('(empty)') : '' }),
    tooltip: [path],
    state: hasNothing ? None : Expanded,
  });
  item.id = store.uri.toString();
  item.iconPath = new vscode.ThemeIcon(store.folder === undefined ? 'account' : 'root-folder');
  item.contextValue = 'store';
  if (isEmpty) item.id += '?empty'; // otherwise VS Code keeps a row collapsed that had no children
  return { kind: 'store', presets, ids: presetIds(presets), item };
}

function problemNode(parent: StoreNode, problem: Message, place: number): ProblemNode {
  const { uri } = parent.presets.store;
  const text = sentence(problem);
  const item = createTreeItem({ label: text, tooltip: [text], state: None });
  item.id = `${uri.toString()}!${place}`;
  item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  const position = new vscode.Position(problemLine(problem), 0);
  const options: vscode.TextDocumentShowOptions = { selection: new vscode.Range(position, position) };
  item.command = { command: 'vscode.open', title: vscode.l10n.t('Open File'), arguments: [uri, options] };
  return { kind: 'problem', item, parent };
}

function groupNode(parent: StoreNode, group: PresetGroup, name: string): GroupNode {
  const { store } = parent.presets;
  const item = createTreeItem({ label: name, description: String(group.entries.length), state: Expanded });
  item.id = `${store.uri.toString()}/${name}`;
  item.iconPath = vscode.ThemeIcon.Folder;
  item.contextValue = 'group';
  return { kind: 'group', store, group, name, item, parent };
}

/** What sets a preset apart: its function if the names differ, values that aren't defaults, and its connection. */
function shortDescription(preset: Preset, chosen: Connection): string {
  const name = describeFunction(preset);
  const type = preset.InvocationType ?? 'RequestResponse';
  const isFixed = preset.endpoint !== undefined || preset.profile !== undefined || preset.region !== undefined;
  return [
    ...(name === preset.name ? [] : [name]),
    ...(type === 'RequestResponse' ? [] : [type]),
    ...(isFixed ? [describeConnection(presetConnection(preset, chosen))] : []),
  ].join(' · ');
}

function presetTooltip(stored: StoredPreset, description: string): string[] {
  const { FunctionName, payloadFile, Payload } = stored.preset;
  const payload = payloadFile ?? (Payload === undefined ? undefined : vscode.l10n.t('Inline payload'));
  return [stored.preset.name, description, FunctionName, payload].filter((part) => part !== undefined);
}

/** The IDs of a file's rows are their names, so that they stay selected when they move. Duplicate names are numbered. */
function presetIds({ store, file }: StorePresets): Map<number, string> {
  const uri = store.uri.toString();
  const seen = new Map<string, number>();
  return new Map(
    file.entries.map(({ preset: { name }, index }) => {
      const sameBefore = seen.get(name) ?? 0;
      seen.set(name, sameBefore + 1);
      return [index, `${uri}#${name}${sameBefore === 0 ? '' : `#${sameBefore}`}`];
    }),
  );
}

function presetRow(parent: StoreNode | GroupNode, entry: PresetEntry, chosen: Connection): PresetRow {
  const { ids, presets } = parent.kind === 'store' ? parent : parent.parent;
  const { store } = presets;
  const { preset, index } = entry;
  const stored = { preset, index, store };
  const item = createTreeItem({
    label: preset.name,
    description: shortDescription(preset, chosen),
    tooltip: presetTooltip(stored, describePreset(preset, chosen)),
    state: None,
  });
  item.id = ids.get(index) ?? '';
  item.iconPath = new vscode.ThemeIcon('zap');
  item.contextValue = 'preset';
  // Without arguments, which VS Code would have to remember for every row.
  item.command = { command: ROW_COMMANDS.clickPreset, title: vscode.l10n.t('Open in Form') };
  return { kind: 'preset', stored, item, parent };
}

/** The rows below a row. */
export function childNodes(node: PresetNode, chosen: Connection): PresetNode[] {
  switch (node.kind) {
    case 'store': {
      const { file } = node.presets;
      const rows = groupPresets(file.entries).flatMap((group): PresetNode[] =>
        group.name === undefined
          ? group.entries.map((entry) => presetRow(node, entry, chosen))
          : [groupNode(node, group, group.name)],
      );
      return [...file.problems.map((problem, place) => problemNode(node, problem, place)), ...rows];
    }
    case 'group':
      return node.group.entries.map((entry) => presetRow(node, entry, chosen));
    case 'preset':
    case 'problem':
      return [];
  }
}
