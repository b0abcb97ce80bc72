import type { Message } from '../messages/messages.ts';
import { PRESET_KEYS, type Preset, type PresetKey } from './preset.ts';
import { resolveVariables, variableProblems, variablesOf, type Variable } from './variables.ts';

/** Keys whose text is JSON: a value inside one of its strings is escaped. */
const JSON_KEYS: ReadonlySet<PresetKey> = new Set(['ClientContext', 'Payload']);

/** Names stay as they are: they are what a preset is found by. */
const NAMES: ReadonlySet<PresetKey> = new Set(['name', 'group']);

function textsOf(preset: Preset): { readonly key: PresetKey; readonly text: string }[] {
  return PRESET_KEYS.flatMap((key) => {
    const text = preset[key];
    return typeof text === 'string' && !NAMES.has(key) ? [{ key, text }] : [];
  });
}

/** Every variable of a preset, first to last. */
export function presetVariables(preset: Preset): Variable[] {
  return textsOf(preset).flatMap(({ text }) => variablesOf(text));
}

/** What looks like a variable in a preset and is none, with the key it stands in. */
export function presetVariableProblems(preset: Preset): { readonly key: PresetKey; readonly message: Message }[] {
  return textsOf(preset).flatMap(({ key, text }) => variableProblems(text).map(({ message }) => ({ key, message })));
}

/** The preset with its variables replaced. It must have no variable problems. */
export function resolvePreset(preset: Preset, valueOf: (variable: Variable) => string): Preset {
  const resolved = textsOf(preset).map(
    ({ key, text }) => [key, resolveVariables(text, valueOf, { isJson: JSON_KEYS.has(key) })] as const,
  );
  return { ...preset, ...Object.fromEntries(resolved) };
}
