/** Supported shells. */
export const SHELLS = ['bash', 'powershell', 'cmd'] as const;
export type Shell = (typeof SHELLS)[number];

/** One command of a command line, split into words. */
export interface ShellCommand {
  readonly words: readonly string[];
  /** Expansions (`$NAME`, `$(…)`, `%NAME%`), which are kept as written in the words. */
  readonly expansions: readonly string[];
}

/** Collects words and commands while parsing a command line. */
export class WordReader {
  readonly text: string;
  at = 0;
  readonly #commands: { words: string[]; expansions: string[] }[] = [{ words: [], expansions: [] }];
  #word: string | undefined;
  /** The word is the target of a redirection, not an argument. */
  #isTarget = false;
  #expansionsBefore = 0;

  constructor(text: string) {
    this.text = text;
  }

  get rest(): string {
    return this.text.slice(this.at);
  }

  get isAtWordStart(): boolean {
    return this.#word === undefined;
  }

  /** Appends to the current word. An empty text starts an empty word. */
  add(text: string): void {
    this.#word = (this.#word ?? '') + text;
  }

  expand(text: string): void {
    this.add(text);
    this.#commands.at(-1)?.expansions.push(text);
  }

  /** Appends the text up to an offset as an expansion. */
  expandTo(end: number): void {
    this.expand(this.text.slice(this.at, end));
    this.at = end;
  }

  endWord(): void {
    if (this.#word === undefined) return;
    if (this.#isTarget) this.#commands.at(-1)?.expansions.splice(this.#expansionsBefore);
    else this.#commands.at(-1)?.words.push(this.#word);
    this.#word = undefined;
    this.#isTarget = false;
  }

  /** Skips the target of a redirection, and a file descriptor before it. */
  redirect(): void {
    if (this.#word !== undefined && /^\d$/.test(this.#word)) this.#word = undefined;
    this.endWord();
    this.#isTarget = true;
    this.#expansionsBefore = this.#commands.at(-1)?.expansions.length ?? 0;
  }

  endCommand(): void {
    this.endWord();
    this.#isTarget = false;
    if (this.#commands.at(-1)?.words.length !== 0) this.#commands.push({ words: [], expansions: [] });
  }

  /** Consumes a match at the current offset. The pattern must be sticky. */
  take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match === null) return undefined;
    this.at += match[0].length;
    return match;
  }

  done(): ShellCommand[] {
    this.endCommand();
    return this.#commands.filter(({ words }) => words.length > 0);
  }
}
