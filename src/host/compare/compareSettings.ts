import type { Memento } from 'vscode';
import {
  parseCompareOptions,
  presetOptionsKey,
  DEFAULT_COMPARE_OPTIONS,
  type CompareOptions,
} from '../../core/compare/compareOptions.ts';
import { isRecord } from '../../core/json/isRecord.ts';
import type { PresetOrigin } from '../../core/presets/presetOrigin.ts';

const KEY = 'compareOptions';

/** The number of stored options. The least recently changed ones are deleted. */
const MAX_STORED = 200;

/** The options of comparisons, stored for each preset or function in this workspace. */
export class CompareSettings {
  readonly #memento: Pick<Memento, 'get' | 'update'>;

  constructor(memento: Pick<Memento, 'get' | 'update'>) {
    this.#memento = memento;
  }

  of(key: string): CompareOptions {
    const stored = this.#stored;
    return Object.hasOwn(stored, key) ? parseCompareOptions(stored[key]) : DEFAULT_COMPARE_OPTIONS;
  }

  async change(key: string, change: Partial<CompareOptions>): Promise<void> {
    const changed = { ...this.of(key), ...change };
    const { [key]: _, ...others } = this.#stored;
    const kept = Object.entries(others).slice(1 - MAX_STORED);
    await this.#memento.update(KEY, Object.fromEntries([...kept, [key, changed]]));
  }

  /** Stores the options of a preset for its new name as well. The invocations before have the old one. */
  async copyForRenamed(preset: PresetOrigin, name: string): Promise<void> {
    const key = presetOptionsKey(preset);
    if (Object.hasOwn(this.#stored, key)) await this.change(presetOptionsKey({ ...preset, name }), this.of(key));
  }

  get #stored(): Readonly<Record<string, unknown>> {
    const stored = this.#memento.get<unknown>(KEY);
    return isRecord(stored) ? stored : {};
  }
}
