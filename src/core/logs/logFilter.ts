import type { LogEntry, LogLevel } from './logEntry.ts';

/** Which entries are shown. */
export interface LogFilter {
  /** All levels if empty. */
  readonly levels: ReadonlySet<LogLevel>;
  /** Plain text, in any case. */
  readonly text: string;
  readonly hasPlatform: boolean;
}

/** FATAL entries are shown with ERROR. */
export function filterLevel({ level }: Pick<LogEntry, 'level'>): LogLevel | undefined {
  return level === 'FATAL' ? 'ERROR' : level;
}

/** Whether an entry is shown. A text is searched in the entry as written, so that fields and stack traces match too. */
export function matchesFilter(entry: LogEntry, { levels, text, hasPlatform }: LogFilter): boolean {
  if (entry.kind === 'platform') {
    if (!hasPlatform || levels.size > 0) return false;
  } else if (levels.size > 0) {
    const level = filterLevel(entry);
    if (level === undefined || !levels.has(level)) return false;
  }
  return text === '' || entry.raw.toLowerCase().includes(text.toLowerCase());
}

/** A part of a text, and whether it matches the filter. */
export interface MatchPart {
  readonly text: string;
  readonly isMatch: boolean;
}

/** Splits a text at the matches of a plain text, in any case. */
export function matchParts(text: string, wanted: string): readonly MatchPart[] {
  const lower = text.toLowerCase();
  const needle = wanted.toLowerCase();
  // Lower case can have another length, such as that of İ. Then nothing is highlighted.
  if (needle === '' || lower.length !== text.length) return text === '' ? [] : [{ text, isMatch: false }];
  const parts: MatchPart[] = [];
  let start = 0;
  for (let at = lower.indexOf(needle); at !== -1; at = lower.indexOf(needle, start)) {
    if (at > start) parts.push({ text: text.slice(start, at), isMatch: false });
    start = at + needle.length;
    parts.push({ text: text.slice(at, start), isMatch: true });
  }
  if (start < text.length) parts.push({ text: text.slice(start), isMatch: false });
  return parts;
}
