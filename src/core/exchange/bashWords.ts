import { WordReader, type ShellCommand } from './shellWords.ts';

const ANSI: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  v: '\v',
  '0': '\0',
};

/** The text of `$'…'`. */
function ansiText(inside: string): string {
  const pattern = /\\(x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|U[0-9a-fA-F]{1,8}|[0-7]{1,3}|[^])/g;
  return inside.replaceAll(pattern, (_, escape: string) => {
    if (/^[xuU]./.test(escape)) return String.fromCodePoint(Number.parseInt(escape.slice(1), 16));
    if (/^[0-7]+$/.test(escape)) return String.fromCodePoint(Number.parseInt(escape, 8));
    return ANSI[escape] ?? escape;
  });
}

const EXPANSION = /\$\([^)]*\)|\$\{[^}]*\}|\$\w+|`[^`]*`/y;

function readDoubleQuoted(reader: WordReader): void {
  reader.add('');
  while (reader.at < reader.text.length && reader.text[reader.at] !== '"') {
    const escaped = reader.take(/\\([$`"\\])|\\\r?\n/y);
    if (escaped !== undefined) {
      reader.add(escaped[1] ?? '');
      continue;
    }
    const expansion = reader.take(EXPANSION);
    if (expansion !== undefined) reader.expand(expansion[0]);
    else reader.add(reader.take(/[^]/y)?.[0] ?? '');
  }
  reader.at++;
}

/** Takes a command line apart as bash does, but for expansions, which stay as they are written. Source: bash(1), QUOTING. */
export function bashWords(text: string): ShellCommand[] {
  const reader = new WordReader(text);
  while (reader.at < text.length) {
    if (reader.take(/\\\r?\n/y)) continue;
    if (reader.take(/[ \t]+/y)) {
      reader.endWord();
      continue;
    }
    if (reader.isAtWordStart && reader.take(/#[^\n]*/y)) continue;
    if (reader.take(/[\n\r;|&]+/y)) {
      reader.endCommand();
      continue;
    }
    if (/[<>]/.test(text[reader.at] ?? '')) {
      reader.dropNumber();
      reader.take(/[<>]+&?[ \t]*[^\s;|&]*/y);
      continue;
    }
    const quoted = reader.take(/'([^']*)'?/y);
    const ansi = quoted ? undefined : reader.take(/\$'((?:[^'\\]|\\[^])*)'?/y);
    const escaped = (quoted ?? ansi) ? undefined : reader.take(/\\([^])/y);
    if (quoted !== undefined) reader.add(quoted[1] ?? '');
    else if (ansi !== undefined) reader.add(ansiText(ansi[1] ?? ''));
    else if (escaped !== undefined) reader.add(escaped[1] ?? '');
    else if (reader.take(/\$?"/y)) readDoubleQuoted(reader);
    else {
      const expansion = reader.take(EXPANSION);
      if (expansion === undefined) reader.add(reader.take(/[^]/y)?.[0] ?? '');
      else reader.expand(expansion[0]);
    }
  }
  return reader.done();
}
