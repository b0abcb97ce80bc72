const NAME = 'sourceMappingURL=';
const INLINE = 'data:application/json;';

/** The source map that the last line of a compiled file names; undefined where it names none. Looked for from the end. */
export function sourceMapUrl(text: string): string | undefined {
  const whole = text.trimEnd();
  const at = whole.lastIndexOf(NAME);
  const before = whole.slice(Math.max(0, at - 4), Math.max(0, at));
  const url = whole.slice(at + NAME.length);
  return at !== -1 && /\/\/[#@] ?$/.test(before) && url !== '' && !/\s/.test(url) ? url : undefined;
}

/** The base64 text of a source map that is inside of its URL. */
export function inlineMap(url: string): string | undefined {
  if (!url.startsWith(INLINE)) return undefined;
  const comma = url.indexOf(',');
  const parameters = url.slice(INLINE.length, Math.max(0, comma)).split(';');
  const isBase64 = parameters.at(-1) === 'base64' && parameters.slice(0, -1).every((one) => one.startsWith('charset='));
  return isBase64 && comma + 1 < url.length ? url.slice(comma + 1) : undefined;
}
