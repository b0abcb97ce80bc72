import { balancedEnd } from './balanced.ts';
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
};

/** Decodes `$'…'`. Consecutive `\\xHH` and `\\NNN` are UTF-8 bytes. */
function ansiText(inside: string): string {
  const bytes = inside.replaceAll(/(?:\\(?:x[0-9a-fA-F]{1,2}|[0-7]{1,3}))+/g, (run) => {
    const values = [...run.matchAll(/\\(?:x([0-9a-fA-F]+)|([0-7]+))/g)];
    const codes = values.map(([, hex, octal]) =>
      hex === undefined ? Number.parseInt(octal ?? '0', 8) : Number.parseInt(hex, 16),
    );
    // Escaped again for the next step, because a decoded backslash is literal.
    return new TextDecoder().decode(Uint8Array.from(codes)).replaceAll('\\', '\\\\');
  });
  return bytes.replaceAll(/\\(u[0-9a-fA-F]{1,4}|U[0-9a-fA-F]{1,8}|[^])/g, (match, escape: string) => {
    if (!/^[uU]./.test(escape)) return ANSI[escape] ?? escape;
    const code = Number.parseInt(escape.slice(1), 16);
    return code > 0x10ffff ? match : String.fromCodePoint(code);
  });
}

const VARIABLE = /\$\{[^}]*\}?|\$\w+|`(?:[^`\\]|\\[^])*`?/y;

/** Reads a command, process or variable substitution, which stays as written. */
function readExpansion(reader: WordReader, opening: RegExp): boolean {
  if (opening.test(reader.text.slice(reader.at, reader.at + 2))) {
    reader.expandTo(balancedEnd(reader.text, reader.at + 1, '\\'));
    return true;
  }
  const variable = reader.take(VARIABLE);
  if (variable !== undefined) reader.expand(variable[0]);
  return variable !== undefined;
}

/** Skips the lines of here-documents, which are a command's input. */
function skipHereDocuments(reader: WordReader, delimiters: string[]): void {
  for (const delimiter of delimiters.splice(0)) {
    let isOpen = true;
    while (isOpen && reader.at < reader.text.length) {
      const line = reader.take(/([^\n]*)\n?/y)?.[1] ?? '';
      isOpen = line.trim() !== delimiter;
    }
  }
}

function readDoubleQuoted(reader: WordReader): void {
  reader.add('');
  while (reader.at < reader.text.length && reader.text[reader.at] !== '"') {
    const escaped = reader.take(/\\([$`"\\])|\\\r?\n/y);
    if (escaped !== undefined) {
      reader.add(escaped[1] ?? '');
      continue;
    }
    if (!readExpansion(reader, /^\$\(/)) reader.add(reader.take(/[^]/y)?.[0] ?? '');
  }
  reader.at++;
}

/** Splits a command line like bash, but without expansions, which stay as written. Source: bash(1), QUOTING. */
export function bashWords(text: string): ShellCommand[] {
  const reader = new WordReader(text);
  const hereDocuments: string[] = [];
  while (reader.at < text.length) {
    if (reader.take(/\\\r?\n/y)) continue;
    if (reader.take(/[ \t]+/y)) {
      reader.endWord();
      continue;
    }
    if (reader.isAtWordStart && reader.take(/#[^\n]*/y)) continue;
    if (reader.take(/\n/y)) {
      reader.endCommand();
      skipHereDocuments(reader, hereDocuments);
      continue;
    }
    const hereDocument = reader.take(
      /<<-?[ \t]*(?:'([^\s'"\\;|&<>()]+)'|"([^\s'"\\;|&<>()]+)"|\\([^\s'"\\;|&<>()]+)\\|([^\s'"\\;|&<>()]+))/y,
    );
    if (hereDocument !== undefined) {
      hereDocuments.push(hereDocument.slice(1).find((name) => name !== undefined) ?? '');
      reader.endWord();
      continue;
    }
    if (/^[<>]\(/.test(text.slice(reader.at, reader.at + 2)) && readExpansion(reader, /^[<>]\(/)) continue;
    if (reader.take(/&?[<>]+[&|]?[ \t]*/y)) {
      reader.redirect();
      continue;
    }
    if (reader.take(/[\r;|&()]+/y)) {
      reader.endCommand();
      continue;
    }
    const quoted = reader.take(/'([^']*)'?/y);
    const ansi = quoted ? undefined : reader.take(/\$'((?:[^'\\]|\\[^])*)'?/y);
    const escaped = (quoted ?? ansi) ? undefined : reader.take(/\\([^])/y);
    if (quoted !== undefined) reader.add(quoted[1] ?? '');
    else if (ansi !== undefined) reader.add(ansiText(ansi[1] ?? ''));
    else if (escaped !== undefined) reader.add(escaped[1] ?? '');
    else if (reader.take(/\$?"/y)) readDoubleQuoted(reader);
    else if (!readExpansion(reader, /^\$\(/)) reader.add(reader.take(/[^]/y)?.[0] ?? '');
  }
  return reader.done();
}
