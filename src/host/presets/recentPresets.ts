import type { Memento } from 'vscode';
import type { StoredPreset } from './presetStores.ts';

const KEY = 'recentPresets';
const MAX = 20;

function keyOf({ preset, store }: Pick<StoredPreset, 'preset' | 'store'>): string {
  return `${store.uri.toString()}#${preset.name}`;
}

/** The names of the presets that were run last in this workspace. */
export class RecentPresets {
  readonly #memento: Pick<Memento, 'get' | 'update'>;

  constructor(memento: Pick<Memento, 'get' | 'update'>) {
    this.#memento = memento;
  }

  async add(stored: StoredPreset): Promise<void> {
    const key = keyOf(stored);
    const others = this.#keys().filter((known) => known !== key);
    await this.#memento.update(KEY, [key, ...others].slice(0, MAX));
  }

  /** The recent presets, newest first, and the others in their order. */
  split(all: readonly StoredPreset[]): { readonly recent: StoredPreset[]; readonly others: StoredPreset[] } {
    const keys = this.#keys();
    const place = (stored: StoredPreset) => keys.indexOf(keyOf(stored));
    const recent = all.filter((stored) => place(stored) !== -1).toSorted((a, b) => place(a) - place(b));
    return { recent, others: all.filter((stored) => place(stored) === -1) };
  }

  #keys(): readonly string[] {
    return this.#memento.get<readonly string[]>(KEY, []);
  }
}
