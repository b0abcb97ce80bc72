import { readToken, type JsonToken } from '../json/jsonScan.ts';
import type { LogEntry, LogField } from './logEntry.ts';

/** Deeper values are shown as they are written. */
const MAX_DEPTH = 32;

/** The offset after the value that starts at `from`. The text is valid JSON. */
function valueEnd(text: string, from: number): number {
  let depth = 0;
  for (let at = from; ;) {
    const token = readToken(text, at);
    if (token === undefined || 'errorOffset' in token) return text.length;
    const symbol = text[token.start];
    if (symbol === '{' || symbol === '[') depth++;
    else if (symbol === '}' || symbol === ']') depth--;
    if (depth === 0) return token.end;
    at = token.end;
  }
}

function unquoted(text: string, { start, end }: JsonToken): string {
  return String(JSON.parse(text.slice(start, end)));
}

/** Reads the members of the object or array at an offset, and the offset after it. */
function readMembers(text: string, from: number, depth: number): { members: LogField[]; end: number } {
  const members: LogField[] = [];
  const isObject = text[from] === '{';
  let key: string | undefined;
  for (let at = from + 1; ;) {
    const token = readToken(text, at);
    if (token === undefined || 'errorOffset' in token) return { members, end: text.length };
    const symbol = text[token.start] ?? '';
    at = token.end;
    if (symbol === '}' || symbol === ']') return { members, end: at };
    if (symbol === ',' || symbol === ':') continue;
    if (isObject && key === undefined) {
      key = unquoted(text, token);
      continue;
    }
    const field = readValue(text, token, depth, key ?? String(members.length));
    members.push(field.field);
    at = field.end;
    key = undefined;
  }
}

function readValue(text: string, token: JsonToken, depth: number, key: string): { field: LogField; end: number } {
  const { start, end, kind } = token;
  if (kind === 'string') return { field: { key, kind, text: unquoted(text, token) }, end };
  if (kind !== 'punctuation') return { field: { key, kind, text: text.slice(start, end) }, end };
  const container = text[start] === '{' ? 'object' : 'array';
  if (depth >= MAX_DEPTH) {
    const after = valueEnd(text, start);
    return { field: { key, kind: container, text: text.slice(start, after) }, end: after };
  }
  const inner = readMembers(text, start, depth + 1);
  return {
    field: { key, kind: container, text: text.slice(start, inner.end), members: inner.members },
    end: inner.end,
  };
}

/** The members of a valid JSON object, in their order and with duplicate keys. */
export function readFields(json: string): readonly LogField[] {
  const start = json.indexOf('{');
  return start === -1 ? [] : readMembers(json, start, 0).members;
}

/** The fields of an entry that aren't shown elsewhere, in their order. */
export function fieldsOf({ fieldSource }: Pick<LogEntry, 'fieldSource'>): readonly LogField[] {
  if (fieldSource === undefined) return [];
  if (fieldSource.kind === 'pairs') return fieldSource.pairs;
  const { json, usedKeys, liftedKey } = fieldSource;
  return readFields(json).flatMap((field) => {
    if (field.key === liftedKey && field.kind === 'object') {
      return (field.members ?? []).filter(({ key }) => !usedKeys.includes(`${liftedKey}.${key}`));
    }
    return usedKeys.includes(field.key) ? [] : [field];
  });
}
