import { createScanner, findNodeAtLocation, getNodeValue, type Node } from 'jsonc-parser';
import { message, toSentence, type Message } from '../messages/messages.ts';
import { PRESET_KEYS } from './preset.ts';
import { fieldsOf, duplicateKey, parsePreset, parsePresetsTree } from './presetsFile.ts';
import { expectProblems } from '../testing/expectCheck.ts';
import { unknownKeys } from './unknownKeys.ts';
import { variableProblems, variableRanges } from './variables.ts';

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
  'layers',
  'timeout',
  'memorySize',
  'environment',
  'versions',
  'aliases',
  'reservedConcurrentExecutions',
  'maximumRetryAttempts',
  'logFormat',
  'applicationLogLevel',
  'systemLogLevel',
  'tenancy',
  'managedInstances',
  'durable',
] as const;

/** Variables are allowed in every text of a preset except these, and keys. */
const WITHOUT_VARIABLES: ReadonlySet<string> = new Set(['name', 'group', 'environment', 'tags', 'cases']);

/** A value of a case needs a file with cases. */
function* caseProblems(text: string, at: number, hasCases: boolean): Generator<FileProblem> {
  if (hasCases || !text.includes('${case:')) return;
  for (const { start, end } of variableRanges(text)) {
    const variable = text.slice(start, end);
    if (!variable.startsWith('${case:')) continue;
    yield { start: at + start, end: at + end, severity: 'error', message: message('caseNeedsCases', variable) };
  }
}

function* wrongVariables(text: string, root: Node, hasCases: boolean): Generator<FileProblem> {
  // Scans tokens instead of the tree, because payloads may nest deeper than a tree can hold.
  const scanner = createScanner(text.slice(0, root.offset + root.length), true);
  scanner.setPosition(root.offset);
  for (;;) {
    scanner.scan();
    const [offset, length] = [scanner.getTokenOffset(), scanner.getTokenLength()];
    if (length === 0) return;
    if (text[offset] !== '"') continue;
    const token = text.slice(offset, offset + length);
    for (const { start, end, message: problem } of variableProblems(token))
      yield { start: offset + start, end: offset + end, severity: 'error', message: problem };
    yield* caseProblems(token, offset, hasCases);
  }
}

function* presetProblems(text: string, node: Node): Generator<FileProblem> {
  const fields = fieldsOf(node);
  const hasCases = fields['cases'] !== undefined;
  const preset = parsePreset(text, fields);
  if ('code' in preset) {
    const [start, end] = [node.offset, node.offset + Math.min(node.length, text.slice(node.offset).search(/\r|\n|$/))];
    yield { start, end, severity: 'error', message: message('presetIncomplete', toSentence(preset)) };
  }
  const duplicate = duplicateKey(node);
  if (duplicate !== undefined) {
    const range = { start: duplicate.offset, end: duplicate.offset + duplicate.length, severity: 'warning' as const };
    yield { ...range, message: message('presetKeyTwice', String(getNodeValue(duplicate))) };
  }
  yield* unknownKeys(node, PRESET_KEYS);
  for (const [key, value] of Object.entries(fields)) {
    const isKnownKey = (PRESET_KEYS as readonly string[]).includes(key);
    if (isKnownKey && !WITHOUT_VARIABLES.has(key)) yield* wrongVariables(text, value, hasCases);
  }
  if (fields['expect'] !== undefined) yield* expectProblems(text, fields['expect'], { hasCases });
}

/**
 * Diagnostics for a presets file while it's edited: unknown keys with suggestions, incomplete presets, unknown
 * variables, and duplicate names. Returns none for invalid JSON, because VS Code reports that itself.
 */
export function checkPresetsFile(text: string): FileProblem[] {
  const tree = parsePresetsTree(text, '');
  if ('error' in tree || tree.root === undefined) return [];
  const { root } = tree;
  const problems: FileProblem[] = [...unknownKeys(root, FILE_KEYS)];
  const seen = new Set<unknown>();
  for (const node of findNodeAtLocation(root, ['presets'])?.children ?? []) {
    for (const problem of presetProblems(text, node)) problems.push(problem);
    const name = fieldsOf(node)['name'];
    if (name === undefined) continue;
    const value: unknown = getNodeValue(name);
    if (seen.has(value)) {
      const range = { start: name.offset, end: name.offset + name.length, severity: 'warning' as const };
      problems.push({ ...range, message: message('presetSameName', String(value)) });
    }
    seen.add(value);
  }
  for (const property of findNodeAtLocation(root, ['localFunctions'])?.children ?? []) {
    const configuration = property.children?.[1];
    if (configuration !== undefined) problems.push(...unknownKeys(configuration, FUNCTION_KEYS));
  }
  return problems;
}
