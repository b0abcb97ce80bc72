import type { HistoryEntry, HistoryInvocation } from '../../core/history/historyEntry.ts';
import type { HistoryOperation } from '../../core/history/historyState.ts';
import { isRecord } from '../../core/json/isRecord.ts';
import type { Verdict } from '../../core/outcome/verdict.ts';
import { parseConnection, parseInvocation, parsePresetOrigin } from '../../protocol/invocationFields.ts';
import { isNumber, isText, parseOutcome } from './parseOutcome.ts';

/** The version of the lines. A newer version that can't be read by this one has a higher number. */
const VERSION = 1;

const LEVELS: readonly unknown[] = ['success', 'warning', 'error', 'neutral'] satisfies Verdict['level'][];

const LABELS: Readonly<Record<Verdict['label'], true>> = {
  succeeded: true,
  returnedHttp: true,
  queued: true,
  permissionGranted: true,
  canceled: true,
  stopped: true,
  restricted: true,
  thrown: true,
  timeout: true,
  outOfMemory: true,
  init: true,
  exit: true,
  responseTooLarge: true,
  notSent: true,
  credentials: true,
  refused: true,
  noConnection: true,
  lost: true,
  unclear: true,
};

function parseVerdict(value: unknown): Verdict | undefined {
  if (!isRecord(value)) return undefined;
  const { level, label, statusCode } = value;
  const isValid = LEVELS.includes(level) && isText(label) && Object.hasOwn(LABELS, label);
  if (!isValid || (statusCode !== undefined && !isNumber(statusCode))) return undefined;
  return value as unknown as Verdict;
}

/** The fields of an invocation. An inline payload has no text. */
export function parseHistoryInvocation(value: unknown): HistoryInvocation | undefined {
  if (!isRecord(value) || !isRecord(value['payload'])) return undefined;
  const isTyped = value['payload']['kind'] === 'typed';
  const parsed = parseInvocation(isTyped ? { ...value, payload: { kind: 'none' } } : value);
  return parsed && isTyped ? { ...parsed, payload: { kind: 'typed' } } : parsed;
}

/** Parses an entry. Undefined if it's damaged. */
export function parseHistoryEntry(value: unknown): HistoryEntry | undefined {
  if (!isRecord(value)) return undefined;
  const { invocationId, at, sentBytes, isPinned } = value;
  const invocation = parseHistoryInvocation(value['invocation']);
  const connection = parseConnection(value['connection']);
  const verdict = parseVerdict(value['verdict']);
  const outcome = parseOutcome(value['outcome']);
  const preset = parsePresetOrigin(value['preset']);
  if (!isText(invocationId) || !isNumber(at) || !invocation || !connection || !verdict || !outcome) return undefined;
  return {
    invocationId,
    at,
    invocation,
    connection,
    ...(preset && { preset }),
    verdict,
    outcome,
    ...(isNumber(sentBytes) && { sentBytes }),
    ...(isPinned === true && { isPinned }),
  };
}

function parseOperation({ op, entry, ids, isPinned }: Record<string, unknown>): HistoryOperation | undefined {
  if (op === 'clear') return { op };
  if (op === 'add') {
    const parsed = parseHistoryEntry(entry);
    return parsed && { op, entry: parsed };
  }
  if (!Array.isArray(ids) || !ids.every(isText)) return undefined;
  if (op === 'delete') return { op, ids };
  return op === 'pin' && typeof isPinned === 'boolean' ? { op, ids, isPinned } : undefined;
}

/** Parses a line of the history file: a change, or `newer` if a newer version has written it. Undefined if it's damaged. */
export function parseLine(line: string): HistoryOperation | 'newer' | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (!isRecord(value) || !isNumber(value['v'])) return undefined;
    return value['v'] > VERSION ? 'newer' : parseOperation(value);
  } catch {
    return undefined;
  }
}

/** A line of the history file. */
export function toLine(operation: HistoryOperation): string {
  return `${JSON.stringify({ v: VERSION, ...operation })}\n`;
}
