const isSpace = (character: string | undefined) => character === ' ' || character === '\n' || character === '\t';

/** The offset after the value that starts at an offset: after its closing quote, or before the next unescaped space. */
function valueEnd(text: string, start: number): number {
  const quote = text[start];
  if (quote === '"' || quote === "'") {
    for (let at = start + 1; at < text.length; at++) {
      if (text[at] === '\\') at++;
      else if (text[at] === quote) return at + 1;
    }
  }
  let at = start;
  while (at < text.length && !isSpace(text[at])) at += text[at] === '\\' ? 2 : 1;
  return Math.min(at, text.length);
}

/** A text without its quotes, and without the backslashes before spaces and quotes. */
function unquoted(text: string): string {
  const [first] = text;
  const isQuoted = text.length > 1 && (first === '"' || first === "'") && text.endsWith(first);
  return (isQuoted ? text.slice(1, -1) : text).replaceAll(/\\([ "'])/g, '$1');
}

const KEY = 'ParameterKey=';
const VALUE = ',ParameterValue=';

/** Parses `A=b C="d e"` and `ParameterKey=A,ParameterValue=b`, separated by spaces. Skips words of other forms. */
function parseParameterText(text: string): Map<string, string> {
  const values = new Map<string, string>();
  let at = 0;
  while (at < text.length) {
    if (isSpace(text[at])) {
      at++;
      continue;
    }
    const start = text.startsWith(KEY, at) ? at + KEY.length : at;
    let end = start;
    while (end < text.length && !isSpace(text[end]) && text[end] !== '=' && text[end] !== ',') end++;
    const separator = start === at ? '=' : VALUE;
    const valueStart = text.startsWith(separator, end) ? end + separator.length : undefined;
    at = valueEnd(text, valueStart ?? end);
    if (at === end) at++;
    if (valueStart !== undefined) values.set(unquoted(text.slice(start, end)), unquoted(text.slice(valueStart, at)));
  }
  return values;
}

function plainText(value: unknown): string | undefined {
  const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isPlain || typeof value === 'bigint' ? String(value) : undefined;
}

/** A value of a table. A list is joined with commas, and null is an empty text. */
function tableValue(value: unknown): string {
  if (Array.isArray(value)) return value.flatMap((part: unknown) => plainText(part)?.trim() || []).join(',');
  return unquoted(plainText(value) ?? '');
}

/**
 * Parses `parameter_overrides` of samconfig.toml: a text, a list of texts or tables, or a table. Source: AWS SAM CLI,
 * `--parameter-overrides`.
 */
export function parseParameterOverrides(value: unknown): Record<string, string> {
  if (typeof value === 'string') return Object.fromEntries(parseParameterText(value));
  if (Array.isArray(value)) return Object.assign({}, ...value.map(parseParameterOverrides)) as Record<string, string>;
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, tableValue(part)]));
}
