import { getNodeValue } from 'jsonc-parser';
import { decodeBase64Text } from '../invocation/base64.ts';
import { findJsonError, prettyJson, strictJson } from '../json/jsonText.ts';
import { parseJsonTree } from '../json/parseJsonc.ts';
import { PRESET_KEYS, type Preset, type PresetKey } from './preset.ts';

/** The layout of text to insert. */
export interface Layout {
  /** The indentation of its first line. */
  readonly indent: string;
  readonly step: string;
  readonly eol: string;
}

/** Only objects and arrays are written as JSON. Any other payload is written as a string. */
function isStructured(text: string): boolean {
  return /^\s*[[{]/.test(text) && findJsonError(text) === undefined;
}

/** Keys whose JSON is written character for character. */
const SOURCE_KEYS: ReadonlySet<PresetKey> = new Set(['Payload', 'ClientContext', 'environment', 'expect', 'tags']);

/** A preset value as source text. */
function valueText(key: PresetKey, value: string | boolean): string {
  const isSource = SOURCE_KEYS.has(key) && typeof value === 'string' && isStructured(value);
  return isSource ? value.trim() : JSON.stringify(value);
}

/** `"key": value` */
export function propertyText(key: PresetKey, value: string | boolean): string {
  return `${JSON.stringify(key)}: ${valueText(key, value)}`;
}

/** A preset as source text of an object in a presets file. */
export function presetText(preset: Preset, { indent, step, eol }: Layout): string {
  const properties = PRESET_KEYS.flatMap((key) => {
    const value = preset[key];
    return value === undefined ? [] : [indent + step + propertyText(key, value)];
  });
  return `{${eol}${properties.join(`,${eol}`)}${eol}${indent}}`;
}

/** Whether a value in the file equals a new one. If so, its text stays, including comments and layout. */
export function isSameValue(source: string, key: PresetKey, value: string | boolean): boolean {
  const node = parseJsonTree(source);
  if (node === undefined) return false;
  if (node.type === 'string' || node.type === 'boolean') {
    const written: unknown = getNodeValue(node);
    if (written === value) return true;
    return key === 'ClientContext' && typeof written === 'string' && decodeBase64Text(written) === value;
  }
  return (
    typeof value === 'string' &&
    findJsonError(value) === undefined &&
    prettyJson(strictJson(source)) === prettyJson(value)
  );
}
