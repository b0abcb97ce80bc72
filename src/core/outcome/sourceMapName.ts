const PREFIX = 'sourceMappingURL=';

/** The source map that the last comment of a compiled file references: a file, or a data URI. */
export function sourceMapName(text: string): string | undefined {
  const at = text.lastIndexOf(PREFIX);
  if (at === -1 || !/\/[/*][#@] ?$/.test(text.slice(Math.max(0, at - 4), at))) return undefined;
  return /^[^\s*]+/.exec(text.slice(at + PREFIX.length))?.[0];
}

/** The base64 content of an inline source map, or undefined for a file reference. */
export function inlineSourceMap(name: string): string | undefined {
  if (!name.startsWith('data:application/json;')) return undefined;
  const comma = name.indexOf(',');
  return comma !== -1 && name.slice(0, comma).endsWith(';base64') ? name.slice(comma + 1) : undefined;
}
