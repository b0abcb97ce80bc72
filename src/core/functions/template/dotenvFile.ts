const QUOTES = ['"', "'", '`'];

const isBlank = (character: string | undefined) => character === ' ' || character === '\t';
const isNameCharacter = (character: string | undefined) => character !== undefined && /[\w.-]/.test(character);

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (isBlank(text[at])) at++;
  return at;
}

function nameEnd(text: string, from: number): number {
  let at = from;
  while (isNameCharacter(text[at])) at++;
  return at;
}

/** The offset of the quote that closes the one at `start`, or -1. */
function closingQuote(text: string, start: number): number {
  const quote = text[start] ?? '';
  let end = text.indexOf(quote, start + 1);
  while (end !== -1 && text[end - 1] === '\\') end = text.indexOf(quote, end + 1);
  return end;
}

function withLineBreaks(text: string): string {
  return text.replaceAll(String.raw`\n`, '\n').replaceAll(String.raw`\r`, '\r');
}

/** Whether only blanks or a comment follow on the line. */
function isRestEmpty(text: string, from: number): boolean {
  const at = skipBlanks(text, from);
  return at === text.length || text[at] === '\n' || text[at] === '#';
}

/** The value that starts at an offset, and the offset after its last line. */
function valueAt(text: string, start: number): { readonly value: string; readonly end: number } {
  const quote = text[start] ?? '';
  const isQuoted = QUOTES.includes(quote);
  const close = isQuoted ? closingQuote(text, start) : -1;
  if (close !== -1 && isRestEmpty(text, close + 1)) {
    const quoted = text.slice(start + 1, close);
    return { value: quote === '"' ? withLineBreaks(quoted) : quoted, end: lineEnd(text, close) };
  }
  const end = lineEnd(text, start);
  const value = (text.slice(start, end).split('#', 1)[0] ?? '').trim();
  const unquoted = isQuoted && value.length > 1 && value.endsWith(quote) ? value.slice(1, -1) : value;
  return { value: quote === '"' ? withLineBreaks(unquoted) : unquoted, end };
}

/**
 * Parses a `.env` file: `NAME=value` lines, also with `export`, quotes, multiline values, and comments. Ignores
 * other lines, and passes their 1-based numbers to `onIgnored`. The last value of a name wins. Source: the npm package
 * dotenv.
 */
export function parseDotenv(fileText: string, onIgnored?: (line: number) => void): ReadonlyMap<string, string> {
  const text = fileText.replaceAll('\r\n', '\n');
  const values = new Map<string, string>();
  for (let at = 0; at < text.length; at++) {
    let start = skipBlanks(text, at);
    if (text.startsWith('export', start) && isBlank(text[start + 6])) start = skipBlanks(text, start + 6);
    const end = nameEnd(text, start);
    const separator = skipBlanks(text, end);
    const isAssignment = text[separator] === '=' || (text[end] === ':' && isBlank(text[end + 1]));
    if (end === start || !isAssignment) {
      if (onIgnored !== undefined && !isRestEmpty(text, start)) onIgnored(text.slice(0, start).split('\n').length);
      at = lineEnd(text, start);
      continue;
    }
    const { value, end: valueEnd } = valueAt(text, skipBlanks(text, separator + 1));
    values.set(text.slice(start, end), value);
    at = valueEnd;
  }
  return values;
}
