import type { Message } from '../messages/messages.ts';
import { PRESET_KEYS, type Preset, type PresetKey } from './preset.ts';
import { resolveVariables, variableProblems, variablesOf, type Variable } from './variables.ts';

/** Keys with JSON text: a value inside a string is escaped. */
const JSON_KEYS: ReadonlySet<PresetKey> = new Set(['ClientContext', 'Payload']);

/**
 * Variables in these keys aren't resolved: the keys identify the preset, or their text is for the function. Only a test
 * resolves `expect` (see resolveExpect).
 */
const LITERAL_KEYS: ReadonlySet<PresetKey> = new Set(['name', 'group', 'environment', 'expect', 'tags', 'cases']);

function textsOf(preset: Preset): { readonly key: PresetKey; readonly text: string }[] {
  return PRESET_KEYS.flatMap((key) => {
    const text = preset[key];
    return typeof text === 'string' && !LITERAL_KEYS.has(key) ? [{ key, text }] : [];
  });
}

/** All variables of a preset, in order. */
export function presetVariables(preset: Preset): Variable[] {
  return textsOf(preset).flatMap(({ text }) => variablesOf(text));
}

/** Invalid variables in a preset, with the key that contains each. */
export function presetVariableProblems(preset: Preset): { readonly key: PresetKey; readonly message: Message }[] {
  return textsOf(preset).flatMap(({ key, text }) => variableProblems(text).map(({ message }) => ({ key, message })));
}

/** Replaces all variables of a preset. The preset must have no variable problems. */
export function resolvePreset(preset: Preset, valueOf: (variable: Variable) => string): Preset {
  const resolved = textsOf(preset).map(
    ({ key, text }) => [key, resolveVariables(text, valueOf, { isJson: JSON_KEYS.has(key) })] as const,
  );
  return { ...preset, ...Object.fromEntries(resolved) };
}

/** `expect` of a preset with the values of its variables. It must have no variable problems. */
export function resolveExpect(expect: string, valueOf: (variable: Variable) => string): string {
  return resolveVariables(expect, valueOf, { isJson: true });
}
