import { errorLine, jsonEntry } from './jsonEntry.ts';
import { readPairs } from './keyValuePairs.ts';
import { readLevel } from './level.ts';
import { textNote } from './localNote.ts';
import type { EntryParts, LogLevel } from './logEntry.ts';
import { epochMsOf, readTime, type LogTime } from './logTime.ts';
import { platformLine } from './platformLine.ts';

/** A parsed first line of an entry. */
export interface TextLine {
  readonly parts: EntryParts;
  /** Whether the line starts with a time, request ID or level, so that it starts an entry. */
  readonly hasHead: boolean;
  readonly hasDate: boolean;
}

/** The head of a line is at its start. In characters. */
const MAX_HEAD = 400;

const REQUEST_ID = /\[?([\da-fA-F]{8}-(?:[\da-fA-F]{4}-){3}[\da-fA-F]{12})\]?(?=[\s:,|]|$)/y;

/**
 * Parts of a head without meaning here: a log stream's name (CloudWatch, AWS CLI), Ruby's severity letter and process
 * ID, the request ID of Node.js before the first invocation.
 */
const OTHER_PART =
  /(?:\d{4}\/\d\d\/\d\d\/(?:[\w-]{1,140})?\[[^\]\s]{1,40}\][\da-f]{8,32}|[DIWEFAU], (?=\[)|#\d{1,10}\]|undefined(?=\t))/y;

/** What separates the parts of a head. */
const SEPARATOR = /[ \t|]{0,8}(?:- )?(?:\[(?=\d)|\](?=[\s:]))?/y;

/** What separates the head from the message. */
const END_OF_HEAD = /[ \t|\]]{0,8}(?:-- ?[^:\s]{0,80}:|[:-](?=\s))?[ \t]{0,8}/y;

/** Lines about a failure that Lambda writes without a level. */
const PLATFORM_FAILURE = /^(?:Task timed out after \d|Process exited before completing request)/;
const RUNTIME_FAILURE = /^RequestId: (\S{1,64}) (?=Error: |Process exited )/;

interface Head {
  time: LogTime | undefined;
  requestId: string | undefined;
  level: LogLevel | undefined;
  end: number;
  /** After the name of a log stream, the line starts again. */
  hasStream: boolean;
}

function matchEnd(pattern: RegExp, line: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(line) ? pattern.lastIndex : at;
}

function readHead(line: string): Head {
  const head: Head = { time: undefined, requestId: undefined, level: undefined, end: 0, hasStream: false };
  for (;;) {
    const at = matchEnd(SEPARATOR, line, head.end);
    const time = head.time === undefined || head.hasStream ? readTime(line, at) : undefined;
    if (time !== undefined) {
      head.time = time;
      head.hasStream = false;
      head.end = time.end;
      continue;
    }
    REQUEST_ID.lastIndex = at;
    const id = head.requestId === undefined ? REQUEST_ID.exec(line)?.[1] : undefined;
    if (id !== undefined) {
      head.requestId = id;
      head.end = REQUEST_ID.lastIndex;
      continue;
    }
    const level = head.level === undefined ? readLevel(line, at, head.time !== undefined) : undefined;
    if (level !== undefined) {
      head.level = level.level;
      head.end = level.end;
      continue;
    }
    const end = matchEnd(OTHER_PART, line, at);
    if (end === at || end > MAX_HEAD) return head;
    head.end = end;
    head.hasStream = /\d/.test(line[at] ?? '');
  }
}

/** Longer messages aren't searched for JSON at their end. In characters. */
const MAX_TRAILING_JSON = 65_536;

/** A message with a JSON object at its end: `stock low {"sku":"A-12"}`. */
function trailingJson(message: string): Pick<EntryParts, 'message' | 'fieldSource'> | undefined {
  if (!message.endsWith('}') || message.length > MAX_TRAILING_JSON) return undefined;
  const start = message.indexOf('{"');
  if (start < 1) return undefined;
  const inner = jsonEntry(message.slice(start));
  if (inner?.fieldSource?.kind !== 'json') return undefined;
  const { json } = inner.fieldSource;
  const text = message.slice(0, start).trimEnd();
  const value: unknown = JSON.parse(json);
  const error = /"errorMessage"/.test(json) ? errorLine(value) : undefined;
  const usedKeys = error === undefined ? [] : ['errorType', 'errorMessage'];
  return {
    message: error === undefined ? text : `${text} ${error}`.trimStart(),
    fieldSource: { kind: 'json', json, usedKeys },
  };
}

function pairsParts(line: string): EntryParts | undefined {
  const pairs = readPairs(line);
  if (pairs === undefined) return undefined;
  const valueOf = (...keys: string[]) => pairs.find(({ key }) => keys.includes(key))?.text;
  const level = readLevel(`[${valueOf('level', 'lvl') ?? ''}]`, 0, true)?.level;
  const timestamp = valueOf('time', 'ts', 'timestamp');
  const epochMs = epochMsOf(/^[\d.]+$/.test(timestamp ?? '') ? Number(timestamp) : timestamp);
  const requestId = valueOf('requestId', 'request_id', 'aws_request_id');
  const used = new Set(['level', 'lvl', 'time', 'ts', 'timestamp', 'msg', 'requestId', 'request_id', 'aws_request_id']);
  return {
    kind: 'message',
    message: valueOf('msg') ?? '',
    ...(level !== undefined && { level }),
    ...(timestamp !== undefined && { timestamp }),
    ...(epochMs !== undefined && { epochMs }),
    ...(requestId !== undefined && { requestId }),
    fieldSource: { kind: 'pairs', pairs: pairs.filter(({ key }) => !used.has(key)) },
  };
}

/** The request ID in a span of Rust's tracing: `Lambda runtime invoke{requestId="…"}: message`. */
const SPAN_ID = /\brequestId="([\w-]{36})"/;

function textParts(message: string, requestId: string | undefined): EntryParts {
  const trimmed = message.trimStart();
  const failure = requestId === undefined ? RUNTIME_FAILURE.exec(trimmed) : null;
  if (failure !== null) {
    const text = trimmed.slice(failure[0].length);
    return { kind: 'message', level: 'ERROR', requestId: failure[1] ?? '', message: text };
  }
  const span = requestId === undefined ? SPAN_ID.exec(message.slice(0, MAX_HEAD))?.[1] : undefined;
  return {
    kind: 'message',
    message,
    ...(PLATFORM_FAILURE.test(message) && { level: 'ERROR' as const }),
    ...(span !== undefined && { requestId: span }),
    ...trailingJson(message),
  };
}

/**
 * Parses the first line of an entry. Sources: Lambda developer guide (logging of each runtime), and the default formats
 * of Python's logging, log4j2, Logback, java.util.logging, .NET, Ruby, Go, zap, zerolog, Rust's tracing.
 */
export function parseTextLine(line: string): TextLine {
  const note = textNote(line);
  if (note !== undefined) return { parts: note, hasHead: true, hasDate: false };
  const structured = jsonEntry(line) ?? pairsParts(line);
  if (structured !== undefined) return { parts: structured, hasHead: true, hasDate: true };
  const { time, requestId, level, end } = readHead(line);
  const written: Pick<EntryParts, 'timestamp' | 'epochMs' | 'level' | 'requestId'> = {
    ...(time !== undefined && { timestamp: time.text, epochMs: time.epochMs }),
    ...(requestId !== undefined && { requestId }),
    ...(level !== undefined && { level }),
  };
  const hasHead = Object.keys(written).length > 0;
  const message = hasHead ? line.slice(matchEnd(END_OF_HEAD, line, end)) : line;
  const platform = platformLine(message.trimStart());
  if (platform !== undefined)
    return { parts: { ...written, ...platform }, hasHead: true, hasDate: time?.hasDate ?? true };
  // The level comes from a structured message if there is one, the request ID from Lambda's head.
  const inner = hasHead ? (jsonEntry(message) ?? pairsParts(message)) : undefined;
  const parts = inner ?? textParts(message, requestId);
  return {
    parts: { ...written, ...parts, ...(requestId !== undefined && { requestId }) },
    hasHead: hasHead || 'requestId' in parts,
    hasDate: time?.hasDate ?? true,
  };
}
