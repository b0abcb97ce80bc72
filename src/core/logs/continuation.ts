import type { EntryParts } from './logEntry.ts';
import { isWrappedPlatformLine } from './platformLine.ts';

/** An entry whose lines are being collected. */
export interface OpenEntry {
  parts: EntryParts;
  readonly hasHead: boolean;
  readonly hasDate: boolean;
  readonly lines: string[];
  /** How many lines the head has: the time can be on a separate line. */
  readonly headLines: number;
  /** Frames of a Python traceback. The line of the error follows them. */
  isInTraceback: boolean;
  /** A crash of Go or Rust, which writes lines of any shape until the process ends. */
  readonly isCrash: boolean;
}

const CRASH = /^(?:panic: |fatal error: |runtime: |goroutine \d+ \[|thread '[^']*' (?:\(\d+\) )?panicked at )/;

/** Whether a line starts the output of a crash. */
export function isCrash(line: string): boolean {
  return CRASH.test(line);
}

/** Frames and causes of Node.js, Java, .NET, Python and Ruby that aren't always indented. */
const STACK_LINE =
  /^(?:at (?:async )?\S|Caused by: |Suppressed: |\.\.\. \d+ (?:more|common frames)|from \S+:\d|--- End of |During handling of the above exception|The above exception was the direct cause)/;

const TRACEBACK = 'Traceback (most recent call last)';

/** `java.lang.IllegalStateException: message` or `System.InvalidOperationException: message`. */
const QUALIFIED_ERROR = /^(?:[A-Za-z_$][\w$]*\.)+[A-Za-z_$][\w$]*(?::|$)/;

/** The line after the frames of a traceback: `KeyError: 'id'`. */
const PYTHON_ERROR = /^[A-Za-z_][\w.]*(?::|$)/;

/** The error type after `RequestId: … Error: Runtime exited`. */
const ERROR_TYPE = /^(?:Runtime|Extension|Sandbox|Function)\.\w+$/;

/** An error that was printed without a level. */
const PRINTED_ERROR = /^[\w.]{0,200}(?:Error|Exception): /;

const CLOSING_BRACKETS = /^[\]})]{1,20}[,;]?$/;

/** java.util.logging writes the time on one line, and the level on the next one. */
const JUL_LEVEL = /^(?:SEVERE|WARNING|INFO|CONFIG|FINE|FINER|FINEST): /;

function isStackLine(line: string): boolean {
  return STACK_LINE.test(line);
}

/** Whether a line consists of a time. The rest follows on the next line. */
export function isTimeOnly({ parts, lines }: OpenEntry): boolean {
  return lines.length === 1 && lines[0]?.trim() === parts.timestamp;
}

/** Whether an unindented line without a head belongs to the entry before it. */
function continuesMessage(line: string, open: OpenEntry): boolean {
  const { parts, lines, hasHead } = open;
  const last = lines.at(-1) ?? '';
  const hasFailed = parts.level === 'ERROR' || parts.level === 'FATAL' || parts.level === 'WARN';
  if (open.isCrash || isTimeOnly(open) || isStackLine(line)) return true;
  if (line.startsWith(TRACEBACK)) return (hasHead && parts.level !== undefined) || isStackLine(last);
  if (open.isInTraceback && PYTHON_ERROR.test(line)) return true;
  if (CLOSING_BRACKETS.test(line)) return lines.length > 1;
  if (ERROR_TYPE.test(line)) return parts.level === 'ERROR' && lines.length === 1;
  // Node.js points at the source of an uncaught error before its stack.
  if (last.trim() === '^') return true;
  return hasFailed && QUALIFIED_ERROR.test(line) && (hasHead || isStackLine(last.trimStart()));
}

function isJulMessage(line: string, { parts, lines }: OpenEntry): boolean {
  const isFirst = lines.length === 1 && parts.level === undefined && parts.timestamp !== undefined;
  return isFirst && JUL_LEVEL.test(line);
}

/** Whether a line, parsed as the start of an entry, belongs to the entry before it. */
export function isContinuation(
  line: string,
  { hasHead, isPlatform }: { readonly hasHead: boolean; readonly isPlatform: boolean },
  open: OpenEntry,
): boolean {
  if (isPlatform) return isTimeOnly(open);
  if (open.parts.kind === 'platform') return !hasHead && isWrappedPlatformLine(line);
  const isIndented = line.startsWith(' ') || line.startsWith('\t');
  if (hasHead && !isIndented) return isTimeOnly(open) ? !/^\d/.test(line) : isJulMessage(line, open);
  return isIndented ? !hasHead || !/^\s+[\d[{]/.test(line) : continuesMessage(line, open);
}

/** Follows the frames of a traceback. */
export function trackTraceback(line: string, open: OpenEntry): void {
  if (line.startsWith(TRACEBACK)) open.isInTraceback = true;
  else if (open.isInTraceback && !line.startsWith(' ') && line !== '') open.isInTraceback = false;
}

/** Whether the entry shows an error although it has no level. */
export function showsError({ parts, lines, isCrash: hasCrashed }: OpenEntry): boolean {
  if (parts.level !== undefined || parts.kind === 'platform') return false;
  const [first = ''] = lines;
  if (hasCrashed || first.startsWith(TRACEBACK) || PRINTED_ERROR.test(first)) return true;
  return lines.slice(1, 12).some((line) => isStackLine(line.trimStart()) || line.startsWith(TRACEBACK));
}
