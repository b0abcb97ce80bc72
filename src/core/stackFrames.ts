import { isPlace } from './outcome/textPlace.ts';

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

interface Form {
  readonly pattern: RegExp;
  /** Makes a path of what the pattern found, where that is more than the text. */
  readonly toPath?: (groups: Readonly<Record<string, string | undefined>>) => string | undefined;
}

const EXTENSIONS = String.raw`(?:[cm]?[jt]sx?|py|rb|go|rs|cs|fs|vb|php)`;

/** Where a path may begin: a file address, a drive, or anywhere. */
const ROOT = String.raw`(?:file://)?(?:[A-Za-z]:[\\/])?`;
/** What bundlers put before the path of a source. */
const BUNDLER = String.raw`(?:webpack://[^/]*/)?`;
// A sign behind the line belongs to a column that is none: then the whole is no place.
const PLACE = String.raw`(?<line>\d+)(?::(?<column>\d+))?(?!\d|:?-\d)`;

/** How runtimes write a frame; the first that fits counts. Named groups: path, line, column. */
const FORMS: readonly Form[] = [
  // Python: File "/var/task/app.py", line 3, in handler
  { pattern: /File "(?<path>[^"\n]+)", line (?<line>\d+)/d },
  // .NET: at Name.Space.Type.Method() in /src/Function.cs:line 12
  { pattern: /\bin (?<path>\S.*?\.(?:cs|fs|vb)):line (?<line>\d+)/d },
  // Java and Kotlin: com.example.Handler.handle(Handler.java:12)
  {
    pattern: /(?<place>[\w$.<>]+)\((?<path>[\w$-]+\.(?:java|kt|scala|groovy)):(?<line>\d+)\)/d,
    toPath: ({ place = '', path = '' }) => {
      const folders = place.split('.').slice(0, -2);
      return [...folders, path].join('/');
    },
  },
  // Node: at handler (/var/task/my folder/app.js:10:5), at /var/task/my folder/app.js:10:5
  { pattern: new RegExp(String.raw`\(${BUNDLER}(?<path>${ROOT}[^()\n]+?\.${EXTENSIONS}):${PLACE}\)`, 'd') },
  {
    pattern: new RegExp(
      String.raw`^\s*at (?:async )?${BUNDLER}(?<path>${ROOT}[^()\n]+?\.${EXTENSIONS}):${PLACE}$`,
      'd',
    ),
  },
  // Ruby, Go, Rust: a path, a line, and a column where there is one; the path whole
  {
    pattern: new RegExp(String.raw`(?<=^|[\s(])(?<path>${ROOT}[^\s:()"'<>|*?]+\.${EXTENSIONS}):${PLACE}`, 'd'),
  },
];

/** Modules of the runtime itself, and those of the language: no file of the workspace is meant. */
const FOREIGN =
  /^(?:node:|internal\/|\/var\/runtime\/|\/var\/lang\/|\/usr\/|\/opt\/)|(?:^|[\\/])node_modules[\\/]|^java\/|^jdk\//;

/** A longer line is data, not a frame; patterns are not tried on it. In characters. */
const LONGEST_LINE = 2000;

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
  if (text.length > LONGEST_LINE) return undefined;
  for (const { pattern, toPath } of FORMS) {
    const found = pattern.exec(text);
    const groups = found?.groups;
    const range = found?.indices?.groups?.['path'];
    if (found === null || groups === undefined || range === undefined) continue;
    const path = toPlainPath(toPath?.(groups) ?? groups['path'] ?? '');
    if (path === '' || FOREIGN.test(path)) return undefined;
    const line = groups['line'] === undefined ? undefined : Number(groups['line']);
    const column = groups['column'] === undefined ? undefined : Number(groups['column']);
    // Code without a place of its own has line 0: such a frame leads nowhere.
    if (![line, column].every((value) => value === undefined || isPlace(value))) return undefined;
    const [start, pathEnd] = range;
    const end = found.index + found[0].length - (found[0].endsWith(')') ? 1 : 0);
    return {
      path,
      ...(line !== undefined && { line }),
      ...(column !== undefined && { column }),
      start,
      end: Math.max(end, pathEnd),
    };
  }
  return undefined;
}

/** The path below the function's own folder: `/var/task/src/app.js` is `src/app.js`; a path outside of it stays. */
export function belowTask(path: string): string {
  return path
    .replaceAll('\\', '/')
    .replace(/^\/var\/task\//, '')
    .replace(/^\.\//, '');
}
