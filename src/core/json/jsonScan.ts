/** A JSON token, located by its offsets in UTF-16 units. */
export interface JsonToken {
  readonly kind: 'punctuation' | 'string' | 'number' | 'word';
  readonly start: number;
  readonly end: number;
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;

/** The end offset of the string literal that starts at `start`, or the offset where it becomes invalid. */
function stringEnd(text: string, start: number): { readonly end: number } | { readonly errorOffset: number } {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return { end: at + 1 };
    if (code < 0x20) return { errorOffset: at };
    if (code !== 0x5c) continue;
    ESCAPE.lastIndex = at;
    if (!ESCAPE.test(text)) return { errorOffset: at };
    at = ESCAPE.lastIndex - 1;
  }
  return { errorOffset: start };
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\n\r'.includes(text[at] ?? '')) at++;
  return at;
}

/**
 * Reads the next token at or after an offset. Returns `{ errorOffset }` for an invalid token and undefined at the end of the
 * text.
 */
export function readToken(text: string, from: number): JsonToken | { readonly errorOffset: number } | undefined {
  const start = skipSpace(text, from);
  const first = text[start];
  if (first === undefined) return undefined;
  if ('{}[]:,'.includes(first)) return { kind: 'punctuation', start, end: start + 1 };
  if (first === '"') {
    const result = stringEnd(text, start);
    return 'end' in result ? { kind: 'string', start, end: result.end } : result;
  }
  for (const [kind, pattern] of [
    ['number', NUMBER],
    ['word', WORD],
  ] as const) {
    pattern.lastIndex = start;
    if (pattern.test(text)) return { kind, start, end: pattern.lastIndex };
  }
  return { errorOffset: start };
}

type Expected = 'value' | 'valueOrEnd' | 'key' | 'keyOrEnd' | 'colon' | 'commaOrEnd' | 'nothing';

/** Checks the order of tokens. Iterative, so that deep nesting can't overflow the stack. */
export class JsonGrammar {
  readonly #open: ('{' | '[')[] = [];
  #expected: Expected = 'value';

  /** Whether the text is complete and may end here. */
  get isComplete(): boolean {
    return this.#expected === 'nothing';
  }

  /** Consumes the next token. Returns false where the grammar doesn't allow it. */
  take(token: JsonToken, text: string): boolean {
    const symbol = token.kind === 'punctuation' ? (text[token.start] ?? '') : token.kind;
    switch (this.#expected) {
      case 'value':
        return this.#value(symbol);
      case 'valueOrEnd':
        return symbol === ']' ? this.#close(symbol) : this.#value(symbol);
      case 'keyOrEnd':
        return symbol === '}' ? this.#close(symbol) : this.#next(symbol === 'string', 'colon');
      case 'key':
        return this.#next(symbol === 'string', 'colon');
      case 'colon':
        return this.#next(symbol === ':', 'value');
      case 'commaOrEnd':
        if (symbol === ',') return this.#next(true, this.#open.at(-1) === '{' ? 'key' : 'value');
        return this.#close(symbol);
      case 'nothing':
        return false;
    }
  }

  #next(isValid: boolean, expected: Expected): boolean {
    this.#expected = expected;
    return isValid;
  }

  #value(symbol: string): boolean {
    if (symbol === '{' || symbol === '[') {
      this.#open.push(symbol);
      return this.#next(true, symbol === '{' ? 'keyOrEnd' : 'valueOrEnd');
    }
    return this.#next(/^(string|number|word)$/.test(symbol), this.#open.length === 0 ? 'nothing' : 'commaOrEnd');
  }

  #close(symbol: string): boolean {
    const isValid = this.#open.pop() === (symbol === '}' ? '{' : '[') && (symbol === '}' || symbol === ']');
    return this.#next(isValid, this.#open.length === 0 ? 'nothing' : 'commaOrEnd');
  }
}

/** The offset of the first JSON syntax error (RFC 8259), or undefined for valid JSON. */
export function jsonErrorOffset(text: string): number | undefined {
  const grammar = new JsonGrammar();
  let at = 0;
  for (;;) {
    const token = readToken(text, at);
    if (token === undefined) return grammar.isComplete ? undefined : text.length;
    if ('errorOffset' in token) return token.errorOffset;
    if (!grammar.take(token, text)) return token.start;
    at = token.end;
  }
}
