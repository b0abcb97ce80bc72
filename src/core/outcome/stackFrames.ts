import { isValidPosition } from './textPosition.ts';

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
interface FrameMatch {
  readonly start: number;
  readonly end: number;
  readonly path: string;
  readonly line: string;
  readonly column?: string | undefined;
}

type FrameParser = (text: string) => FrameMatch | undefined;

/** Creates a frame format from a pattern with the named groups path, line and column. */
function patternParser(pattern: RegExp): FrameParser {
  return (text) => {
    const match = pattern.exec(text);
    const [start, pathEnd] = match?.indices?.groups?.['path'] ?? [];
    const { path, line, column } = match?.groups ?? {};
    if (match === null || start === undefined || pathEnd === undefined || path === undefined || line === undefined)
      return undefined;
    const end = match.index + match[0].length - (match[0].endsWith(')') ? 1 : 0);
    return { start, end: Math.max(end, pathEnd), path, line, column };
  };
}

/**
 * .NET: `at Name.Space.Type.Method() in /src/Function.cs:line 12`. The path may contain any text, so both ends are
 * matched separately.
 */
const dotNet: FrameParser = (text) => {
  const prefix = /\bin (?=\S)/.exec(text);
  if (prefix === null) return undefined;
  const start = prefix.index + prefix[0].length;
  const end = /\.(?:cs|fs|vb):line (\d+)/.exec(text.slice(start + 1));
  if (end === null) return undefined;
  const position = start + 1 + end.index;
  const path = text.slice(start, position + '.cs'.length);
  return { start, end: position + end[0].length, path, line: end[1] ?? '' };
};

const isNameCharacter = (character: string | undefined) => character !== undefined && /[\w$.<>]/.test(character);

/** Java and Kotlin: `com.example.Handler.handle(Handler.java:12)`. The package gives the folders. */
const java: FrameParser = (text) => {
  const file = patternParser(/\((?<path>[\w$-]+\.(?:java|kt|scala|groovy)):(?<line>\d+)\)/d)(text);
  if (file === undefined) return undefined;
  const end = file.start - 1;
  let start = end;
  while (isNameCharacter(text[start - 1])) start--;
  const folders = text.slice(start, end).split('.').slice(0, -2);
  return start === end ? undefined : { ...file, path: [...folders, file.path].join('/') };
};

/** The frame formats of the runtimes. The first match wins. */
const FRAME_PARSERS: readonly FrameParser[] = [
  // Python: File "/var/task/app.py", line 3, in handler
  patternParser(/File "(?<path>[^"\n]+)", line (?<line>\d+)/d),
  dotNet,
  java,
  // Node: at handler (/var/task/my folder/app.js:10:5), at /var/task/my folder/app.js:10:5. Skips the bundler's name
  // after `webpack://`, which isn't a folder.
  patternParser(
    /\((?:webpack:\/\/[^/]*\/)?(?<path>(?:file:\/\/)?(?:[A-Za-z]:[\\/])?[^()\n]+?\.(?:[cm]?[jt]sx?|py|rb|go|rs|cs|fs|vb|php)):(?<line>\d+)(?::(?<column>\d+))?\)/d,
  ),
  patternParser(
    /^\s*at (?:async )?(?:webpack:\/\/[^/]*\/)?(?<path>(?:file:\/\/)?(?:[A-Za-z]:[\\/])?[^()\n]+?\.(?:[cm]?[jt]sx?|py|rb|go|rs|cs|fs|vb|php)):(?<line>\d+)(?::(?<column>\d+))?$/d,
  ),
  // Ruby, Go, Rust: a path, a line, and optionally a column. Rejects a match followed by more digits or a negative
  // number, which is no valid location.
  patternParser(
    /(?:^|[\s(])(?<path>(?:file:\/\/)?(?:[A-Za-z]:[\\/])?[^\s:()"'<>|*?]+\.(?:[cm]?[jt]sx?|py|rb|go|rs|cs|fs|vb|php)):(?<line>\d+)(?::(?<column>\d+))?(?!\d|:?-\d)/d,
  ),
];

/** Paths of the runtime and of libraries, which aren't workspace files. */
const NON_WORKSPACE_PATH =
  /^(?:node:|internal\/|\/var\/runtime\/|\/var\/lang\/|\/usr\/|\/opt\/)|(?:^|[\\/])(?:node_modules|site-packages|nodeBootstrap\.js$|python(?:Bootstrap|Debugger)\.py$)(?:[\\/]|$)|^java\/|^jdk\//;

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
  for (const parse of FRAME_PARSERS) {
    const match = parse(text);
    if (match === undefined) continue;
    const { start, end, line, column } = match;
    const path = toPlainPath(match.path);
    if (path === '' || NON_WORKSPACE_PATH.test(path)) return undefined;
    const position = [Number(line), ...(column === undefined ? [] : [Number(column)])];
    // Generated code has line 0, which is no source location.
    if (!position.every(isValidPosition)) return undefined;
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

/** Lines of frames whose location isn't a source file, such as `at async Promise.all (index 0)`. */
const UNLOCATED = /^\s*at (?:[\w.$<>[\] ]+ )?\(?(?:node:[\w/:.]+|native|<anonymous>|index \d+|internal\/[\w/:.]+)\)?$/;

/** Whether a stack trace line is a frame of the runtime or of a library. */
export function isLibraryLine(text: string): boolean {
  if (text.length > MAX_LINE_LENGTH) return false;
  if (UNLOCATED.test(text)) return true;
  const match = FRAME_PARSERS.map((parse) => parse(text)).find((found) => found !== undefined);
  return match !== undefined && NON_WORKSPACE_PATH.test(toPlainPath(match.path));
}
