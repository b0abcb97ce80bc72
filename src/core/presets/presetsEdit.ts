import { findNodeAtLocation, getNodeValue, type Node } from 'jsonc-parser';
import { parseJsonc, parseJsonTree } from '../json/parseJsonc.ts';
import { isRecord } from '../json/isRecord.ts';
import {
  editContainer,
  insertItem,
  itemIndent,
  layoutOf,
  moveItem,
  plainItem,
  takeItem,
  type Item,
} from './jsonContainer.ts';
import { PRESET_KEYS, type Preset, type PresetKey } from './preset.ts';
import { fieldsOf } from './presetsFile.ts';
import { isSameValue, presetText, propertyText } from './presetText.ts';

// All edits expect a valid presets file (see presetsFileError) and preserve comments, order, layout and unknown keys.

export const NEW_PRESETS_FILE = '{\n  "presets": [],\n  "localFunctions": {}\n}\n';

/** The user's own file, with its schema in the same folder. */
export const NEW_USER_PRESETS_FILE = '{\n  "$schema": "./lambda-invoke.schema.json",\n  "presets": []\n}\n';

/** The node of a preset. For a duplicate key, the last value wins. */
function presetNode(text: string, index: number): Node | undefined {
  const root = parseJsonTree(text);
  return root && findNodeAtLocation(root, ['presets', index]);
}

/** The preset names in a valid presets file, including incomplete presets. In file order. */
export function presetNames(text: string): (string | undefined)[] {
  const root = parseJsonTree(text);
  const presets = (root && findNodeAtLocation(root, ['presets'])?.children) ?? [];
  return presets.map((preset) => {
    const name = fieldsOf(preset)['name'];
    return name?.type === 'string' ? String(getNodeValue(name)) : undefined;
  });
}

/** Adds an empty `presets` array if the file has none. */
function withPresets(text: string): string {
  const file: unknown = parseJsonc(text);
  if (isRecord(file) && 'presets' in file) return text;
  return editContainer(text, [], (root) => insertItem(root, 0, plainItem('"presets": []')));
}

/** Inserts an item into the presets, at the end by default. */
export function insertPresetItem(text: string, item: Item, index?: number): string {
  return editContainer(withPresets(text), ['presets'], (presets) => {
    insertItem(presets, Math.min(index ?? presets.items.length, presets.items.length), item);
  });
}

/** Adds a preset, at the end by default. */
export function addPreset(text: string, preset: Preset, index?: number): string {
  const file = withPresets(text);
  let indent = '';
  editContainer(file, ['presets'], (presets) => {
    indent = itemIndent(presets);
  });
  return insertPresetItem(file, plainItem(presetText(preset, { indent, ...layoutOf(file) })), index);
}

/** Sets a key of a preset, or removes it for undefined. The text of an equal value stays as it is. */
export function setPresetKey(text: string, index: number, key: PresetKey, value: string | boolean | undefined): string {
  const preset = presetNode(text, index);
  const node = preset && fieldsOf(preset)[key];
  if (node === undefined) {
    if (value === undefined) return text;
    return editContainer(text, ['presets', index], (object) => {
      const before = PRESET_KEYS.indexOf(key);
      const keys = object.items.map((item) => PRESET_KEYS.findIndex((known) => item.text.startsWith(`"${known}"`)));
      insertItem(
        object,
        keys.findLastIndex((known) => known !== -1 && known < before) + 1,
        plainItem(propertyText(key, value)),
      );
    });
  }
  if (value === undefined) {
    const propertyIndex = (preset?.children ?? []).indexOf(node.parent ?? node);
    const rest = editContainer(text, ['presets', index], (object) =>
      takeItem(object, propertyIndex, { leaveComments: true }),
    );
    return setPresetKey(rest, index, key, undefined); // the key may be duplicated
  }
  const end = node.offset + node.length;
  if (isSameValue(text.slice(node.offset, end), key, value)) return text;
  const written = propertyText(key, value).slice(`${JSON.stringify(key)}: `.length);
  return text.slice(0, node.offset) + written + text.slice(end);
}

/** Changes a preset's fields to those of another. Unknown keys are preserved. */
export function replacePreset(text: string, index: number, preset: Preset): string {
  return PRESET_KEYS.reduce((before, key) => setPresetKey(before, index, key, preset[key]), text);
}

/** Adds a preset, or changes the preset with the same name. */
export function withPreset(text: string, preset: Preset): string {
  const index = presetNames(text).indexOf(preset.name);
  return index === -1 ? addPreset(text, preset) : replacePreset(text, index, preset);
}

/** Removes a preset. Comments around it stay. */
export function withoutPreset(text: string, index: number): string {
  return editContainer(text, ['presets'], (presets) => takeItem(presets, index, { leaveComments: true }));
}

/** Removes a preset and returns it with its comments, for insertion into another file. */
export function takePreset(text: string, index: number): { readonly text: string; readonly item: Item } {
  let item: Item | undefined;
  const rest = editContainer(text, ['presets'], (presets) => {
    item = takeItem(presets, index, { leaveComments: false });
  });
  if (item === undefined) throw new Error(`There is no preset ${index}`);
  return { text: rest, item };
}

/** The source text of a preset, including comments inside it. */
export function presetSource(text: string, index: number): string {
  let source = '';
  editContainer(text, ['presets'], ({ items }) => {
    source = items[index]?.text ?? '';
  });
  return source;
}

/** Replaces the source text of a preset. */
export function replacePresetSource(text: string, index: number, source: string): string {
  return editContainer(text, ['presets'], ({ items }) => {
    const item = items[index];
    if (item !== undefined) items[index] = { ...item, text: source };
  });
}

/** Inserts a copy of a preset after it, with another name. */
export function duplicatePreset(text: string, index: number, name: string): string {
  return setPresetKey(insertPresetItem(text, plainItem(presetSource(text, index)), index + 1), index + 1, 'name', name);
}

/** Moves presets, in file order, before the one at index `to`. The number of presets means the end. */
export function movePresets(text: string, from: readonly number[], to: number): string {
  return editContainer(text, ['presets'], (presets) => {
    const moved = [...new Set(from)].toSorted((a, b) => a - b);
    let target = to;
    for (const [count, index] of moved.entries()) {
      if (index < to) {
        moveItem(presets, index - count, target - 1); // earlier ones have already moved to the end
      } else {
        moveItem(presets, index, target);
        target++;
      }
    }
  });
}

/** The value of a preset's key, as in the file. */
export function presetValue(text: string, index: number, key: PresetKey): unknown {
  const preset = presetNode(text, index);
  const node = preset && fieldsOf(preset)[key];
  return node === undefined ? undefined : (getNodeValue(node) as unknown);
}
