import { readToken } from './jsonScan.ts';
import { createLineCounter } from './lineCounter.ts';

/** The 1-based line of each key in the root object's property `property`. The text must be valid JSON. */
export function jsonKeyLines(text: string, property: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  let depth = 0;
  let rootKey = '';
  let previous = '';
  const lineAt = createLineCounter(text);
  for (let at = 0; ;) {
    const token = readToken(text, at);
    if (token === undefined || 'errorOffset' in token) return lines;
    const symbol = token.kind === 'punctuation' ? (text[token.start] ?? '') : token.kind;
    const isKey = symbol === 'string' && depth <= 2 && (previous === '{' || previous === ',');
    if (symbol === '{' || symbol === '[') depth++;
    else if (symbol === '}' || symbol === ']') depth--;
    else if (isKey && (depth === 1 || rootKey === property)) {
      const key = String(JSON.parse(text.slice(token.start, token.end)));
      if (depth === 1) rootKey = key;
      else lines.set(key, lineAt(token.start));
    }
    previous = symbol;
    at = token.end;
  }
}
