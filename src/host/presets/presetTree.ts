import type { Connection } from '../../core/connection/connection.ts';
import { newestOf } from '../../core/async/newest.ts';
import type { PresetFiles, StorePresets } from './presetFiles.ts';
import { childNodes, storeNode, type PresetNode, type PresetRow } from './presetNodes.ts';
import type { StoredPreset } from './presetStores.ts';

interface PresetTreeDependencies {
  readonly files: Pick<PresetFiles, 'read'>;
  readonly connection: () => Connection;
  /** The selected rows of the view. */
  readonly selection: () => readonly PresetNode[];
}

/** The tree of the presets view: stores, groups and presets. */
export class PresetTree {
  readonly #dependencies: PresetTreeDependencies;
  readonly #read: () => Promise<StorePresets[]>;
  #selected: readonly StoredPreset[] = [];
  #roots: PresetNode[] | undefined;
  /** The data of the current rows, to notice changes. */
  #shown = '';
  #children = new Map<PresetNode, PresetNode[]>();

  constructor(dependencies: PresetTreeDependencies) {
    this.#dependencies = dependencies;
    this.#read = newestOf(() => dependencies.files.read());
  }

  /** Reads the files again. Returns whether rows changed, because an unnecessary refresh would cancel a drag. */
  async reload(): Promise<boolean> {
    const all = await this.#read();
    const shown = JSON.stringify([all, this.#dependencies.connection()]);
    if (this.#roots !== undefined && shown === this.#shown) return false;
    this.#shown = shown;
    this.#roots = rootNodes(all);
    this.#children = new Map();
    return true;
  }

  async children(node?: PresetNode): Promise<PresetNode[]> {
    if (node !== undefined) return this.#childrenOf(node);
    if (this.#roots === undefined) await this.reload();
    return this.#roots ?? [];
  }

  /** The current row of a preset. */
  async find(uri: string, name: string): Promise<PresetNode | undefined> {
    await this.reload();
    const isIt = (node: PresetNode) =>
      node.kind === 'preset' && node.stored.store.uri.toString() === uri && node.stored.preset.name === name;
    const search = (nodes: readonly PresetNode[]): PresetNode | undefined =>
      nodes.find(isIt) ?? nodes.map((node) => search(this.#childrenOf(node))).find((found) => found !== undefined);
    return search(this.#roots ?? []);
  }

  /** Remembers the selected rows: while the rows are refreshed, the view has no selection. */
  select(nodes: readonly PresetNode[]): void {
    this.#selected = nodes.filter(isPresetRow).map(({ stored }) => stored);
  }

  /** The presets for a command: its rows, or else the selected rows. */
  presets(node?: unknown, selected?: unknown): readonly StoredPreset[] {
    if (node === undefined) {
      // A row that is selected during a refresh is known to the view only afterwards, without an event.
      const rows = this.#dependencies.selection().filter(isPresetRow);
      return rows.length > 0 ? rows.map(({ stored }) => stored) : this.#selected;
    }
    const given = Array.isArray(selected) && selected.length > 0 ? (selected as unknown[]) : [node];
    return given.filter(isPresetRow).map(({ stored }) => stored);
  }

  #childrenOf(node: PresetNode): PresetNode[] {
    const known = this.#children.get(node);
    if (known !== undefined) return known;
    const made = childNodes(node, this.#dependencies.connection());
    this.#children.set(node, made);
    return made;
  }
}

/** Empty without presets, so that VS Code shows the welcome text. */
function rootNodes(all: readonly StorePresets[]): PresetNode[] {
  const isEmpty = all.every(({ file }) => file.entries.length === 0 && file.problems.length === 0);
  return isEmpty ? [] : all.map(storeNode);
}

function isPresetRow(node: unknown): node is PresetRow {
  return typeof node === 'object' && node !== null && 'kind' in node && node.kind === 'preset';
}
