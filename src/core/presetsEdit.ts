import { applyEdits, modify, parse, type FormattingOptions } from 'jsonc-parser';
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

/**
 * The presets file with one more preset, or with the preset of that name replaced. Comments, order, formatting and
 * everything else in the file stay as they are; numbers in ClientContext and Payload keep every digit. The text must be
 * readable (presetsFileError).
 */
export function withPreset(text: string, preset: Preset): string {
  const formattingOptions = formattingOf(text);
  const file = parse(text, [], { allowTrailingComma: true }) as { presets?: { name?: unknown }[] };
  const index = file.presets?.findIndex(({ name }) => name === preset.name) ?? -1;
  const verbatim: [string, string][] = [];
  const value: Record<string, string> = { ...preset };
  for (const field of ['ClientContext', 'Payload']) {
    const source = value[field];
    if (source === undefined || !isStructured(source)) continue;
    verbatim.push([JSON.stringify(placeholder(field)), source.trim()]);
    value[field] = placeholder(field);
  }
  const at = index === -1 ? (file.presets?.length ?? 0) : index;
  const edits = modify(text, ['presets', at], value, { formattingOptions, isArrayInsertion: index === -1 });
  return verbatim.reduce((edited, [written, source]) => edited.replace(written, () => source), applyEdits(text, edits));
}
