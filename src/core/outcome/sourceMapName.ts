const MARK = 'sourceMappingURL=';

/** What the last comment of a compiled file names as its source map: a file, or the map itself as a data address. */
export function sourceMapName(text: string): string | undefined {
  const at = text.lastIndexOf(MARK);
  if (at === -1 || !/\/[/*][#@] ?$/.test(text.slice(Math.max(0, at - 4), at))) return undefined;
  return /^[^\s*]+/.exec(text.slice(at + MARK.length))?.[0];
}

/** The base64 of a map that is inside of the file, or undefined where a file is named. */
export function inlineMap(name: string): string | undefined {
  if (!name.startsWith('data:application/json;')) return undefined;
  const comma = name.indexOf(',');
  return comma !== -1 && name.slice(0, comma).endsWith(';base64') ? name.slice(comma + 1) : undefined;
}
