import { findNodeAtLocation, getNodeValue, parseTree, stripComments, type Node, type ParseError } from 'jsonc-parser';
import { INVOCATION_TYPES, LOG_TYPES } from './invocation.ts';
import { positionAt } from './json.ts';
import { parseLocalFunctions, type LocalFunction } from './localFunctions.ts';
import { message, toSentence, type Message } from './messages.ts';
import type { Preset } from './preset.ts';

/** A presets file as read. Presets that are not complete are left out and told in `problems`. */
export interface PresetsFile {
  readonly presets: readonly Preset[];
  readonly localFunctions: Readonly<Record<string, LocalFunction>>;
  readonly problems: readonly Message[];
}

export const EMPTY_PRESETS_FILE: PresetsFile = { presets: [], localFunctions: {}, problems: [] };

const TEXT_FIELDS = [
  'name',
  'FunctionName',
  'Qualifier',
  'TenantId',
  'DurableExecutionName',
  'payloadFile',
  'profile',
  'region',
] as const satisfies readonly (keyof Preset)[];

const CHOICES = { InvocationType: INVOCATION_TYPES, LogType: LOG_TYPES, endpoint: ['local'] } as const;

type Fields = Record<string, Node>;

function fieldsOf(node: Node): Fields {
  const properties = (node.children ?? []).flatMap(({ children }) => {
    const [key, value] = children ?? [];
    return key !== undefined && value !== undefined ? [[String(getNodeValue(key)), value] as const] : [];
  });
  return Object.fromEntries(properties);
}

/** The text of a value as it stands in the file, token by token; comments inside it go, since Lambda takes JSON. */
function sourceText(text: string, node: Node): string {
  const source = text.slice(node.offset, node.offset + node.length);
  return node.type === 'string' ? String(getNodeValue(node)) : stripComments(source);
}

function parsePreset(text: string, fields: Fields): Preset | Message {
  const preset: Record<string, string> = {};
  for (const field of TEXT_FIELDS) {
    const node = fields[field];
    if (node === undefined) continue;
    if (node.type !== 'string') return message('presetFieldType', field, 'a text');
    preset[field] = String(getNodeValue(node));
  }
  for (const [field, choices] of Object.entries(CHOICES)) {
    const node = fields[field];
    if (node === undefined) continue;
    const value: unknown = getNodeValue(node);
    const choice = choices.find((known) => known === value);
    if (choice === undefined)
      return message('presetFieldType', field, choices.map((known) => `"${known}"`).join(' | '));
    preset[field] = choice;
  }
  const { ClientContext, Payload } = fields;
  if (ClientContext !== undefined) {
    if (ClientContext.type !== 'object') return message('presetFieldType', 'ClientContext', 'a JSON object');
    preset['ClientContext'] = sourceText(text, ClientContext);
  }
  if (Payload !== undefined) preset['Payload'] = sourceText(text, Payload);
  if (preset['name'] === undefined || preset['name'] === '') return message('presetNeedsName');
  if (preset['FunctionName'] === undefined) return message('presetNeedsFunction');
  if (Payload !== undefined && preset['payloadFile'] !== undefined) return message('presetTwoPayloads');
  // Every key above is one of Preset's and every value was checked against its type.
  return preset as unknown as Preset;
}

/** Where a presets file is broken, as a sentence that names line and column; undefined where it can be read. */
export function presetsFileError(text: string, fileName: string): Message | undefined {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error !== undefined) {
    const { line, column } = positionAt(text, error.offset);
    return message('presetsBroken', fileName, String(line), String(column));
  }
  const isExpected = (key: string, type: string) => {
    const node = root && findNodeAtLocation(root, [key]);
    return node === undefined || node.type === type;
  };
  const isWhole = root?.type === 'object' && isExpected('presets', 'array') && isExpected('localFunctions', 'object');
  return isWhole ? undefined : message('presetsNotObject', fileName);
}

/**
 * Reads `.vscode/lambda-invoke.json`: JSON with comments, `{ "presets": [], "localFunctions": {} }`. A broken file gives
 * one problem with line and column and nothing else; a broken entry costs only itself. Unknown keys are left alone.
 */
export function parsePresetsFile(text: string, fileName: string): PresetsFile {
  const broken = presetsFileError(text, fileName);
  if (broken !== undefined) return { ...EMPTY_PRESETS_FILE, problems: [broken] };
  const root = parseTree(text, [], { allowTrailingComma: true });
  const presets: Preset[] = [];
  const problems: Message[] = [];
  const entries = root && findNodeAtLocation(root, ['presets'])?.children;
  for (const node of entries ?? []) {
    const preset = parsePreset(text, fieldsOf(node));
    if ('code' in preset) {
      const line = String(positionAt(text, node.offset).line);
      problems.push(message('presetInvalid', line, fileName, toSentence(preset)));
    } else presets.push(preset);
  }
  const functions = root && findNodeAtLocation(root, ['localFunctions']);
  const localFunctions = functions === undefined ? {} : parseLocalFunctions(getNodeValue(functions));
  return { presets, localFunctions, problems };
}
