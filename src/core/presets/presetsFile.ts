import { findNodeAtLocation, getNodeValue, type Node, type ParseError } from 'jsonc-parser';
import { INVOCATION_TYPES, INVOKE_MODES, LOG_TYPES } from '../invocation/invocation.ts';
import { decodeBase64Text } from '../invocation/base64.ts';
import { hasTooMuch, shownAddress } from '../connection/endpointAddress.ts';
import { hasTooManyValues, MAX_JSON_VALUES } from '../json/jsonShape.ts';
import { createLineCounter } from '../json/lineCounter.ts';
import { parseJsonTree } from '../json/parseJsonc.ts';
import { findJsonError, positionAt, strictJson } from '../json/jsonText.ts';
import { parseLocalFunctions, type LocalFunction } from '../functions/localFunctions.ts';
import { message, toSentence, type Message } from '../messages/messages.ts';
import type { Preset } from './preset.ts';

/** A preset and its place in the file. */
export interface PresetEntry {
  readonly preset: Preset;
  /** Among all entries, also those that are not complete. */
  readonly index: number;
  /** Where it begins in the text, in UTF-16 units. */
  readonly offset: number;
}

/** A presets file as read. Presets that are not complete are left out and told in `problems`. */
export interface PresetsFile {
  readonly entries: readonly PresetEntry[];
  readonly localFunctions: Readonly<Record<string, LocalFunction>>;
  readonly problems: readonly Message[];
}

export const EMPTY_PRESETS_FILE: PresetsFile = { entries: [], localFunctions: {}, problems: [] };

const TEXT_FIELDS = [
  'name',
  'group',
  'FunctionName',
  'Qualifier',
  'TenantId',
  'DurableExecutionName',
  'payloadFile',
  'profile',
  'region',
  'endpoint',
] as const satisfies readonly (keyof Preset)[];

const CHOICES = {
  InvocationType: INVOCATION_TYPES,
  LogType: LOG_TYPES,
  InvokeMode: INVOKE_MODES,
} as const;

/** An address; a variable may stand for all of it. */
const ENDPOINT = /^(https?:\/\/[^/]|\$\{)/i;

export type Fields = Readonly<Record<string, Node>>;

/** The values of an object's keys; of a key that stands twice, the last. */
export function fieldsOf(node: Node): Fields {
  const properties = (node.children ?? []).flatMap(({ children }) => {
    const [key, value] = children ?? [];
    return key !== undefined && value !== undefined ? [[String(getNodeValue(key)), value] as const] : [];
  });
  return Object.fromEntries(properties);
}

/** The text of a value as it stands in the file, token by token; what only JSON with comments allows goes. */
function sourceText(text: string, node: Node): string {
  const source = text.slice(node.offset, node.offset + node.length);
  return node.type === 'string' ? String(getNodeValue(node)) : strictJson(source);
}

/** ClientContext as the text of a JSON object: an object in the file, or the base64 of one, as CLI skeletons hold it. */
function clientContextText(text: string, node: Node): string | undefined {
  if (node.type === 'object') return sourceText(text, node);
  const decoded = node.type === 'string' ? decodeBase64Text(String(getNodeValue(node))) : undefined;
  const isObject = decoded !== undefined && /^\s*\{/.test(decoded) && findJsonError(decoded) === undefined;
  return isObject ? decoded : undefined;
}

/** A preset of an entry's fields, or what keeps it from being one. */
export function parsePreset(text: string, fields: Fields): Preset | Message {
  const preset: Record<string, string | boolean> = {};
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
  const { endpoint } = preset;
  if (typeof endpoint === 'string' && hasTooMuch(endpoint)) {
    return message('endpointTooMuch', shownAddress(endpoint), 'endpoint');
  }
  if (typeof endpoint === 'string' && endpoint !== 'local' && !ENDPOINT.test(endpoint)) {
    return message('presetFieldType', 'endpoint', '"local" or an address that begins with http:// or https://');
  }
  const { ClientContext, Payload, payloadFileVariables } = fields;
  if (ClientContext !== undefined) {
    const context = clientContextText(text, ClientContext);
    if (context === undefined)
      return message('presetFieldType', 'ClientContext', 'a JSON object, or the base64 of one');
    preset['ClientContext'] = context;
  }
  if (payloadFileVariables !== undefined) {
    if (payloadFileVariables.type !== 'boolean')
      return message('presetFieldType', 'payloadFileVariables', 'true or false');
    preset['payloadFileVariables'] = getNodeValue(payloadFileVariables) === true;
  }
  if (Payload !== undefined) preset['Payload'] = sourceText(text, Payload);
  if (preset['name'] === undefined || preset['name'] === '') return message('presetNeedsName');
  if (preset['FunctionName'] === undefined) return message('presetNeedsFunction');
  if (Payload !== undefined && preset['payloadFile'] !== undefined) return message('presetTwoPayloads');
  // Every key above is one of Preset's and every value was checked against its type.
  return preset as unknown as Preset;
}

/** The second of two equal keys of an object: which one was meant cannot be known. */
export function keyThatStandsTwice(node: Node): Node | undefined {
  const seen = new Set<unknown>();
  for (const { children } of node.children ?? []) {
    const [key] = children ?? [];
    const name: unknown = key && getNodeValue(key);
    if (seen.has(name)) return key;
    seen.add(name);
  }
  return undefined;
}

/** A byte order mark is no part of the JSON; a space in its place keeps every offset. */
function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? ` ${text.slice(1)}` : text;
}

/** Where a presets file is broken, as a sentence that names line and column; undefined where it can be read. */
export function presetsFileError(given: string, fileName: string): Message | undefined {
  const text = withoutMark(given);
  if (text.trim() === '') return undefined; // an empty file has no presets yet
  if (hasTooManyValues(text)) return message('presetsTooLarge', fileName, MAX_JSON_VALUES);
  const errors: ParseError[] = [];
  const root = parseJsonTree(text, errors);
  const [error] = errors;
  if (error !== undefined) {
    const { line, column } = positionAt(text, error.offset);
    return message('presetsBroken', fileName, String(line), String(column));
  }
  const twice = root && keyThatStandsTwice(root);
  if (twice !== undefined) {
    const { line, column } = positionAt(text, twice.offset);
    return message('presetsTwice', fileName, String(getNodeValue(twice)), String(line), String(column));
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
export function parsePresetsFile(given: string, fileName: string): PresetsFile {
  const text = withoutMark(given);
  const broken = presetsFileError(text, fileName);
  if (broken !== undefined) return { ...EMPTY_PRESETS_FILE, problems: [broken] };
  const root = parseJsonTree(text);
  const lineAt = createLineCounter(text);
  const entries: PresetEntry[] = [];
  const problems: Message[] = [];
  const nodes = root && findNodeAtLocation(root, ['presets'])?.children;
  for (const [index, node] of (nodes ?? []).entries()) {
    const preset = parsePreset(text, fieldsOf(node));
    if ('code' in preset) {
      const line = String(lineAt(node.offset));
      problems.push(message('presetInvalid', line, fileName, toSentence(preset)));
    } else entries.push({ preset, index, offset: node.offset });
  }
  const functions = root && findNodeAtLocation(root, ['localFunctions']);
  const localFunctions = functions === undefined ? {} : parseLocalFunctions(getNodeValue(functions));
  return { entries, localFunctions, problems };
}
