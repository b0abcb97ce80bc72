import { createScanner, findNodeAtLocation, getNodeValue, type Node } from 'jsonc-parser';
import { parseJsonTree } from '../json/parseJsonc.ts';
import { message, toSentence, type Message } from '../messages/messages.ts';
import { nearestWord } from './nearestWord.ts';
import { PRESET_KEYS } from './preset.ts';
import { fieldsOf, keyThatStandsTwice, parsePreset, presetsFileError } from './presetsFile.ts';
import { variableProblems } from './variables.ts';

/** A diagnostic for a range of a presets file. Offsets in UTF-16 units. */
export interface FileProblem {
  readonly start: number;
  readonly end: number;
  readonly severity: 'error' | 'warning';
  readonly message: Message;
  /** The text of a quick fix that replaces the range. */
  readonly replacement?: string;
}

const FILE_KEYS = ['$schema', 'presets', 'localFunctions'];
/** The keys of a local function. The schema and the README list the same ones. */
export const FUNCTION_KEYS = [
  'handler',
  'runtime',
  'codeUri',
  'timeout',
  'memorySize',
  'environment',
  'versions',
  'aliases',
  'reservedConcurrentExecutions',
  'maximumRetryAttempts',
  'logFormat',
  'tenancy',
  'durable',
] as const;

function* unknownKeys(node: Node, known: readonly string[], owner: string): Generator<FileProblem> {
  for (const property of node.children ?? []) {
    const [key] = property.children ?? [];
    const name = String(key && getNodeValue(key));
    if (key === undefined || known.includes(name)) continue;
    const near = nearestWord(name, known);
    const place = { start: key.offset, end: key.offset + key.length, severity: 'warning' as const };
    if (near === undefined) yield { ...place, message: message('presetUnknownKey', name, owner) };
    else yield { ...place, message: message('presetNearKey', name, near, owner), replacement: JSON.stringify(near) };
  }
}

/** Variables are allowed in every text of a preset except its name, its group and its keys. */
function* wrongVariables(text: string, root: Node, key: string): Generator<FileProblem> {
  if (key === 'name' || key === 'group') return;
  // Scans tokens instead of the tree, because payloads may nest deeper than a tree can hold.
  const scanner = createScanner(text.slice(0, root.offset + root.length), true);
  scanner.setPosition(root.offset);
  for (;;) {
    scanner.scan();
    const [offset, length] = [scanner.getTokenOffset(), scanner.getTokenLength()];
    if (length === 0) return;
    if (text[offset] !== '"') continue;
    for (const { start, end, message: said } of variableProblems(text.slice(offset, offset + length)))
      yield { start: offset + start, end: offset + end, severity: 'error', message: said };
  }
}

function* presetProblems(text: string, node: Node): Generator<FileProblem> {
  const fields = fieldsOf(node);
  const preset = parsePreset(text, fields);
  if ('code' in preset) {
    const [start, end] = [node.offset, node.offset + Math.min(node.length, text.slice(node.offset).search(/\r|\n|$/))];
    yield { start, end, severity: 'error', message: message('presetIncomplete', toSentence(preset)) };
  }
  const twice = keyThatStandsTwice(node);
  if (twice !== undefined) {
    const place = { start: twice.offset, end: twice.offset + twice.length, severity: 'warning' as const };
    yield { ...place, message: message('presetKeyTwice', String(getNodeValue(twice))) };
  }
  yield* unknownKeys(node, PRESET_KEYS, 'a preset');
  for (const [key, value] of Object.entries(fields)) {
    const isOurs = (PRESET_KEYS as readonly string[]).includes(key);
    if (isOurs) yield* wrongVariables(text, value, key);
  }
}

/**
 * Diagnostics for a presets file while it's edited: unknown keys with suggestions, incomplete presets, unknown
 * variables, and duplicate names. Returns none for invalid JSON, because VS Code reports that itself.
 */
export function checkPresetsFile(text: string): FileProblem[] {
  if (presetsFileError(text, '') !== undefined) return [];
  const root = parseJsonTree(text);
  if (root === undefined) return [];
  const problems: FileProblem[] = [...unknownKeys(root, FILE_KEYS, 'this file')];
  const seen = new Set<unknown>();
  for (const node of findNodeAtLocation(root, ['presets'])?.children ?? []) {
    for (const problem of presetProblems(text, node)) problems.push(problem);
    const name = fieldsOf(node)['name'];
    if (name === undefined) continue;
    const value: unknown = getNodeValue(name);
    if (seen.has(value)) {
      const place = { start: name.offset, end: name.offset + name.length, severity: 'warning' as const };
      problems.push({ ...place, message: message('presetSameName', String(value)) });
    }
    seen.add(value);
  }
  for (const property of findNodeAtLocation(root, ['localFunctions'])?.children ?? []) {
    const configuration = property.children?.[1];
    if (configuration !== undefined) problems.push(...unknownKeys(configuration, FUNCTION_KEYS, 'a local function'));
  }
  return problems;
}
