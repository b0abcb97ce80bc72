import { toStoredConnection } from '../connection/connection.ts';
import type { PayloadSource } from '../invocation/invocation.ts';
import { returnedStatus } from '../outcome/httpStatus.ts';
import type { Outcome } from '../outcome/outcome.ts';
import { verdictOf } from '../outcome/verdict.ts';
import { isUntitled, type HistoryEntry, type RecordedInvocation } from './historyEntry.ts';

/** An untitled editor's text is treated like inline text, because it isn't saved anywhere. */
function isTyped(payload: PayloadSource): payload is Extract<PayloadSource, { kind: 'typed' }> {
  return payload.kind === 'typed' || (payload.kind === 'file' && isUntitled(payload.uri));
}

/** Lambda quotes a payload that isn't JSON in the message of this exception. */
const QUOTES_PAYLOAD = 'InvalidRequestContentException';

/** The outcome without texts of the function, and without parts of the payload. */
function withoutTexts(outcome: Outcome): Outcome {
  if (outcome.state === 'failed' && outcome.exception?.name === QUOTES_PAYLOAD) {
    return { ...outcome, exception: { ...outcome.exception, message: '' }, notes: [] };
  }
  if (!('StatusCode' in outcome)) return { ...outcome, notes: [] };
  const { logTail: _, connection, ...rest } = outcome;
  const fields = { ...rest, connection: toStoredConnection(connection) };
  if (fields.state !== 'functionError') return { ...fields, notes: [] };
  const { type } = fields.functionError;
  return {
    ...fields,
    functionError: { ...(type !== undefined && { type }), stack: [], causes: [] },
    diagnosis: { kind: fields.diagnosis.kind },
    notes: [],
  };
}

/** The entry of a finished invocation. */
export function toHistoryEntry(recorded: RecordedInvocation): HistoryEntry {
  const { invocationId, at, invocation, connection, preset, environment, lacksEnvironment, result } = recorded;
  const { payload, ...fields } = invocation;
  const { outcome, sent } = result;
  return {
    invocationId,
    at,
    invocation: { ...fields, payload: isTyped(payload) ? { kind: 'typed' } : payload },
    connection: toStoredConnection(connection),
    ...(preset !== undefined && { preset }),
    ...((environment !== undefined || lacksEnvironment === true) && { hasEnvironment: true }),
    verdict: verdictOf(outcome, returnedStatus(result)),
    outcome: withoutTexts(outcome),
    ...(sent !== undefined && { sentBytes: sent.byteLength }),
  };
}
