import { createLineCounter } from '../json/lineCounter.ts';
import { JsonGrammar, readToken, type JsonToken } from '../json/jsonScan.ts';
import { message, type Message } from '../messages/messages.ts';
import type { Problem } from './validate.ts';

/** A problem of the payload and its range in the text. Offsets in UTF-16 units. */
export interface PayloadProblem extends Problem {
  readonly field: 'Payload';
  readonly from: number;
  readonly to: number;
}

/** Maximum duplicate keys and imprecise numbers each. */
const MAX_PER_KIND = 100;
/** The number of tokens between two yields. */
const SLICE_TOKENS = 2000;

/** Whether a double can't represent the number: beyond 2^53 or out of range. */
function exceedsDouble(number: string): boolean {
  const value = Number(number);
  if (!Number.isFinite(value)) return true;
  return /^-?\d+$/.test(number) && !Number.isSafeInteger(value) && BigInt(number) !== BigInt(value);
}

/** Collects the problems of a text from its tokens. */
class PayloadProblems {
  readonly #text: string;
  readonly #keys: (Set<string> | undefined)[] = [];
  readonly #count = { key: 0, number: 0 };
  readonly #lineAt: (offset: number) => number;
  readonly found: PayloadProblem[] = [];
  #previous = '';
  #searchedTo = 0;
  #lineStart = 0;

  constructor(text: string) {
    this.#text = text;
    this.#lineAt = createLineCounter(text);
  }

  take(token: JsonToken): void {
    const symbol = token.kind === 'punctuation' ? (this.#text[token.start] ?? '') : token.kind;
    if (symbol === '{') this.#keys.push(new Set());
    else if (symbol === '[') this.#keys.push(undefined);
    else if (symbol === '}' || symbol === ']') this.#keys.pop();
    else if (symbol === 'string' && (this.#previous === '{' || this.#previous === ',')) this.#key(token);
    else if (symbol === 'number') this.#number(token);
    this.#previous = symbol;
  }

  #key(token: JsonToken): void {
    const keys = this.#keys.at(-1);
    if (keys === undefined) return;
    const key = JSON.parse(this.#text.slice(token.start, token.end)) as string;
    if (keys.has(key) && this.#count.key++ < MAX_PER_KIND) {
      this.#add(token, (line, column) => message('payloadKeyTwice', key, line, column));
    }
    keys.add(key);
  }

  #number(token: JsonToken): void {
    const number = this.#text.slice(token.start, token.end);
    if (!number.includes('$') && exceedsDouble(number) && this.#count.number++ < MAX_PER_KIND) {
      this.#add(token, (line, column) => message('payloadTooPrecise', number, line, column));
    }
  }

  /** The 1-based column. Searches only behind the previous offset, so that a long line is scanned once. */
  #columnAt(offset: number): number {
    const lineEnd = this.#text.slice(this.#searchedTo, offset).lastIndexOf('\n');
    if (lineEnd !== -1) this.#lineStart = this.#searchedTo + lineEnd + 1;
    this.#searchedTo = offset;
    return offset - this.#lineStart + 1;
  }

  #add({ start, end }: JsonToken, toMessage: (line: number, column: number) => Message): void {
    const warning = toMessage(this.#lineAt(start), this.#columnAt(start));
    this.found.push({ field: 'Payload', message: warning, isWarning: true, from: start, to: end });
  }
}

/** The range to mark for a syntax error: the token, or the character before the end of the text. */
function errorRange(text: string, offset: number, end = offset + 1): { readonly from: number; readonly to: number } {
  if (offset < text.length) return { from: offset, to: Math.max(offset + 1, end) };
  const last = text.trimEnd().length;
  return { from: Math.max(0, last - 1), to: last };
}

function syntaxError(text: string, offset: number, end?: number): PayloadProblem {
  const column = offset - text.lastIndexOf('\n', offset - 1);
  const line = createLineCounter(text)(offset);
  return { field: 'Payload', message: message('payloadNotJson', line, column), ...errorRange(text, offset, end) };
}

/**
 * Checks a payload in slices: yields every 2,000 tokens. Returns the first syntax error (RFC 8259), or for valid JSON the
 * duplicate keys and the numbers that a double can't represent, at most 100 of each, in the order of the text. An empty
 * text has no problems. `scanned` is the text with its variables masked (see maskVariables).
 */
export function* checkPayload(text: string, scanned = text): Generator<undefined, PayloadProblem[]> {
  if (text === '') return [];
  const grammar = new JsonGrammar();
  const problems = new PayloadProblems(text);
  for (let at = 0, tokens = 1; ; tokens++) {
    if (tokens % SLICE_TOKENS === 0) yield undefined;
    const token = readToken(scanned, at);
    if (token === undefined) return grammar.isComplete ? problems.found : [syntaxError(text, text.length)];
    if ('errorOffset' in token) return [syntaxError(text, token.errorOffset)];
    if (!grammar.take(token, scanned)) return [syntaxError(text, token.start, token.end)];
    problems.take(token);
    at = token.end;
  }
}
