import { toBase64 } from '../invocation/base64.ts';
import { balancedEnd } from './balanced.ts';
import { WordReader, type ShellCommand } from './shellWords.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  v: '\v',
};

// PowerShell accepts typographic quotes.
const SINGLE_QUOTED =
  /['\u2018\u2019\u201a\u201b]((?:[^'\u2018\u2019\u201a\u201b]|['\u2018\u2019\u201a\u201b]{2})*)['\u2018\u2019\u201a\u201b]?/y;
const DOUBLED_SINGLE = /(['\u2018\u2019\u201a\u201b])['\u2018\u2019\u201a\u201b]/g;
const DOUBLE_QUOTE = /["\u201c\u201d\u201e]/y;
const DOUBLED_DOUBLE = /(["\u201c\u201d\u201e])["\u201c\u201d\u201e]/y;
const VARIABLE = /\$\{[^}]*\}?|\$[\w:]+/y;
const BASE64_OF = /\(\[(?:System\.)?Convert\]::ToBase64String\(\[(?:System\.)?Text\.Encoding\]::UTF8\.GetBytes\(/iy;

/** Reads `$( … )` or a variable, which stays as written. */
function readExpansion(reader: WordReader): boolean {
  if (reader.text.startsWith('$(', reader.at)) reader.expandTo(balancedEnd(reader.text, reader.at + 1, '`'));
  else {
    const variable = reader.take(VARIABLE);
    if (variable === undefined) return false;
    reader.expand(variable[0]);
  }
  return true;
}

/** Unescapes doubled quotes in a single-quoted string. */
function singleQuoted(inside: string): string {
  return inside.replaceAll(DOUBLED_SINGLE, '$1');
}

function readDoubleQuoted(reader: WordReader): void {
  reader.add('');
  while (reader.at < reader.text.length) {
    const quote = reader.take(DOUBLED_DOUBLE);
    if (quote === undefined && reader.take(DOUBLE_QUOTE)) return;
    const escape = quote ? undefined : reader.take(/`([^])/y);
    if (quote !== undefined) reader.add(quote[1] ?? '');
    else if (escape !== undefined) reader.add(ESCAPES[escape[1] ?? ''] ?? escape[1] ?? '');
    else if (!readExpansion(reader)) reader.add(reader.take(/[^]/y)?.[0] ?? '');
  }
}

/** Reads `([Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes('…')))`, which toPowerShellCommand writes. */
function readBase64(reader: WordReader): boolean {
  const start = reader.at;
  if (reader.take(BASE64_OF) === undefined) return false;
  const text = reader.take(SINGLE_QUOTED);
  if (text === undefined || reader.take(/\s*\)\s*\)\s*\)/y) === undefined) {
    reader.at = start;
    return false;
  }
  reader.add(toBase64(singleQuoted(text[1] ?? '')));
  return true;
}

/** Any other `( … )` is an expression that only PowerShell can evaluate. */
function readExpression(reader: WordReader): boolean {
  if (!reader.isAtWordStart || reader.text[reader.at] !== '(') return false;
  reader.expandTo(balancedEnd(reader.text, reader.at, '`'));
  return true;
}

function readQuoted(reader: WordReader): boolean {
  const hereString = reader.take(/@'\r?\n([^]*?)(?:\r?\n'@|$)/y) ?? reader.take(/@"\r?\n([^]*?)(?:\r?\n"@|$)/y);
  if (hereString !== undefined) {
    reader.add(hereString[1] ?? '');
    return true;
  }
  const single = reader.take(SINGLE_QUOTED);
  if (single !== undefined) {
    reader.add(singleQuoted(single[1] ?? ''));
    return true;
  }
  if (reader.take(DOUBLE_QUOTE) === undefined) return false;
  readDoubleQuoted(reader);
  return true;
}

/** Splits a command line like PowerShell, but without expansions. Source: about_Quoting_Rules, about_Parsing. */
export function powershellWords(text: string): ShellCommand[] {
  const reader = new WordReader(text);
  while (reader.at < text.length) {
    if (reader.take(/`\r?\n/y)) continue;
    if (reader.take(/[ \t]+/y)) {
      reader.endWord();
      continue;
    }
    if (reader.isAtWordStart && reader.take(/#[^\n]*/y)) continue;
    if (reader.take(/[\n\r;|&]+/y)) {
      reader.endCommand();
      continue;
    }
    if (reader.take(/<#[^]*?(?:#>|$)/y)) continue;
    if (reader.take(/[>]+&?[ \t]*/y)) {
      reader.redirect();
      continue;
    }
    if (readBase64(reader) || readExpression(reader) || readQuoted(reader)) continue;
    const escape = reader.take(/`([^])/y);
    if (escape !== undefined) reader.add(escape[1] ?? '');
    else if (!readExpansion(reader)) reader.add(reader.take(/[^]/y)?.[0] ?? '');
  }
  return reader.done();
}
