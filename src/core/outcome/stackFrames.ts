import { isPlace } from './textPlace.ts';

/** A place in a source file that a line of a stack names. Line and column from 1, as editors count. */
export interface StackFrame {
  /** The path as it stands: `/var/task/app.js`, `app.py`, `com/example/Handler.java`. */
  readonly path: string;
  readonly line?: number;
  readonly column?: number;
  /** Which part of the text names it. */
  readonly start: number;
  readonly end: number;
}

/** What a form finds in a line: the text that names the place, the path in it, and line and column. */
interface Found {
  readonly start: number;
  readonly end: number;
  readonly path: string;
  readonly line: string;
  readonly column?: string | undefined;
}

type Form = (text: string) => Found | undefined;

/** A form that one pattern knows. Named groups: path, line, column. */
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

/** .NET: `at Name.Space.Type.Method() in /src/Function.cs:line 12`. The path may contain any text, so both ends are matched separately. */
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

/** Java and Kotlin: `com.example.Handler.handle(Handler.java:12)`, whose folders are those of the package. */
const java: Form = (text) => {
  const file = form(/\((?<path>[\w$-]+\.(?:java|kt|scala|groovy)):(?<line>\d+)\)/d)(text);
  if (file === undefined) return undefined;
  const end = file.start - 1;
  let start = end;
  while (isOfPlace(text[start - 1])) start--;
  const folders = text.slice(start, end).split('.').slice(0, -2);
  return start === end ? undefined : { ...file, path: [...folders, file.path].join('/') };
};

/** How runtimes write a frame; the first that fits counts. */
const FORMS: readonly Form[] = [
  // Python: File "/var/task/app.py", line 3, in handler
  form(/File "(?<path>[^"\n]+)", line (?<line>\d+)/d),
  dotNet,
  java,
  // Node: at handler (/var/task/my folder/app.js:10:5), at /var/task/my folder/app.js:10:5. A bundler's name is no folder.
  form(
    /\((?:webpack:\/\/[^/]*\/)?(?<path>(?:file:\/\/)?(?:[A-Za-z]:[\\/])?[^()\n]+?\.(?:[cm]?[jt]sx?|py|rb|go|rs|cs|fs|vb|php)):(?<line>\d+)(?::(?<column>\d+))?\)/d,
  ),
  form(
    /^\s*at (?:async )?(?:webpack:\/\/[^/]*\/)?(?<path>(?:file:\/\/)?(?:[A-Za-z]:[\\/])?[^()\n]+?\.(?:[cm]?[jt]sx?|py|rb|go|rs|cs|fs|vb|php)):(?<line>\d+)(?::(?<column>\d+))?$/d,
  ),
  // Ruby, Go, Rust: a path, a line, and a column where there is one; the path whole. A sign behind the line belongs to a
  // column that is none: then the whole is no place.
  form(
    /(?:^|[\s(])(?<path>(?:file:\/\/)?(?:[A-Za-z]:[\\/])?[^\s:()"'<>|*?]+\.(?:[cm]?[jt]sx?|py|rb|go|rs|cs|fs|vb|php)):(?<line>\d+)(?::(?<column>\d+))?(?!\d|:?-\d)/d,
  ),
];

/** Modules of the runtime itself, and those of the language: no file of the workspace is meant. */
const FOREIGN =
  /^(?:node:|internal\/|\/var\/runtime\/|\/var\/lang\/|\/usr\/|\/opt\/)|(?:^|[\\/])node_modules[\\/]|^java\/|^jdk\//;

/** A longer line is data, not a frame; patterns are not tried on it. In characters. */
const MAX_LINE_LENGTH = 2000;

/** A `file:` URI as a path. */
function toPlainPath(path: string): string {
  if (!path.startsWith('file://')) return path;
  try {
    return decodeURIComponent(path.slice('file://'.length));
  } catch {
    return path.slice('file://'.length);
  }
}

/**
 * The source place that one line of a stack names, or undefined where it names none of the function's own. Knows Node,
 * Python, Java, .NET, Ruby, Go and Rust. Source: stacks of Lambda's runtimes.
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
    // Generated code has line 0: such a frame has no source location.
    if (!place.every(isPlace)) return undefined;
    return { path, line: Number(line), ...(column !== undefined && { column: Number(column) }), start, end };
  }
  return undefined;
}

/** The path below the function's own folder: `/var/task/src/app.js` is `src/app.js`; a path outside of it stays. */
export function relativeToTaskRoot(path: string): string {
  return path
    .replaceAll('\\', '/')
    .replace(/^\/var\/task\//, '')
    .replace(/^\.\//, '');
}
