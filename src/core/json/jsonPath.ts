import { readToken } from './jsonScan.ts';

/** An open object or array. Offsets in UTF-16 units. */
export interface JsonFrame {
  readonly start: number;
  readonly isArray: boolean;
  /** The index of the current element of an array. */
  readonly index: number;
  /** The range of the current key of an object, with its quotes. */
  readonly keyStart: number;
  readonly keyEnd: number;
}

/** The state at the start of a token. */
export interface JsonPosition {
  readonly offset: number;
  readonly frames: readonly JsonFrame[];
  /** Whether the token is a key. */
  readonly isKey: boolean;
}

/** A value in a JSON text: its range and its path from the root, such as `$.a[0]["b c"]`. */
export interface JsonNode {
  readonly start: number;
  readonly end: number;
  readonly path: string;
}

const JSON_START: JsonPosition = { offset: 0, frames: [], isKey: false };

function stepText(text: string, { isArray, index, keyStart, keyEnd }: JsonFrame): string {
  if (isArray) return `[${index}]`;
  const key = text.slice(keyStart, keyEnd);
  return /^"[A-Za-z_$][\w$]*"$/.test(key) ? `.${key.slice(1, -1)}` : `[${key}]`;
}

function pathText(text: string, frames: readonly JsonFrame[]): string {
  return `$${frames.map((frame) => stepText(text, frame)).join('')}`;
}

/** The offset after the object or array at `start`, or the end of the text. */
function containerEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; ;) {
    const token = readToken(text, at);
    if (token === undefined || 'errorOffset' in token) return text.length;
    const symbol = text[token.start];
    if (symbol === '{' || symbol === '[') depth++;
    else if ((symbol === '}' || symbol === ']') && --depth === 0) return token.end;
    at = token.end;
  }
}

/**
 * The value at an offset of valid JSON: of a key, its value; of a bracket, the object or array; of a comma or white
 * space, the value before. `from` is an earlier position, so that the text isn't scanned from its start.
 */
export function jsonNodeAt(text: string, offset: number, from: JsonPosition = JSON_START): JsonNode | undefined {
  const frames = [...from.frames];
  let node: { readonly start: number; readonly end?: number; readonly path: string } | undefined;
  let { isKey } = from;
  let needsValue = false;
  for (let at = from.offset; ;) {
    const token = readToken(text, at);
    if (token === undefined || 'errorOffset' in token || (token.start > offset && node !== undefined && !needsValue))
      break;
    const symbol = token.kind === 'punctuation' ? text[token.start] : token.kind;
    const frame = frames.at(-1);
    if (symbol === ':') {
      at = token.end;
      continue;
    }
    if (symbol === ',') {
      if (frame?.isArray === true) frames[frames.length - 1] = { ...frame, index: frame.index + 1 };
      isKey = frame?.isArray === false;
    } else if (isKey && symbol === 'string' && frame !== undefined) {
      frames[frames.length - 1] = { ...frame, keyStart: token.start, keyEnd: token.end };
      isKey = false;
      needsValue = true;
    } else if (symbol === '}' || symbol === ']') {
      frames.pop();
      isKey = false;
      if (frame !== undefined) node = { start: frame.start, end: token.end, path: pathText(text, frames) };
    } else {
      const isOpening = symbol === '{' || symbol === '[';
      node = { start: token.start, ...(!isOpening && { end: token.end }), path: pathText(text, frames) };
      needsValue = false;
      isKey = symbol === '{';
      if (isOpening) {
        frames.push({ start: token.start, isArray: symbol === '[', index: 0, keyStart: 0, keyEnd: 0 });
      }
    }
    at = token.end;
  }
  return node && { start: node.start, end: node.end ?? containerEnd(text, node.start), path: node.path };
}
