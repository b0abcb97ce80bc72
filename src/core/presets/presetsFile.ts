import { findNodeAtLocation, getNodeValue, type Node, type ParseError } from 'jsonc-parser';
import { INVOCATION_TYPES, INVOKE_MODES, LOG_TYPES } from '../invocation/invocation.ts';
import { decodeBase64Text } from '../invocation/base64.ts';
import { hasExtraParts, shownAddress } from '../connection/endpointAddress.ts';
import { parseExactJson } from '../json/exactNumbers.ts';
import { hasTooManyValues, MAX_JSON_VALUES } from '../json/jsonShape.ts';
import { createLineCounter } from '../json/lineCounter.ts';
import { parseJsonTree } from '../json/parseJsonc.ts';
import { findJsonError, positionAt, strictJson } from '../json/jsonText.ts';
import { parseEnvironments, parseLocalFunctions, type LocalFunction } from '../functions/localFunctions.ts';
import { message, toSentence, type Message } from '../messages/messages.ts';
import type { Preset } from './preset.ts';
import { parseEnvironmentVariables } from './presetEnvironment.ts';

/** A preset and its position in the file. */
export interface PresetEntry {
  readonly preset: Preset;
  /** The index among all entries, including incomplete ones. */
  readonly index: number;
  /** The start offset, and the length of its text, in UTF-16 units. */
  readonly offset: number;
  readonly length: number;
}

/** A parsed presets file. Incomplete presets are omitted and reported in `problems`. */
export interface PresetsFile {
  readonly entries: readonly PresetEntry[];
  readonly localFunctions: Readonly<Record<string, LocalFunction>>;
  /** Environment variables for functions of templates, by name. */
  readonly environments: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly problems: readonly Message[];
}

export const EMPTY_PRESETS_FILE: PresetsFile = { entries: [], localFunctions: {}, environments: {}, problems: [] };

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
  'cases',
] as const satisfies readonly (keyof Preset)[];

const CHOICES = {
  InvocationType: INVOCATION_TYPES,
  LogType: LOG_TYPES,
  InvokeMode: INVOKE_MODES,
} as const;

/** An address, which may start with a variable. */
const ENDPOINT = /^(https?:\/\/[^/]|\$\{)/i;

export type Fields = Readonly<Record<string, Node>>;

/** The value nodes of an object by key. For a duplicate key, the last one wins. */
export function fieldsOf(node: Node): Fields {
  const properties = (node.children ?? []).flatMap(({ children }) => {
    const [key, value] = children ?? [];
    return key !== undefined && value !== undefined ? [[String(getNodeValue(key)), value] as const] : [];
  });
  return Object.fromEntries(properties);
}

/** The exact source text of a value, without comments and trailing commas. */
function sourceText(text: string, node: Node): string {
  const source = text.slice(node.offset, node.offset + node.length);
  if (node.type === 'string') return String(getNodeValue(node));
  return findJsonError(source) === undefined ? source : strictJson(source); // most payloads have no comments
}

/** A value in which numbers keep their digits (see parseExactJson), unless it's nested too deeply. */
function exactValue(text: string, node: Node): unknown {
  try {
    return parseExactJson(sourceText(text, node));
  } catch {
    return getNodeValue(node);
  }
}

/** ClientContext as the text of a JSON object. The file has an object, or base64 of one as in CLI skeletons. */
function clientContextText(text: string, node: Node): string | undefined {
  if (node.type === 'object') return sourceText(text, node);
  const decoded = node.type === 'string' ? decodeBase64Text(String(getNodeValue(node))) : undefined;
  const isObject = decoded !== undefined && /^\s*\{/.test(decoded) && findJsonError(decoded) === undefined;
  return isObject ? decoded : undefined;
}

/** Parses an entry's fields, or returns why they aren't a valid preset. */
export function parsePreset(text: string, fields: Fields): Preset | Message {
  const preset: Record<string, string | boolean> = {};
  for (const field of TEXT_FIELDS) {
    const node = fields[field];
    if (node === undefined) continue;
    if (node.type !== 'string') return message('presetNotText', field);
    preset[field] = String(getNodeValue(node));
  }
  for (const [field, choices] of Object.entries(CHOICES)) {
    const node = fields[field];
    if (node === undefined) continue;
    const value: unknown = getNodeValue(node);
    const choice = choices.find((known) => known === value);
    if (choice === undefined) return message('presetNotChoice', field, choices.map((known) => `"${known}"`).join(', '));
    preset[field] = choice;
  }
  const { endpoint } = preset;
  if (typeof endpoint === 'string' && hasExtraParts(endpoint)) {
    return message('endpointTooMuch', shownAddress(endpoint), 'endpoint');
  }
  if (typeof endpoint === 'string' && endpoint !== 'local' && !ENDPOINT.test(endpoint)) {
    return message('presetEndpoint');
  }
  const { ClientContext, Payload, payloadFileVariables, environment, expect, tags } = fields;
  if (ClientContext !== undefined) {
    const context = clientContextText(text, ClientContext);
    if (context === undefined) return message('presetClientContext');
    preset['ClientContext'] = context;
  }
  if (payloadFileVariables !== undefined) {
    if (payloadFileVariables.type !== 'boolean') return message('presetNotBoolean', 'payloadFileVariables');
    preset['payloadFileVariables'] = getNodeValue(payloadFileVariables) === true;
  }
  if (environment !== undefined) {
    const variables = sourceText(text, environment);
    if (environment.type !== 'object' || parseEnvironmentVariables(variables) === undefined)
      return message('presetEnvironment');
    preset['environment'] = variables;
  }
  if (expect !== undefined) {
    if (expect.type !== 'object') return message('expectNotObject');
    preset['expect'] = sourceText(text, expect);
  }
  if (tags !== undefined) {
    if (tags.type !== 'array' || tags.children?.some(({ type }) => type !== 'string') === true)
      return message('expectNotTexts', 'tags');
    preset['tags'] = sourceText(text, tags);
  }
  if (Payload !== undefined) preset['Payload'] = sourceText(text, Payload);
  if (preset['name'] === undefined || preset['name'] === '') return message('presetNeedsName');
  if (preset['FunctionName'] === undefined) return message('presetNeedsFunction');
  if (Payload !== undefined && preset['payloadFile'] !== undefined) return message('presetTwoPayloads');
  // All keys above are keys of Preset, and each value was checked against its type.
  return preset as unknown as Preset;
}

/** The second occurrence of a duplicate key. Which value was intended is ambiguous. */
export function duplicateKey(node: Node): Node | undefined {
  const seen = new Set<unknown>();
  for (const { children } of node.children ?? []) {
    const [key] = children ?? [];
    const name: unknown = key && getNodeValue(key);
    if (seen.has(name)) return key;
    seen.add(name);
  }
  return undefined;
}

/** Replaces a byte order mark, which isn't valid JSON, with a space, so that offsets stay the same. */
function withoutBom(text: string): string {
  return text.startsWith('\ufeff') ? ` ${text.slice(1)}` : text;
}

/** The parsed text of a readable presets file, which is undefined if it's empty, or the error with line and column. */
type PresetsTree = { readonly root: Node | undefined } | { readonly error: Message };

/** Parses the text of a presets file once, because parsing a large file takes most of the time to read it. */
export function parsePresetsTree(rawText: string, fileName: string): PresetsTree {
  const text = withoutBom(rawText);
  if (text.trim() === '') return { root: undefined }; // an empty file has no presets yet
  if (hasTooManyValues(text)) return { error: message('presetsTooLarge', fileName, MAX_JSON_VALUES) };
  const errors: ParseError[] = [];
  const root = parseJsonTree(text, errors);
  const [error] = errors;
  if (error !== undefined) {
    const { line, column } = positionAt(text, error.offset);
    return { error: message('presetsBroken', fileName, String(line), String(column)) };
  }
  const duplicate = root && duplicateKey(root);
  if (duplicate !== undefined) {
    const { line, column } = positionAt(text, duplicate.offset);
    return { error: message('presetsTwice', fileName, String(getNodeValue(duplicate)), String(line), String(column)) };
  }
  const isExpected = (key: string, type: string) => {
    const node = root && findNodeAtLocation(root, [key]);
    return node === undefined || node.type === type;
  };
  const hasValidShape =
    root?.type === 'object' && isExpected('presets', 'array') && isExpected('localFunctions', 'object');
  return hasValidShape ? { root } : { error: message('presetsNotObject', fileName) };
}

/** The error that makes a presets file unreadable, with line and column, or undefined. */
export function presetsFileError(text: string, fileName: string): Message | undefined {
  const tree = parsePresetsTree(text, fileName);
  return 'error' in tree ? tree.error : undefined;
}

/**
 * Parses `.vscode/lambda-invoke.json`: JSON with comments, `{ "presets": [], "localFunctions": {} }`. Invalid JSON
 * results in a single problem with line and column. An invalid entry is reported without affecting the others.
 */
export function parsePresetsFile(rawText: string, fileName: string): PresetsFile {
  const text = withoutBom(rawText);
  const tree = parsePresetsTree(text, fileName);
  if ('error' in tree) return { ...EMPTY_PRESETS_FILE, problems: [tree.error] };
  const { root } = tree;
  const lineAt = createLineCounter(text);
  const entries: PresetEntry[] = [];
  const problems: Message[] = [];
  const nodes = root && findNodeAtLocation(root, ['presets'])?.children;
  for (const [index, node] of (nodes ?? []).entries()) {
    const preset = parsePreset(text, fieldsOf(node));
    if ('code' in preset) {
      const line = String(lineAt(node.offset));
      problems.push(message('presetInvalid', line, fileName, toSentence(preset)));
    } else entries.push({ preset, index, offset: node.offset, length: node.length });
  }
  const functions = root && findNodeAtLocation(root, ['localFunctions']);
  const exact = functions && exactValue(text, functions);
  const localFunctions = functions === undefined ? {} : parseLocalFunctions(getNodeValue(functions), exact);
  return { entries, localFunctions, environments: parseEnvironments(exact), problems };
}
