import picomatch from 'picomatch';

/** Longer patterns match nothing. */
const MAX_LENGTH = 1000;

/** A pattern for paths relative to a folder, with `/` on every system. */
export interface Glob {
  /** Whether it matches a path or one of the folders that the path is in. */
  readonly matches: (path: string) => boolean;
  /**
   * Whether it may match something in a folder and names that folder: `dist/*.json` names each `dist`, but `**` and `*`
   * don't name what they stand for.
   */
  readonly names: (folder: string) => boolean;
}

/** VS Code's globs: no extended patterns, `[!a]`, and `*` and `**` match names that begin with a dot. */
const OPTIONS: picomatch.PicomatchOptions = { dot: true, noextglob: true, nonegate: true, posix: true };

function createMatcher(pattern: string): (text: string) => boolean {
  try {
    return pattern === '' || pattern.length > MAX_LENGTH ? () => false : picomatch(pattern, OPTIONS);
  } catch {
    return () => false;
  }
}

/**
 * Parses a glob in VS Code's syntax: `*` and `?` in a name, `**` for any folders, `{a,b}` and `[a-z]`. A pattern that
 * isn't valid matches nothing. Source: VS Code, glob pattern reference.
 */
export function createGlob(pattern: string): Glob {
  const normalized = pattern
    .replaceAll('\\', '/')
    .replace(/^(\.?\/)+/, '')
    .replace(/\/$/, '');
  const isMatch = createMatcher(normalized);
  const names = normalized.split('/').filter((name) => /[^*?]/.test(name));
  const namers = names.map(createMatcher);
  return {
    matches(path) {
      const parts = path.split('/');
      return parts.some((_, index) => isMatch(parts.slice(0, index + 1).join('/')));
    },
    names(folder) {
      const name = folder.slice(folder.lastIndexOf('/') + 1);
      return namers.some((isName) => isName(name));
    },
  };
}
