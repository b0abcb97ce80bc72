import { withoutAnsi, withoutCutAnsi } from './ansi.ts';
import { isContinuation, isCrash, isTimeOnly, showsError, trackTraceback, type OpenEntry } from './continuation.ts';
import { jsonEntry } from './jsonEntry.ts';
import type { LogEntry } from './logEntry.ts';
import { parseTextLine } from './textLine.ts';

/** More lines become another entry. */
const MAX_LINES = 2000;

const DAY_MS = 86_400_000;

/** Lambda writes its JSON after output that has no line break. */
const GLUED_EVENT = /\{"time":"[^"]{10,40}","type":"platform\./;

/** The lines of a log. An extension's output can be on the same line as an event of the platform. */
function* linesOf(text: string): Generator<string> {
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const line = withoutAnsi(text.slice(start, text[end - 1] === '\r' && end > start ? end - 1 : end));
    const glued = line.startsWith('{') || !line.endsWith('}') ? -1 : line.search(GLUED_EVENT);
    if (glued > 0) yield line.slice(0, glued);
    yield glued > 0 ? line.slice(glued) : line;
    start = end + 1;
  }
}

/** Adds the lines after the first one to the message. */
function withLines(open: OpenEntry): LogEntry {
  const { parts, lines, headLines } = open;
  const raw = lines.join('\n');
  const level = showsError(open) ? { level: 'ERROR' as const } : {};
  if (lines.length === headLines) return { ...parts, ...level, raw };
  // A JSON object that was written in several lines.
  const whole =
    lines[0]?.trimEnd().endsWith('{') === true ? jsonEntry(parts.message + raw.slice(lines[0].length)) : undefined;
  if (whole !== undefined) return { ...parts, ...whole, raw };
  const more = lines.slice(headLines);
  const all = parts.message === '' ? more : [parts.message, ...more];
  return { ...parts, ...level, message: all.join(parts.kind === 'platform' ? ' · ' : '\n'), raw };
}

function opened(line: string): OpenEntry {
  // Lambda joins the lines of one entry with \r.
  const [first = '', ...more] = line.split('\r');
  const { parts, hasHead, hasDate } = parseTextLine(first);
  const open: OpenEntry = {
    parts,
    hasHead,
    hasDate,
    lines: [first],
    headLines: 1,
    isInTraceback: first.startsWith('Traceback'),
    isCrash: isCrash(first),
  };
  for (const text of more) append(text, open);
  return open;
}

function append(line: string, open: OpenEntry): void {
  open.lines.push(line);
  trackTraceback(line, open);
}

/** An entry whose time is on the line before it. */
function withTime({ parts, hasDate, lines }: OpenEntry, next: OpenEntry): OpenEntry {
  return {
    ...next,
    parts: { ...parts, ...next.parts },
    hasHead: true,
    hasDate,
    lines: [...lines, ...next.lines],
    headLines: 2,
  };
}

/**
 * Parses the log of a function into entries, in order. Yields each as soon as it is complete, so that the caller can
 * pause. `isTruncated`: the log starts in the middle, as Lambda's tail of 4 KB does.
 */
export function* parseLog(text: string, isTruncated = false): Generator<LogEntry> {
  let open: OpenEntry | undefined;
  let blankLines = 0;
  let isFirst = true;
  let day = 0;

  function finish(entry: OpenEntry): LogEntry {
    const isCut = isTruncated && isFirst && !entry.hasHead;
    isFirst = false;
    const { epochMs } = entry.parts;
    if (epochMs !== undefined && entry.hasDate) day = Math.floor(epochMs / DAY_MS) * DAY_MS;
    const withDay = epochMs !== undefined && !entry.hasDate ? { epochMs: day + epochMs } : {};
    return { ...withLines(entry), ...withDay, ...(isCut && { isTruncated: true as const }) };
  }

  let isFirstLine = isTruncated;
  for (const written of linesOf(text)) {
    const line = isFirstLine ? withoutCutAnsi(written) : written;
    isFirstLine = false;
    if (line.trim() === '') {
      blankLines++;
      continue;
    }
    const next = opened(line);
    const head = { hasHead: next.hasHead, isPlatform: next.parts.kind === 'platform' };
    if (open !== undefined && open.lines.length < MAX_LINES && isContinuation(line, head, open)) {
      if (isTimeOnly(open)) open = withTime(open, next);
      else {
        for (; blankLines > 0; blankLines--) append('', open);
        for (const part of next.lines) append(part, open);
        if (open.parts.level === undefined && next.parts.level !== undefined && next.hasHead)
          open.parts = { ...open.parts, level: next.parts.level };
      }
    } else {
      if (open !== undefined) yield finish(open);
      open = next;
    }
    blankLines = 0;
  }
  if (open !== undefined) yield finish(open);
}
