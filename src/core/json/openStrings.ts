const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

type State = 'outside' | 'string' | 'escape' | 'unicode' | 'lineComment' | 'blockComment' | 'broken';

/**
 * Tracks string nesting in JSON text that arrives in pieces: whether the position is inside a string, whether that
 * string itself contains JSON with an open string, and so on. Reads each character once per level, so the time is
 * linear.
 */
export class OpenStrings {
  #state: State = 'outside';
  #previous = '';
  #digits = '';
  /** The tracker for JSON inside the open string. `undecided` while only white space has arrived. */
  #nested: OpenStrings | 'undecided' | undefined;

  /** Consumes the next piece of text. */
  append(text: string): void {
    for (const character of text) this.#next(character);
  }

  /** Whether the position is in no string. */
  get isOutside(): boolean {
    return this.#state === 'outside';
  }

  /** Escapes a value for the current position: once for every enclosing string. */
  escape(value: string): string {
    if (!['string', 'escape', 'unicode', 'broken'].includes(this.#state)) return value;
    const isNested = this.#state === 'string' && this.#nested instanceof OpenStrings;
    const inner = isNested && this.#nested instanceof OpenStrings ? this.#nested.escape(value) : value;
    return JSON.stringify(inner).slice(1, -1);
  }

  #next(character: string): void {
    const previous = this.#previous;
    this.#previous = character;
    switch (this.#state) {
      case 'outside':
        if (character === '"') {
          this.#state = 'string';
          this.#nested = 'undecided';
        } else if (previous === '/' && character === '/') this.#state = 'lineComment';
        else if (previous === '/' && character === '*') {
          this.#state = 'blockComment';
          this.#previous = '';
        }
        return;
      case 'string':
        if (character === '"') this.#close();
        else if (character === '\\') this.#state = 'escape';
        else if (isLineBreak(character)) this.#close();
        else if (character < ' ') this.#state = 'broken';
        else this.#inner(character);
        return;
      case 'escape':
        if (character === 'u') {
          this.#state = 'unicode';
          this.#digits = '';
        } else if ('"\\/bfnrt'.includes(character)) {
          this.#state = 'string';
          this.#inner(ESCAPES[character] ?? character);
        } else this.#state = 'broken';
        return;
      case 'unicode':
        if (character === '"' || isLineBreak(character)) return this.#close();
        this.#digits += character;
        if (!/^[\da-fA-F]+$/.test(this.#digits)) this.#state = 'broken';
        else if (this.#digits.length === 4) {
          this.#state = 'string';
          this.#inner(String.fromCharCode(Number.parseInt(this.#digits, 16)));
        }
        return;
      // An invalid string isn't decoded, only its end matters. A backslash still escapes a quote.
      case 'broken':
        if (previous === '\\') this.#previous = '';
        else if (character === '"' || isLineBreak(character)) this.#close();
        return;
      case 'lineComment':
        if (isLineBreak(character)) this.#close();
        return;
      case 'blockComment':
        if (previous === '*' && character === '/') this.#close();
    }
  }

  #close(): void {
    this.#state = 'outside';
    this.#nested = undefined;
    this.#previous = '';
  }

  #inner(character: string): void {
    if (this.#nested === 'undecided') {
      if (/\s/.test(character)) return;
      this.#nested = character === '{' || character === '[' ? new OpenStrings() : undefined;
    }
    this.#nested?.append(character);
  }
}

function isLineBreak(character: string): boolean {
  return character === '\n' || character === '\r';
}
