import { getNodeValue } from 'jsonc-parser';
import { decodeBase64Text } from '../invocation/base64.ts';
import { findJsonError, prettyJson, strictJson } from '../json/jsonText.ts';
import { parseJsonTree } from '../json/parseJsonc.ts';
import { PRESET_KEYS, type Preset, type PresetKey } from './preset.ts';

/** How text is laid out where it will stand. */
export interface Layout {
  /** The indentation of the line it begins on. */
  readonly indent: string;
  readonly step: string;
  readonly eol: string;
}

/** Only objects and arrays stand in a presets file as JSON; any other payload stands there as a text. */
function isStructured(text: string): boolean {
  return /^\s*[[{]/.test(text) && findJsonError(text) === undefined;
}

/** A value of a preset as it is written into the file. JSON in ClientContext and Payload stays to the character. */
function valueText(key: PresetKey, value: string | boolean): string {
  const isSource = (key === 'Payload' || key === 'ClientContext') && typeof value === 'string' && isStructured(value);
  return isSource ? value.trim() : JSON.stringify(value);
}

/** `"key": value` */
export function propertyText(key: PresetKey, value: string | boolean): string {
  return `${JSON.stringify(key)}: ${valueText(key, value)}`;
}

/** A preset as an object of a presets file. */
export function presetText(preset: Preset, { indent, step, eol }: Layout): string {
  const properties = PRESET_KEYS.flatMap((key) => {
    const value = preset[key];
    return value === undefined ? [] : [indent + step + propertyText(key, value)];
  });
  return `{${eol}${properties.join(`,${eol}`)}${eol}${indent}}`;
}

/** Whether a value in the file says the same as a new one: then its text stays, with its comments and its layout. */
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
