import { applyEdits, modify, parse, type FormattingOptions } from 'jsonc-parser';
import { isRecord } from './isRecord.ts';
import type { Preset } from './preset.ts';

export const NEW_PRESETS_FILE = '{\n  "presets": [],\n  "localFunctions": {}\n}\n';

/** How a text is indented, so that what is added looks like the rest. */
function formattingOf(text: string): FormattingOptions {
  const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  return { insertSpaces: !indent.startsWith('\t'), tabSize: indent.startsWith('\t') ? 4 : indent.length, eol };
}

/** Text that stands for a value until its own tokens replace it: writing it as a value would round large numbers. */
function placeholder(field: string): string {
  return `\u{e000}${field}\u{e000}`;
}

/** Only objects and arrays stand in the file as JSON; any other payload stands there as a text. */
function isStructured(text: string): boolean {
  return /^\s*[[{]/.test(text);
}

/** The keys a preset may have; any other key in the file is somebody else's and stays. */
const KEYS = [
  'name',
  'FunctionName',
  'Qualifier',
  'InvocationType',
  'LogType',
  'ClientContext',
  'TenantId',
  'DurableExecutionName',
  'Payload',
  'payloadFile',
  'profile',
  'region',
  'endpoint',
] as const satisfies readonly (keyof Preset)[];

/** The names in a readable presets file, also of presets that are not complete. By place in the file. */
export function presetNames(text: string): (string | undefined)[] {
  const file: unknown = parse(text, [], { allowTrailingComma: true });
  const presets = isRecord(file) && Array.isArray(file['presets']) ? (file['presets'] as unknown[]) : [];
  return presets.map((preset) => (isRecord(preset) && typeof preset['name'] === 'string' ? preset['name'] : undefined));
}

/**
 * The presets file with one more preset, or with the fields of the preset of that name changed. Comments, order,
 * formatting and everything else in the file stay as they are; numbers in ClientContext and Payload keep every digit.
 * The text must be readable (presetsFileError).
 */
export function withPreset(text: string, preset: Preset): string {
  const formattingOptions = formattingOf(text);
  const names = presetNames(text);
  const index = names.indexOf(preset.name);
  const verbatim: [string, string][] = [];
  const value: Record<string, string> = { ...preset };
  for (const field of ['ClientContext', 'Payload']) {
    const source = value[field];
    if (source === undefined || !isStructured(source)) continue;
    verbatim.push([JSON.stringify(placeholder(field)), source.trim()]);
    value[field] = placeholder(field);
  }
  const change = (edited: string, path: (string | number)[], to: unknown) =>
    applyEdits(edited, modify(edited, path, to, { formattingOptions, isArrayInsertion: index === -1 }));
  const edited =
    index === -1
      ? change(text, ['presets', names.length], value)
      : KEYS.reduce((before, key) => change(before, ['presets', index, key], value[key]), text);
  return verbatim.reduce((before, [written, source]) => before.replace(written, () => source), edited);
}
