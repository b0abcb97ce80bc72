import { statSync, type Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { listFolder } from '../listFolder.ts';
import { createEntryFilter } from '../watching/entryFilter.ts';
import { watchPath } from '../watching/watchPath.ts';
import type { WatchFolder } from '../watching/watchSet.ts';
import type { CandidateKind, FolderCandidates } from '../../../core/functions/templateCandidates.ts';
import { isSliceOver, untilSlice } from './pacing.ts';
import { looksLikeTemplateFile } from './peekFile.ts';

/** The maximum number of files in one folder that are recognized by their text. */
const MAX_PEEKED = 2000;

/** What a search finds in one folder. */
export interface FolderContent {
  /** Changes if another folder takes this one's place. Missing if there is none. */
  readonly identity: string | undefined;
  readonly templates: readonly string[];
  readonly subfolders: readonly string[];
  /** The number of entries. */
  readonly size: number;
  /** The number of files that are read, if that isn't all of them. */
  readonly maxPeeked?: number;
}

interface Peeked {
  readonly stamp: string;
  readonly isTemplate: boolean;
}

interface Candidate {
  readonly name: string;
  readonly kind: CandidateKind;
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined; // a circular link, or no permission
  }
}

/** Returns a function that searches one folder. It remembers the files that aren't templates. It never rejects. */
export function createFolderSearch(
  folder: string,
  { fileKind, isSearched }: FolderCandidates,
  maxEntries: number,
): (watch: WatchFolder) => Promise<FolderContent> {
  let peeked = new Map<string, Peeked>();

  /** Synchronous, which takes a tenth of the time for the thousands of files that a folder can have. */
  function peek(name: string): Peeked | undefined {
    const path = join(folder, name);
    const stats = statOf(path);
    if (stats?.isFile() !== true) return undefined;
    const stamp = `${stats.ino} ${stats.mtimeMs} ${stats.ctimeMs} ${stats.size}`;
    const known = peeked.get(name);
    return known?.stamp === stamp ? known : { stamp, isTemplate: looksLikeTemplateFile(path) };
  }

  /** Reads files of unknown content. */
  async function peekAll(names: readonly string[]): Promise<ReadonlyMap<string, Peeked>> {
    const next = new Map<string, Peeked>();
    for (const name of names) {
      if (isSliceOver()) await untilSlice();
      const result = peek(name);
      if (result !== undefined) next.set(name, result);
    }
    peeked = next;
    return next;
  }

  return async (watch) => {
    const isFile = (name: string) => fileKind(name) !== undefined;
    const filter = createEntryFilter(folder, { isFile, isSkipped: (name) => !isSearched(name) });
    const stats = await stat(folder, { bigint: true }).catch(() => undefined);
    await watch(folder, filter.isRelevant);
    const entries = await listFolder(folder, maxEntries);
    const subfolders = entries.filter((entry) => entry.isDirectory() && isSearched(entry.name)).map(({ name }) => name);
    filter.setFolders(subfolders);
    const candidates: Candidate[] = [];
    for (const entry of entries) {
      const kind = entry.isDirectory() ? undefined : fileKind(entry.name);
      // A link to another template in the workspace would list its functions twice.
      if (kind === undefined || (kind === 'possible' && entry.isSymbolicLink())) continue;
      candidates.push({ name: entry.name, kind });
      if (entry.isSymbolicLink()) await watchPath(join(folder, entry.name), folder, watch);
    }
    const possible = candidates.filter(({ kind }) => kind === 'possible').map(({ name }) => name);
    const contents = await peekAll(possible.slice(0, MAX_PEEKED));
    const templates = candidates.filter(
      ({ name, kind }) => kind === 'named' || contents.get(name)?.isTemplate === true,
    );
    return {
      identity: stats && `${stats.dev} ${stats.ino}`,
      templates: templates.map(({ name }) => name).toSorted(),
      subfolders: subfolders.toSorted(),
      size: entries.length,
      ...(possible.length > MAX_PEEKED && { maxPeeked: MAX_PEEKED }),
    };
  };
}
