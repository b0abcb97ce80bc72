import { WordReader, type ShellCommand } from './shellWords.ts';

/** Backslashes before a quote are escaped by doubling. A quote after an odd number of them is literal. */
function readBackslashes(reader: WordReader): 'text' | 'quote' | undefined {
  const match = reader.take(/(\\+)(")?/y);
  if (match === undefined) return undefined;
  const count = match[1]?.length ?? 0;
  if (match[2] === undefined) {
    reader.add('\\'.repeat(count));
    return 'text';
  }
  reader.add('\\'.repeat(Math.floor(count / 2)));
  if (count % 2 === 0) return 'quote';
  reader.add('"');
  return 'text';
}

/**
 * Splits a command line like cmd.exe and the C runtime, but without expanding `%NAME%`. Sources: cmd /?, "Parsing C
 * command-line arguments" of the Microsoft C runtime.
 */
export function cmdWords(text: string): ShellCommand[] {
  const reader = new WordReader(text);
  let isQuoted = false;
  while (reader.at < text.length) {
    const backslashes = readBackslashes(reader);
    if (backslashes === 'text') continue;
    if (backslashes === 'quote' || reader.take(/"/y)) {
      reader.add('');
      if (isQuoted && reader.take(/"/y)) reader.add('"');
      else isQuoted = !isQuoted;
      continue;
    }
    const variable = reader.take(/%\w+%/y);
    if (variable !== undefined) {
      reader.expand(variable[0]);
      continue;
    }
    if (!isQuoted) {
      if (reader.take(/\^\r?\n[ \t]*/y)) {
        reader.endWord();
        continue;
      }
      const escaped = reader.take(/\^([^])/y);
      if (escaped !== undefined) {
        reader.add(escaped[1] ?? '');
        continue;
      }
      if (reader.take(/[ \t]+/y)) {
        reader.endWord();
        continue;
      }
      if (reader.take(/[\n\r|&]+/y)) {
        reader.endCommand();
        continue;
      }
      if (reader.take(/[<>]+&?[ \t]*/y)) {
        reader.redirect();
        continue;
      }
    }
    reader.add(reader.take(/[^]/y)?.[0] ?? '');
  }
  return reader.done();
}
