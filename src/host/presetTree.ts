import type { Connection } from '../core/connection.ts';
import type { PresetFiles } from './presetFiles.ts';
import { childNodes, storeNode, type PresetNode, type PresetRow } from './presetNodes.ts';

interface PresetTreeDependencies {
  readonly files: Pick<PresetFiles, 'read'>;
  readonly connection: () => Connection;
  /** The rows that are selected. */
  readonly selection: () => readonly PresetNode[];
}

/** What the presets view shows: stores, their groups, their presets. */
export class PresetTree {
  readonly #dependencies: PresetTreeDependencies;
  #children = new Map<PresetNode | undefined, Promise<PresetNode[]>>();

  constructor(dependencies: PresetTreeDependencies) {
    this.#dependencies = dependencies;
  }

  /** The files have changed: rows are made anew. */
  forget(): void {
    this.#children = new Map();
  }

  async children(node?: PresetNode): Promise<PresetNode[]> {
    const known = this.#children.get(node);
    if (known !== undefined) return known;
    const made =
      node === undefined ? this.#roots() : Promise.resolve(childNodes(node, this.#dependencies.connection()));
    this.#children.set(node, made);
    return made;
  }

  /** The presets a command means: the rows it was called on, else the selected ones. */
  presets(node?: unknown, selected?: unknown): PresetRow[] {
    const given =
      Array.isArray(selected) && selected.length > 0 ? (selected as unknown[]) : node === undefined ? [] : [node];
    const rows = given.length > 0 ? given : this.#dependencies.selection();
    return rows.filter(isPresetRow);
  }

  /** Nothing at all while there is nothing to show: then the view says what to do first. */
  async #roots(): Promise<PresetNode[]> {
    const all = await this.#dependencies.files.read();
    const isEmpty = all.every(({ file }) => file.entries.length === 0 && file.problems.length === 0);
    return isEmpty ? [] : all.map(storeNode);
  }
}

function isPresetRow(node: unknown): node is PresetRow {
  return typeof node === 'object' && node !== null && 'kind' in node && node.kind === 'preset';
}
