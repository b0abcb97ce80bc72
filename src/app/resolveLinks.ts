/** The parts of Node.js that resolve links. */
interface LinkFiles {
  readonly path: {
    readonly sep: string;
    readonly isAbsolute: (path: string) => boolean;
    readonly dirname: (path: string) => string;
    readonly basename: (path: string) => string;
    readonly join: (folder: string, name: string) => string;
  };
  realpath(path: string): Promise<string>;
  readlink(path: string): Promise<string>;
}

/** The limit of Linux. */
const MAX_LINKS = 40;

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/**
 * Resolves all links of a path, also if the target is missing. Rejects with the system error for cyclic links.
 */
export async function resolveLinks(start: string, files: LinkFiles): Promise<string> {
  const { sep, isAbsolute, dirname, basename, join } = files.path;
  let now = start;
  for (let links = 0; links < MAX_LINKS; links++) {
    try {
      return await files.realpath(now);
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
    const link = await files.readlink(now).catch(() => undefined);
    if (link === undefined) {
      const folder = await files.realpath(dirname(now)).catch(() => undefined);
      return folder === undefined ? now : join(folder, basename(now)); // the same path for all links to a file
    }
    // Not normalized, because “..” after a link to a folder is relative to the target.
    now = isAbsolute(link) ? link : `${await files.realpath(dirname(now))}${sep}${link}`;
  }
  throw Object.assign(new Error(`ELOOP: too many links: ${start}`), { code: 'ELOOP' });
}
