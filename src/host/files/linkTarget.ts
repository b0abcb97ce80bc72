import { readlink, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, sep } from 'node:path';

/** As many links as Linux follows. */
const MAX_LINKS = 40;

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

/**
 * The file that a path leads to through its links, also where that file isn't there yet: its one path, links of folders
 * resolved. Rejects with the system's error for links that lead in a circle.
 */
export async function linkTarget(path: string): Promise<string> {
  let now = path;
  for (let links = 0; links < MAX_LINKS; links++) {
    try {
      return await realpath(now);
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
    const link = await readlink(now).catch(() => undefined);
    if (link === undefined) {
      const folder = await realpath(dirname(now)).catch(() => undefined);
      return folder === undefined ? now : join(folder, basename(now)); // two links to one file are one path
    }
    // Not normalized: “..” behind a link to a folder leads up from where that link leads.
    now = isAbsolute(link) ? link : `${await realpath(dirname(now))}${sep}${link}`;
  }
  throw Object.assign(new Error(`ELOOP: too many links: ${path}`), { code: 'ELOOP' });
}
