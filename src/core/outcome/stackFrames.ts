import { isPlace } from './textPlace.ts';

/** A source location in a stack trace. Line and column are 1-based. */
export interface StackFrame {
  /** The path as written: `/var/task/app.js`, `app.py`, `com/example/Handler.java`. */
  readonly path: string;
  readonly line?: number;
  readonly column?: number;
  /** The range of the text that contains the location. */
  readonly start: number;
  readonly end: number;
}

/** A match of a frame format: the range of the location, its path, line and column. */
interface Found {
  readonly start: number;
  readonly end: number;
  readonly path: string;
  readonly line: string;
  readonly column?: string | undefined;
}

type Form = (text: string) => Found | undefined;

/** Creates a frame format from a pattern with the named groups path, line and column. */
function form(pattern: RegExp): Form {
  return (text) => {
    const found = pattern.exec(text);
    const [start, pathEnd] = found?.indices?.groups?.['path'] ?? [];
    const { path, line, column } = found?.groups ?? {};
    if (found === null || start === undefined || pathEnd === undefined || path === undefined || line === undefined)
      return undefined;
    const end = found.index + found[0].length - (found[0].endsWith(')') ? 1 : 0);
    return { start, end: Math.max(end, pathEnd), path, line, column };
  };
}

/**
 * .NET: `at Name.Space.Type.Method() in /src/Function.cs:line 12`. The path may contain any text, so both ends are
 * matched separately.
 */
const dotNet: Form = (text) => {
  const begin = /\bin (?=\S)/.exec(text);
  if (begin === null) return undefined;
  const start = begin.index + begin[0].length;
  const end = /\.(?:cs|fs|vb):line (\d+)/.exec(text.slice(start + 1));
  if (end === null) return undefined;
  const place = start + 1 + end.index;
  const path = text.slice(start, place + '.cs'.length);
  return { start, end: place + end[0].length, path, line: end[1] ?? '' };
};

const isOfPlace = (character: string | undefined) => character !== undefined && /[\w$.<>]/.test(character);

/** Java and Kotlin: `com.example.Handler.handle(Handler.java:12)`. The package gives the folders. */
const java: Form = (text) => {
  const file = form(/\((?<path>[\w$-]+\.(?:java|kt|scala|groovy)):(?<line>\d+)\)/d)(text);
  if (file === undefined) return undefined;
  const end = file.start - 1;
  let start = end;
  while (isOfPlace(text[start - 1])) start--;
  const folders = text.slice(start, end).split('.').slice(0, -2);
  return start === end ? undefined : { ...file, path: [...folders, file.path].join('/') };
};

/** The frame formats of the runtimes. The first match wins. */
const FORMS: readonly Form[] = [
  // Python: File "/var/task/app.py", line 3, in handler
  form(/File "(?<path>[^"\n]+)", line (?<line>\d+)/d),
  dotNet,
  java,
  // Node: at handler (/var/task/my folder/app.js:10:5), at /var/task/my folder/app.js:10:5. Skips the bundler's name
  // after `webpack://`, which isn't a folder.
  form(
    /\((?:webpack:\/\/[^/]*\/)?(?<path>(?:file:\/\/)?(?:[A-Za-z]:[\\/])?[^()\n]+?\.(?:[cm]?[jt]sx?|py|rb|go|rs|cs|fs|vb|php)):(?<line>\d+)(?::(?<column>\d+))?\)/d,
  ),
  form(
    /^\s*at (?:async )?(?:webpack:\/\/[^/]*\/)?(?<path>(?:file:\/\/)?(?:[A-Za-z]:[\\/])?[^()\n]+?\.(?:[cm]?[jt]sx?|py|rb|go|rs|cs|fs|vb|php)):(?<line>\d+)(?::(?<column>\d+))?$/d,
  ),
  // Ruby, Go, Rust: a path, a line, and optionally a column. Rejects a match followed by more digits or a negative
  // number, which is no valid location.
  form(
    /(?:^|[\s(])(?<path>(?:file:\/\/)?(?:[A-Za-z]:[\\/])?[^\s:()"'<>|*?]+\.(?:[cm]?[jt]sx?|py|rb|go|rs|cs|fs|vb|php)):(?<line>\d+)(?::(?<column>\d+))?(?!\d|:?-\d)/d,
  ),
];

/** Paths of the runtime and of libraries, which aren't workspace files. */
const FOREIGN =
  /^(?:node:|internal\/|\/var\/runtime\/|\/var\/lang\/|\/usr\/|\/opt\/)|(?:^|[\\/])node_modules[\\/]|^java\/|^jdk\//;

/** Longer lines are data, not frames, so patterns aren't tried on them. In characters. */
const MAX_LINE_LENGTH = 2000;

/** Converts a `file:` URI to a path. */
function toPlainPath(path: string): string {
  if (!path.startsWith('file://')) return path;
  try {
    return decodeURIComponent(path.slice('file://'.length));
  } catch {
    return path.slice('file://'.length);
  }
}

/**
 * Parses the source location in a stack trace line, or returns undefined if it has none in the function's own code.
 * Supports Node, Python, Java, .NET, Ruby, Go and Rust. Source: stack traces of Lambda's runtimes.
 */
export function parseStackFrame(text: string): StackFrame | undefined {
  if (text.length > MAX_LINE_LENGTH) return undefined;
  for (const read of FORMS) {
    const found = read(text);
    if (found === undefined) continue;
    const { start, end, line, column } = found;
    const path = toPlainPath(found.path);
    if (path === '' || FOREIGN.test(path)) return undefined;
    const place = [Number(line), ...(column === undefined ? [] : [Number(column)])];
    // Generated code has line 0, which is no source location.
    if (!place.every(isPlace)) return undefined;
    return { path, line: Number(line), ...(column !== undefined && { column: Number(column) }), start, end };
  }
  return undefined;
}

/** A path relative to the function's folder: `/var/task/src/app.js` becomes `src/app.js`. Other paths stay the same. */
export function relativeToTaskRoot(path: string): string {
  return path
    .replaceAll('\\', '/')
    .replace(/^\/var\/task\//, '')
    .replace(/^\.\//, '');
}
