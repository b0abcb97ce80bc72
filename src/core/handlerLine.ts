function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Where handlers of this name begin, the likeliest form first; one pattern per line of source. */
function patterns(name: string): RegExp[] {
  const word = escaped(name);
  return [
    String.raw`^\s*export\s+(?:async\s+)?function\s*\*?\s*${word}\b`,
    String.raw`^\s*export\s+(?:const|let|var)\s+${word}\b`,
    String.raw`^\s*(?:module\.)?exports\.${word}\s*=`,
    String.raw`^\s*(?:async\s+)?def\s+${word}\s*\(`,
    String.raw`^\s*(?:async\s+)?function\s*\*?\s*${word}\b`,
    String.raw`^\s*(?:const|let|var)\s+${word}\s*=`,
    String.raw`^\s*(?:export\s*\{|module\.exports\s*=\s*\{).*\b${word}\b`,
    String.raw`^\s*${word}\s*=`,
  ].map((pattern) => new RegExp(pattern));
}

/**
 * The 0-based line of a source file on which the handler of a function begins (`path/file.export`): JavaScript,
 * TypeScript or Python. The first line where it is exported in a way that is not recognized.
 */
export function handlerLine(source: string, handler: string): number {
  const name = handler.slice(handler.lastIndexOf('.') + 1);
  const lines = source.split(/\r?\n/);
  for (const pattern of patterns(name)) {
    const at = lines.findIndex((line) => pattern.test(line));
    if (at !== -1) return at;
  }
  return 0;
}
