import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { IsRelevant } from './watchSet.ts';

interface Entries {
  /** The files that are read. */
  readonly isFile: (name: string) => boolean;
  /** The subfolders that are never read. */
  readonly isSkipped: (name: string) => boolean;
}

function mayBeFolder(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isFile() === false;
  } catch {
    return true;
  }
}

/**
 * The events that matter to a recursive search in a folder: those of the files it reads, and of subfolders and links
 * that were added, removed or replaced. Not those of other files, such as logs that handlers write.
 */
export function createEntryFilter(folder: string, { isFile, isSkipped }: Entries) {
  let known: ReadonlySet<string> | undefined;
  const isRelevant: IsRelevant = (kind, name) => {
    if (isFile(name)) return true;
    if (kind === 'change' || isSkipped(name)) return false;
    return known === undefined || known.has(name) || mayBeFolder(join(folder, name));
  };
  return {
    folder,
    isRelevant,
    /** Sets the names of the subfolders and links, once the folder has been read. */
    setFolders: (names: readonly string[]) => {
      known = new Set(names);
    },
  };
}
