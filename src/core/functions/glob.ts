import { segmentMatcher } from './globSegment.ts';

/** The maximum number of alternatives that the braces of one pattern expand to. */
const MAX_ALTERNATIVES = 100;
/** Longer patterns match nothing. */
const MAX_LENGTH = 1000;

/** A pattern for paths relative to a folder, with `/` on every system. */
export interface Glob {
  /** Whether it matches a path or one of the folders that the path is in. */
  readonly matches: (path: string) => boolean;
  /**
   * Whether it can match something below a folder and names that folder itself: `dist/*.json` names `dist`, but `**` and
   * the folders it stands for aren't names.
   */
  readonly names: (folder: string) => boolean;
}

type Segment = '**' | ((name: string) => boolean);

/** The texts that `{a,b}` stands for. An unclosed brace is a character. */
function expandBraces(pattern: string): string[] {
  let expanded = [''];
  for (let at = 0; at < pattern.length; at++) {
    const close = pattern[at] === '{' ? pattern.indexOf('}', at) : -1;
    const parts = close === -1 ? [pattern[at] ?? ''] : pattern.slice(at + 1, close).split(',');
    if (close !== -1) at = close;
    expanded = expanded.flatMap((text) => parts.map((part) => text + part)).slice(0, MAX_ALTERNATIVES);
  }
  return expanded;
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter((name) => name !== '' && name !== '.');
}

/** Adds the positions that are reached because `**` can stand for no folder. */
function skipGlobstars(segments: readonly Segment[], positions: Iterable<number>): Set<number> {
  const reached = new Set<number>();
  for (let position of positions) {
    reached.add(position);
    while (segments[position] === '**') reached.add(++position);
  }
  return reached;
}

function createAlternative(pattern: string): Glob {
  const segments = segmentsOf(pattern).map((text): Segment => (text === '**' ? '**' : segmentMatcher(text)));
  const start = skipGlobstars(segments, segments.length === 0 ? [] : [0]);

  function advance(positions: ReadonlySet<number>, name: string, isNamed: boolean): Set<number> {
    const next: number[] = [];
    for (const position of positions) {
      const segment = segments[position];
      if (segment === '**') {
        if (!isNamed) next.push(position);
      } else if (segment?.(name) === true) next.push(position + 1);
    }
    return skipGlobstars(segments, next);
  }

  return {
    matches(path) {
      let positions = start;
      for (const name of segmentsOf(path)) {
        positions = advance(positions, name, false);
        if (positions.has(segments.length)) return true;
      }
      return false;
    },
    names(folder) {
      const names = segmentsOf(folder);
      let positions = start;
      for (const [index, name] of names.entries()) positions = advance(positions, name, index === names.length - 1);
      return positions.size > 0;
    },
  };
}

/**
 * Parses a glob in VS Code's syntax: `*` and `?` in a name, `**` for any folders, `{a,b}` and `[a-z]`. Braces can't be
 * nested. Runs in time proportional to the pattern and the path. Source: VS Code, glob pattern reference.
 */
export function createGlob(pattern: string): Glob {
  const normalized = pattern.length > MAX_LENGTH ? '' : pattern.replaceAll('\\', '/');
  const alternatives = expandBraces(normalized).map(createAlternative);
  return {
    matches: (path) => alternatives.some((each) => each.matches(path)),
    names: (folder) => alternatives.some((each) => each.names(folder)),
  };
}
