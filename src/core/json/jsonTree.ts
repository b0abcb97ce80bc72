import { readToken, type JsonToken } from './jsonScan.ts';
import { MAX_DEPTH } from './jsonText.ts';

/** A member of an object. Its key as a text, and as written. */
export interface JsonMember {
  readonly key: string;
  readonly keySource: string;
  readonly value: JsonTree;
}

/**
 * A JSON value with everything in its text except white space: the digits of numbers, the escapes of strings, and the
 * order of keys, including duplicate keys.
 */
export type JsonTree =
  | { readonly kind: 'object'; readonly members: readonly JsonMember[] }
  | { readonly kind: 'array'; readonly elements: readonly JsonTree[] }
  /** The source includes the quotes of a string. */
  | { readonly kind: 'string' | 'number' | 'word'; readonly source: string };

type Open =
  | { readonly kind: 'object'; readonly members: JsonMember[]; key: string | undefined }
  | { readonly kind: 'array'; readonly elements: JsonTree[] };

function place(value: JsonTree, into: Open): void {
  if (into.kind === 'array') into.elements.push(value);
  else if (into.key !== undefined) {
    into.members.push({ key: JSON.parse(into.key) as string, keySource: into.key, value });
    into.key = undefined;
  }
}

/** The value of a token that isn't a bracket. */
function scalar(text: string, { kind, start, end }: JsonToken): JsonTree | undefined {
  return kind === 'punctuation' ? undefined : { kind, source: text.slice(start, end) };
}

/** Reads JSON. Undefined if it's invalid (RFC 8259) or nested deeper than 200 levels. Iterative. */
export function readJsonTree(text: string): JsonTree | undefined {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  const root: Open = { kind: 'array', elements: [] };
  const open: Open[] = [root];
  for (let at = 0; ;) {
    const token = readToken(text, at);
    const into = open.at(-1);
    if (token === undefined || 'errorOffset' in token || into === undefined) return root.elements[0];
    at = token.end;
    const symbol = text[token.start];
    if (symbol === '{' || symbol === '[') {
      const opened: Open =
        symbol === '{' ? { kind: 'object', members: [], key: undefined } : { kind: 'array', elements: [] };
      if (open.push(opened) > MAX_DEPTH + 1) return undefined;
    } else if (symbol === '}' || symbol === ']') {
      open.pop();
      const parent = open.at(-1);
      if (parent !== undefined) place(into, parent);
    } else if (into.kind === 'object' && into.key === undefined && token.kind === 'string') {
      into.key = text.slice(token.start, token.end);
    } else {
      const value = scalar(text, token);
      if (value !== undefined) place(value, into);
    }
  }
}

const STEP = '  ';

/** Formats a value with two spaces per level. Recursive, because a tree has at most 200 levels. */
export function printJsonTree(tree: JsonTree, indent = ''): string {
  const inner = indent + STEP;
  switch (tree.kind) {
    case 'object': {
      const lines = tree.members.map(({ keySource, value }) => `${inner}${keySource}: ${printJsonTree(value, inner)}`);
      return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n${indent}}`;
    }
    case 'array': {
      const lines = tree.elements.map((element) => `${inner}${printJsonTree(element, inner)}`);
      return lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n${indent}]`;
    }
    case 'string':
    case 'number':
    case 'word':
      return tree.source;
  }
}

/** Sorts the keys of all objects by their UTF-16 units. Duplicate keys stay in their order. */
export function withSortedKeys(tree: JsonTree): JsonTree {
  switch (tree.kind) {
    case 'object': {
      const members = tree.members.toSorted((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0));
      return { kind: 'object', members: members.map((member) => ({ ...member, value: withSortedKeys(member.value) })) };
    }
    case 'array':
      return { kind: 'array', elements: tree.elements.map(withSortedKeys) };
    case 'string':
    case 'number':
    case 'word':
      return tree;
  }
}
