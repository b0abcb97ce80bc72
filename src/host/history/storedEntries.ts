import type { HistoryEntry } from '../../core/history/historyEntry.ts';
import { isConnection, isHistoryEntry, isHistoryInvocation } from '../../core/history/historyLines.ts';
import { isNumber, isText, isTime } from '../../core/json/checks.ts';
import { isRecord } from '../../core/json/isRecord.ts';
import { message } from '../../core/messages/messages.ts';
import type { Outcome } from '../../core/outcome/outcome.ts';
import { verdictOf } from '../../core/outcome/verdict.ts';

/** The outcome of an entry with only a state, a status code, and a time. */
function earlierOutcome(value: unknown, connection: HistoryEntry['connection']): Outcome | undefined {
  if (!isRecord(value)) return undefined;
  const { state, StatusCode, clientMs } = value;
  if (!isNumber(clientMs)) return undefined;
  if (state === 'failed' || state === 'cancelled') {
    return { state, reason: message('reasonNotStored'), clientMs, notes: [] };
  }
  if (!isNumber(StatusCode)) return undefined;
  const fields = { StatusCode, connection, responseBytes: 0, clientMs, notes: [] };
  switch (state) {
    case 'succeeded':
    case 'accepted':
    case 'dryRun':
      return { state, ...fields };
    case 'functionError':
      return { state, ...fields, functionError: { stack: [], causes: [] }, diagnosis: { kind: 'thrown' } };
    default:
      return undefined;
  }
}

function parseEarlierEntry(value: unknown): HistoryEntry | undefined {
  if (!isRecord(value)) return undefined;
  const { invocationId, at, invocation, connection } = value;
  if (!isText(invocationId) || !isTime(at) || !isHistoryInvocation(invocation) || !isConnection(connection)) {
    return undefined;
  }
  const outcome = earlierOutcome(value['outcome'], connection);
  return outcome && { invocationId, at, invocation, connection, verdict: verdictOf(outcome), outcome };
}

/** The entries that earlier versions stored in the state of the workspace, oldest first. */
export function parseStoredEntries(stored: unknown): HistoryEntry[] {
  if (!Array.isArray(stored)) return [];
  const entries = stored.map((value: unknown) => (isHistoryEntry(value) ? value : parseEarlierEntry(value)));
  return entries.filter((entry) => entry !== undefined).toReversed();
}
