import type { JsonFrame, JsonPosition } from './jsonPath.ts';
import { MAX_DEPTH } from './jsonText.ts';

/** A position in the source, and its offset in the formatted text. */
export interface JsonCheckpoint extends JsonPosition {
  readonly shown: number;
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** A character that ends a run of plain characters in a string: a quote, a backslash, or an invalid control character. */
const STOP = /[^ !#-[\]-\uffff]/g;
/** Most strings, and parts between escapes, are shorter. */
const SHORT = 64;
const HEX = /^[\da-fA-F]{4}$/;

const isSimpleEscape = (character = '-') => '"\\/bfnrt'.includes(character);

/** The offset where a run of plain characters in a string ends. */
function nextStop(text: string, from: number): number {
  const end = Math.min(text.length, from + SHORT);
  for (let at = from; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22 || code === 0x5c || code < 0x20) return at;
  }
  // Faster than a loop for long strings, and slower for short ones.
  STOP.lastIndex = end;
  return STOP.test(text) ? STOP.lastIndex - 1 : text.length;
}

const WORDS: Readonly<Record<string, string>> = { t: 'true', f: 'false', n: 'null' };

const isSpace = (code: number) => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
const LINE_STARTS = Array.from({ length: MAX_DEPTH + 1 }, (_, depth) => `\n${'  '.repeat(depth)}`);

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** What may come next. `end`: a closing bracket is allowed too. */
type Expected = 'value' | 'valueOrEnd' | 'key' | 'keyOrEnd' | 'colon' | 'commaOrEnd' | 'nothing';

/**
 * Formats JSON like prettyJson, in slices, and checks it (RFC 8259) on the way. Copies runs of the source that already
 * have the right layout, so that 6 MB take a fraction of a second.
 */
export class JsonLayout {
  readonly #text: string;
  readonly #frames: Writable<JsonFrame>[] = [];
  readonly #openLines: number[] = [];
  #expected: Expected = 'value';
  #at = 0;
  #shown = 0;
  #line = 0;
  #state: 'open' | 'valid' | 'incomplete' | 'invalid' | 'deep' = 'open';
  /** The start of each slice, in ascending order. */
  readonly checkpoints: JsonCheckpoint[] = [];
  /** For the 0-based line of an opening bracket, the line of the closing one. */
  readonly foldEnds: number[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  /** `open` until the end is reached. `deep`: nested deeper than 200 levels. */
  get state(): 'open' | 'valid' | 'incomplete' | 'invalid' | 'deep' {
    return this.#state;
  }

  /** Formats the next tokens, about `length` characters. An incomplete text ends with the unchanged rest. */
  next(length: number): string {
    const text = this.#text;
    const parts: string[] = [];
    this.#at = this.#skipSpace(this.#at);
    let runStart = this.#at;
    let previousEnd = this.#at;
    const limit = this.#at + length;
    this.#checkpoint();
    while (this.#state === 'open') {
      const start = this.#skipSpace(previousEnd);
      if (start >= text.length) {
        this.#state = this.#expected === 'nothing' ? 'valid' : 'incomplete';
        break;
      }
      const gap = start === runStart && parts.length === 0 ? '' : this.#gap(text.charCodeAt(start));
      const isPlaced = start - previousEnd === gap.length && (gap === '' || text.startsWith(gap, previousEnd));
      if (!isPlaced) {
        parts.push(text.slice(runStart, previousEnd), gap);
        runStart = start;
      }
      const isNewLine = gap !== '' && gap !== ' ';
      if (isNewLine) this.#line++;
      if (isNewLine && start >= limit) {
        if (isPlaced) parts.push(text.slice(runStart, start));
        this.#at = start;
        return this.#emit(parts);
      }
      previousEnd = this.#take(start);
    }
    parts.push(text.slice(runStart, this.#state === 'valid' ? previousEnd : text.length));
    this.#at = text.length;
    return this.#emit(parts);
  }

  #emit(parts: readonly string[]): string {
    const slice = parts.join('');
    this.#shown += slice.length;
    return slice;
  }

  #checkpoint(): void {
    const isKey = this.#expected === 'key' || this.#expected === 'keyOrEnd';
    this.checkpoints.push({
      offset: this.#at,
      shown: this.#shown,
      frames: this.#frames.map((frame) => ({ ...frame })),
      isKey,
    });
  }

  #skipSpace(from: number): number {
    let at = from;
    while (isSpace(this.#text.charCodeAt(at))) at++;
    return at;
  }

  /** The white space before a token. */
  #gap(code: number): string {
    const isClosing = code === 0x7d || code === 0x5d;
    const depth = this.#frames.length;
    switch (this.#expected) {
      case 'value': // after a colon, or after a comma in an array
        return this.#frames.at(-1)?.isArray === true ? (LINE_STARTS[depth] ?? '') : depth === 0 ? '' : ' ';
      case 'key':
        return LINE_STARTS[depth] ?? '';
      case 'valueOrEnd':
      case 'keyOrEnd':
        return isClosing ? '' : (LINE_STARTS[depth] ?? '');
      case 'commaOrEnd':
        return isClosing ? (LINE_STARTS[depth - 1] ?? '') : '';
      case 'colon':
      case 'nothing':
        return '';
    }
  }

  /** Consumes the token at `start`. Returns its end, or sets the state. */
  #take(start: number): number {
    const code = this.#text.charCodeAt(start);
    switch (code) {
      case 0x2c: // ,
        return this.#comma(start);
      case 0x3a: // :
        return this.#expect(this.#expected === 'colon', 'value', start + 1);
      case 0x7b: // {
      case 0x5b: // [
        return this.#open(start, code === 0x5b);
      case 0x7d: // }
      case 0x5d: // ]
        return this.#close(start, code === 0x5d);
      case 0x22: // "
        return this.#string(start);
      default:
        return this.#scalar(start);
    }
  }

  get #isValueExpected(): boolean {
    return this.#expected === 'value' || this.#expected === 'valueOrEnd';
  }

  #expect(isValid: boolean, expected: Expected, end: number): number {
    if (isValid) this.#expected = expected;
    else this.#state = 'invalid';
    return end;
  }

  #comma(start: number): number {
    const frame = this.#frames.at(-1);
    const isValid = this.#expected === 'commaOrEnd' && frame !== undefined;
    if (isValid) frame.index++;
    return this.#expect(isValid, frame?.isArray === true ? 'value' : 'key', start + 1);
  }

  #open(start: number, isArray: boolean): number {
    if (!this.#isValueExpected) return this.#expect(false, 'nothing', start);
    this.#frames.push({ start, isArray, index: 0, keyStart: 0, keyEnd: 0 });
    this.#openLines.push(this.#line);
    if (this.#frames.length > MAX_DEPTH) this.#state = 'deep';
    this.#expected = isArray ? 'valueOrEnd' : 'keyOrEnd';
    return start + 1;
  }

  #close(start: number, isArray: boolean): number {
    const isEmpty = this.#expected === (isArray ? 'valueOrEnd' : 'keyOrEnd');
    const isValid = (isEmpty || this.#expected === 'commaOrEnd') && this.#frames.pop()?.isArray === isArray;
    const openLine = this.#openLines.pop();
    if (openLine !== undefined && openLine < this.#line) this.foldEnds[openLine] = this.#line;
    return this.#expect(isValid, this.#afterValue, start + 1);
  }

  get #afterValue(): Expected {
    return this.#frames.length === 0 ? 'nothing' : 'commaOrEnd';
  }

  #string(start: number): number {
    const end = this.#stringEnd(start);
    if (end === undefined) return start;
    if (this.#isValueExpected) return this.#expect(true, this.#afterValue, end);
    const frame = this.#frames.at(-1);
    const isValid = frame !== undefined && (this.#expected === 'key' || this.#expected === 'keyOrEnd');
    if (isValid) {
      frame.keyStart = start;
      frame.keyEnd = end;
    }
    return this.#expect(isValid, 'colon', end);
  }

  #stringEnd(start: number): number | undefined {
    const text = this.#text;
    for (let at = start + 1; at < text.length;) {
      const stop = nextStop(text, at);
      const code = text.charCodeAt(stop);
      if (code === 0x22) return stop + 1;
      if (code !== 0x5c) {
        this.#state = stop < text.length ? 'invalid' : 'incomplete';
        return undefined;
      }
      at = stop + (text[stop + 1] === 'u' ? 6 : 2);
      const isEscape = text[stop + 1] === 'u' ? HEX.test(text.slice(stop + 2, at)) : isSimpleEscape(text[stop + 1]);
      if (!isEscape) {
        this.#state = at > text.length ? 'incomplete' : 'invalid';
        return undefined;
      }
    }
    this.#state = 'incomplete';
    return undefined;
  }

  #scalar(start: number): number {
    if (!this.#isValueExpected) return this.#expect(false, 'nothing', start);
    const word = WORDS[this.#text[start] ?? ''];
    if (word !== undefined) {
      const isWord = this.#text.startsWith(word, start);
      return this.#expect(isWord, this.#afterValue, start + word.length);
    }
    NUMBER.lastIndex = start;
    const isNumber = NUMBER.test(this.#text);
    return this.#expect(isNumber, this.#afterValue, isNumber ? NUMBER.lastIndex : start);
  }
}
