import { alphanumeric, normalizedName } from '../functions/normalizedName.ts';

/** A workspace function to compare with an event file. Paths with `/`. */
interface Candidate {
  readonly name: string;
  readonly otherNames: readonly string[];
  /** The source file of its handler. */
  readonly source?: string;
}

/**
 * How well an event file matches a function, from 0 (no match) to 4: the file has its name, a folder has its name, the
 * file is next to the handler, or its name contains the function's.
 */
export function eventMatch(path: string, { name, otherNames, source }: Candidate): number {
  const parts = path.split('/');
  const file = alphanumeric((parts.at(-1) ?? '').replace(/\.json$/i, ''));
  const words = [name, ...otherNames].map(normalizedName).filter((word) => word.length > 1);
  if (words.some((word) => file === word || alphanumeric(`${word}event`) === file)) return 4;
  const folders = parts.slice(0, -1).map(alphanumeric);
  if (words.some((word) => folders.includes(word))) return 3;
  const sourceFolder = source?.split('/').slice(0, -1).join('/');
  if (sourceFolder !== undefined && sourceFolder !== '' && path.startsWith(`${sourceFolder}/`)) return 2;
  return words.some((word) => word.length > 3 && file.includes(word)) ? 1 : 0;
}
