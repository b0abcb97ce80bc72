import type { Dirent } from 'node:fs';
import { opendir } from 'node:fs/promises';

/** The first `max` entries of a folder, in file system order; empty if it can't be read. Never rejects. */
export async function listFolder(path: string, max: number): Promise<Dirent[]> {
  const entries: Dirent[] = [];
  if (max <= 0) return entries;
  try {
    for await (const entry of await opendir(path, { bufferSize: 512 })) {
      entries.push(entry);
      if (entries.length >= max) break;
    }
  } catch {
    // Return the entries read so far.
  }
  return entries;
}
