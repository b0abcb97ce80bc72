import type { Connection } from '../connection/connection.ts';
import { INVOCATION_TYPES, INVOKE_MODES, LOG_TYPES } from '../invocation/invocation.ts';
import { fields, isNumber, isText, isTime, oneOf, optional, type Check } from '../json/checks.ts';
import { isRecord } from '../json/isRecord.ts';
import { VERDICT_WORDS } from '../messages/verdictWords.ts';
import type { Verdict } from '../outcome/verdict.ts';
import type { HistoryEntry, HistoryInvocation } from './historyEntry.ts';
import type { HistoryOperation } from './historyState.ts';
import { isOutcome } from './outcomeCheck.ts';

/** The version of the lines. A newer version that can't be read by this one has a higher number. */
const VERSION = 1;

const hasInvocation = fields({
  FunctionName: isText,
  Qualifier: optional(isText),
  InvocationType: oneOf(INVOCATION_TYPES),
  LogType: optional(oneOf(LOG_TYPES)),
  ClientContext: optional(isText),
  TenantId: optional(isText),
  DurableExecutionName: optional(isText),
  InvokeMode: optional(oneOf(INVOKE_MODES)),
  payload: (value) =>
    isRecord(value) &&
    (value['kind'] === 'file' ? isText(value['uri']) : ['none', 'typed'].includes(String(value['kind']))),
});

/** Whether a value from a file is the invocation of an entry. */
export function isHistoryInvocation(value: unknown): value is HistoryInvocation {
  return hasInvocation(value);
}

const hasConnection = fields({
  kind: oneOf(['local', 'aws']),
  profile: optional(isText),
  region: optional(isText),
  endpoint: optional(isText),
});

/** Whether a value from a file is a connection. */
export function isConnection(value: unknown): value is Connection {
  return hasConnection(value);
}

const hasEntry: Check = fields({
  invocationId: isText,
  at: isTime,
  invocation: hasInvocation,
  connection: hasConnection,
  preset: optional(fields({ name: isText, store: isText })),
  hasEnvironment: optional(oneOf([true])),
  verdict: fields({
    level: oneOf(['success', 'warning', 'error', 'neutral'] satisfies Verdict['level'][]),
    label: (label) => isText(label) && Object.hasOwn(VERDICT_WORDS, label),
    statusCode: optional(isNumber),
  }),
  outcome: isOutcome,
  sentBytes: optional(isNumber),
  isPinned: optional(oneOf([true])),
});

/** Whether a value from a file is an entry. */
export function isHistoryEntry(value: unknown): value is HistoryEntry {
  return hasEntry(value);
}

function parseOperation({ op, entry, ids, isPinned }: Record<string, unknown>): HistoryOperation | undefined {
  if (op === 'add') return isHistoryEntry(entry) ? { op, entry } : undefined;
  if (op === 'clear') return { op };
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
