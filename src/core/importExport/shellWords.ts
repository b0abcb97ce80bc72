/** Shells whose command lines are understood. */
export const SHELLS = ['bash', 'powershell', 'cmd'] as const;
export type Shell = (typeof SHELLS)[number];

/** One command of a command line, taken apart into words. */
export interface ShellCommand {
  readonly words: readonly string[];
  /** What the shell would replace (`$NAME`, `$(…)`, `%NAME%`): it stands in the words as it is written. */
  readonly expansions: readonly string[];
}

/** Collects words and commands while a line is read. */
export class WordReader {
  readonly text: string;
  at = 0;
  readonly #commands: { words: string[]; expansions: string[] }[] = [{ words: [], expansions: [] }];
  #word: string | undefined;
  /** The word is the target of a redirection: it belongs to no command. */
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

  /** Adds to the word; an empty text makes an empty word. */
  add(text: string): void {
    this.#word = (this.#word ?? '') + text;
  }

  expand(text: string): void {
    this.add(text);
    this.#commands.at(-1)?.expansions.push(text);
  }

  /** The same for the text up to an offset. */
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

  /** Drops the next word, which a redirection goes to, and a file descriptor in front of it. */
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

  /** Takes what matches at this place; the pattern is sticky. */
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
