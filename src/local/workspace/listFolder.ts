import type { Dirent } from 'node:fs';
import { opendir } from 'node:fs/promises';

/** The first `max` entries of a folder, in the order the file system has them; none of one that can't be read. */
export async function listFolder(path: string, max: number): Promise<Dirent[]> {
  const entries: Dirent[] = [];
  if (max <= 0) return entries;
  try {
    for await (const entry of await opendir(path, { bufferSize: 512 })) {
      entries.push(entry);
      if (entries.length >= max) break;
    }
  } catch {
    // What was listed until then counts.
  }
  return entries;
}
