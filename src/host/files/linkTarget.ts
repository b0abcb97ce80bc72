import { readlink, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, sep } from 'node:path';

/** The limit of Linux. */
const MAX_LINKS = 40;

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

/**
 * Resolves all links of a path, also if the target is missing. Rejects with the system error for cyclic links.
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
      return folder === undefined ? now : join(folder, basename(now)); // the same path for all links to a file
    }
    // Not normalized, because “..” after a link to a folder is relative to the target.
    now = isAbsolute(link) ? link : `${await realpath(dirname(now))}${sep}${link}`;
  }
  throw Object.assign(new Error(`ELOOP: too many links: ${path}`), { code: 'ELOOP' });
}
