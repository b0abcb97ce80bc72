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
function stringEnd(text: string, start: number): { readonly end: number } | { readonly wrong: number } {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return { end: at + 1 };
    if (code < 0x20) return { wrong: at };
    if (code !== 0x5c) continue;
    ESCAPE.lastIndex = at;
    if (!ESCAPE.test(text)) return { wrong: at };
    at = ESCAPE.lastIndex - 1;
  }
  return { wrong: start };
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\n\r'.includes(text[at] ?? '')) at++;
  return at;
}

/**
 * Reads the next token at or after an offset. Returns `{ wrong }` for an invalid token and undefined at the end of the
 * text.
 */
export function readToken(text: string, from: number): JsonToken | { readonly wrong: number } | undefined {
  const start = skipSpace(text, from);
  const first = text[start];
  if (first === undefined) return undefined;
  if ('{}[]:,'.includes(first)) return { kind: 'punctuation', start, end: start + 1 };
  if (first === '"') {
    const found = stringEnd(text, start);
    return 'end' in found ? { kind: 'string', start, end: found.end } : found;
  }
  for (const [kind, pattern] of [
    ['number', NUMBER],
    ['word', WORD],
  ] as const) {
    pattern.lastIndex = start;
    if (pattern.test(text)) return { kind, start, end: pattern.lastIndex };
  }
  return { wrong: start };
}

type Expected = 'value' | 'valueOrEnd' | 'key' | 'keyOrEnd' | 'colon' | 'commaOrEnd' | 'nothing';

/** Checks the order of tokens. Iterative, so that deep nesting can't overflow the stack. */
class JsonGrammar {
  readonly #open: ('{' | '[')[] = [];
  #expected: Expected = 'value';

  /** Whether the text is complete and may end here. */
  get isWhole(): boolean {
    return this.#expected === 'nothing';
  }

  /** Consumes the next token. Returns false where the grammar doesn't allow it. */
  take(token: JsonToken, text: string): boolean {
    const sign = token.kind === 'punctuation' ? (text[token.start] ?? '') : token.kind;
    switch (this.#expected) {
      case 'value':
        return this.#value(sign);
      case 'valueOrEnd':
        return sign === ']' ? this.#close(sign) : this.#value(sign);
      case 'keyOrEnd':
        return sign === '}' ? this.#close(sign) : this.#next(sign === 'string', 'colon');
      case 'key':
        return this.#next(sign === 'string', 'colon');
      case 'colon':
        return this.#next(sign === ':', 'value');
      case 'commaOrEnd':
        if (sign === ',') return this.#next(true, this.#open.at(-1) === '{' ? 'key' : 'value');
        return this.#close(sign);
      case 'nothing':
        return false;
    }
  }

  #next(isRight: boolean, expected: Expected): boolean {
    this.#expected = expected;
    return isRight;
  }

  #value(sign: string): boolean {
    if (sign === '{' || sign === '[') {
      this.#open.push(sign);
      return this.#next(true, sign === '{' ? 'keyOrEnd' : 'valueOrEnd');
    }
    return this.#next(/^(string|number|word)$/.test(sign), this.#open.length === 0 ? 'nothing' : 'commaOrEnd');
  }

  #close(sign: string): boolean {
    const isRight = this.#open.pop() === (sign === '}' ? '{' : '[') && (sign === '}' || sign === ']');
    return this.#next(isRight, this.#open.length === 0 ? 'nothing' : 'commaOrEnd');
  }
}

/** The offset of the first JSON syntax error (RFC 8259), or undefined for valid JSON. */
export function jsonErrorOffset(text: string): number | undefined {
  const grammar = new JsonGrammar();
  let at = 0;
  for (;;) {
    const token = readToken(text, at);
    if (token === undefined) return grammar.isWhole ? undefined : text.length;
    if ('wrong' in token) return token.wrong;
    if (!grammar.take(token, text)) return token.start;
    at = token.end;
  }
}
