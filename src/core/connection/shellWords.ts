/**
 * Splits a text into words like a POSIX shell: quotes and backslashes group, nothing is expanded. Undefined for an
 * unclosed quote. The AWS CLI splits section headers this way (botocore, configloader; Python, shlex.split).
 */
export function shellWords(text: string): string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    const next = text.charAt(at + 1);
    if (quote !== '') {
      if (char === quote) quote = '';
      else if (quote === '"' && char === '\\' && (next === '"' || next === '\\')) {
        word += next;
        at++;
      } else word += char;
    } else if (/\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (char === '"' || char === "'") {
      quote = char;
      word ??= '';
    } else if (char === '\\') {
      if (next === '') return undefined;
      word = (word ?? '') + next;
      at++;
    } else word = (word ?? '') + char;
  }
  if (quote !== '') return undefined;
  return word === undefined ? words : [...words, word];
}

/**
 * Converts a `credential_process` for a POSIX shell. The AWS CLI splits it into arguments: a word starting with `#` or
 * `;` is an argument, and a line break separates words. A shell would treat them as a comment or a second command.
 */
export function processCommand(text: string): string {
  let command = '';
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (quote === '' && char === '\\') command += char + text.charAt(++at);
    else if (quote === '"' && char === '\\') command += char + text.charAt(++at);
    else if (quote !== '') {
      if (char === quote) quote = '';
      command += char;
    } else if (char === '\n') command += ' ';
    else {
      if (char === '"' || char === "'") quote = char;
      const isWordStart = at === 0 || /\s/.test(text.charAt(at - 1));
      command += isWordStart && (char === '#' || char === ';') ? `\\${char}` : char;
    }
  }
  return command;
}
