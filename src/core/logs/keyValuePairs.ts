import type { LogField } from './logEntry.ts';

/** `key=value` or `key="quoted value"`, and the space after it. */
const PAIR = /([A-Za-z_@][\w.@/-]*)=(?:"((?:[^"\\]|\\.)*)"|([^\s"]*))(?:[ \t]+|$)/y;

/** A line of pairs starts with one of these keys. */
const FIRST_KEY = /^(?:time|ts|timestamp|level|lvl|msg)=/;

function unescaped(text: string): string {
  return text.replaceAll(/\\(.)/g, (_, character: string) => {
    if (character === 'n') return '\n';
    return character === 't' ? '\t' : character;
  });
}

/** Parses a line of pairs, such as `level=info msg="stock low" sku=A-12`. Undefined for another line. */
export function readPairs(line: string): readonly LogField[] | undefined {
  if (!FIRST_KEY.test(line)) return undefined;
  const pairs: LogField[] = [];
  PAIR.lastIndex = 0;
  for (let at = 0; at < line.length; at = PAIR.lastIndex) {
    const match = PAIR.exec(line);
    if (match === null) return undefined;
    const [, key = '', quoted, plain = ''] = match;
    if (quoted !== undefined) pairs.push({ key, kind: 'string', text: unescaped(quoted) });
    else pairs.push({ key, kind: /^-?\d/.test(plain) ? 'number' : 'string', text: plain });
  }
  return pairs;
}
