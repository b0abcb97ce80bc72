import { getNodeValue, type Node } from 'jsonc-parser';
import { toBase64 } from '../invocation/base64.ts';
import type { Invocation } from '../invocation/invocation.ts';
import { findJsonError } from '../json/jsonText.ts';
import { hasTooManyValues } from '../json/jsonShape.ts';
import { parseJsonTree } from '../json/parseJsonc.ts';
import { message } from '../messages/messages.ts';
import { fieldsOf } from '../presets/presetsFile.ts';
import {
  FIELD_OF_OPTION,
  toImportedDraft,
  type ImportedFields,
  type ImportedInvocation,
} from './importedInvocation.ts';

const KEYS = Object.values(FIELD_OF_OPTION);

/**
 * Parses a `--cli-input-json` skeleton, or returns undefined for other text. Empty strings are unfilled fields. The
 * JSON text of an object is used as written.
 */
export function parseCliInput(
  text: string,
): { readonly fields: ImportedFields; readonly unknown: readonly string[] } | undefined {
  if (findJsonError(text) !== undefined || hasTooManyValues(text)) return undefined;
  const root = parseJsonTree(text);
  if (root?.type !== 'object') return undefined;
  const nodes = fieldsOf(root);
  if (nodes['FunctionName']?.type !== 'string') return undefined;
  const textOf = (node: Node) =>
    node.type === 'string' ? String(getNodeValue(node)) : text.slice(node.offset, node.offset + node.length);
  const fields = KEYS.flatMap((key) => {
    const value = nodes[key] === undefined ? '' : textOf(nodes[key]);
    return value === '' ? [] : [[key, value] as const];
  });
  const known = new Set<string>(KEYS);
  return { fields: Object.fromEntries(fields), unknown: Object.keys(nodes).filter((key) => !known.has(key)) };
}

/** Imports a skeleton pasted without a command. */
export function importCliInput(text: string): ImportedInvocation | undefined {
  const input = parseCliInput(text);
  if (input === undefined) return undefined;
  const { draft, notes } = toImportedDraft(input.fields);
  return { draft, notes: [...notes, ...input.unknown.map((key) => message('importIgnored', key))] };
}

/**
 * Exports an invocation as a skeleton of AWS CLI v2: Invoke's input as JSON, with ClientContext and Payload as base64.
 * (`aws lambda invoke` itself has no --cli-input-json, as of 1.45 and 2.9.) `Payload` is the payload's text.
 */
export function toCliInput(invocation: Invocation, Payload: string | undefined): string {
  // InvokeMode selects the operation and isn't a field of its input.
  const { payload: _, InvokeMode: __, ClientContext, ...fields } = invocation;
  const input = {
    ...fields,
    ...(ClientContext !== undefined && { ClientContext: toBase64(ClientContext) }),
    ...(Payload !== undefined && { Payload: toBase64(Payload) }),
  };
  return `${JSON.stringify(input, undefined, 2)}\n`;
}
