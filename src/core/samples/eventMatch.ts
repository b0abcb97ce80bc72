/** A function of the workspace, as far as an event's file can mean it. Paths with `/`. */
interface Candidate {
  readonly name: string;
  readonly otherNames: readonly string[];
  /** The file its handler stands in. */
  readonly source?: string;
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/** `HelloWorldFunction`, `hello-world`: the same word to a person. */
function wordOf(name: string): string {
  return plain(name).replace(/(lambda)?(function|handler|lambda)$/, '');
}

/**
 * How surely an event's file is one for a function, 0 for not at all: its own name is the function's, a folder has the
 * function's name, or it lies beside the handler.
 */
export function eventMatch(path: string, { name, otherNames, source }: Candidate): number {
  const parts = path.split('/');
  const file = plain((parts.at(-1) ?? '').replace(/\.json$/i, ''));
  const words = [name, ...otherNames].map(wordOf).filter((word) => word.length > 1);
  if (words.some((word) => file === word || plain(`${word}event`) === file)) return 4;
  const folders = parts.slice(0, -1).map(plain);
  if (words.some((word) => folders.includes(word))) return 3;
  const own = source?.split('/').slice(0, -1).join('/');
  if (own !== undefined && own !== '' && path.startsWith(`${own}/`)) return 2;
  return words.some((word) => word.length > 3 && file.includes(word)) ? 1 : 0;
}
