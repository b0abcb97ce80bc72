import type { EndedInvocation } from '../../app/invocations.ts';
import { toStoredConnection } from '../../core/connection/connection.ts';
import type { HistoryEntry } from '../../core/history/historyEntry.ts';
import { isOutcome } from '../../core/history/outcomeCheck.ts';
import { isNumber } from '../../core/json/checks.ts';
import { isRecord } from '../../core/json/isRecord.ts';
import type { Outcome } from '../../core/outcome/outcome.ts';

const NEWLINE = 10;

/** The first line of a file, in JSON. The payload as sent and the response follow. */
interface Header {
  readonly outcome: Outcome;
  readonly isSentAnyway?: true;
  /** In bytes. Missing if there is none. */
  readonly sent?: number;
  readonly response?: number;
}

function storedOutcome(outcome: Outcome): Outcome {
  return 'connection' in outcome ? { ...outcome, connection: toStoredConnection(outcome.connection) } : outcome;
}

/** The content of the file for an invocation. It has no environment variables. */
export function toStoredBodies({ order, result }: EndedInvocation): Uint8Array {
  const { outcome, sent, Payload } = result;
  const header: Header = {
    outcome: storedOutcome(outcome),
    ...(order.isSentAnyway === true && { isSentAnyway: true }),
    ...(sent !== undefined && { sent: sent.byteLength }),
    ...(Payload !== undefined && { response: Payload.byteLength }),
  };
  const parts = [Buffer.from(`${JSON.stringify(header)}\n`), sent, Payload];
  return Buffer.concat(parts.filter((part) => part !== undefined));
}

function parseHeader(text: string): Header | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  const { outcome, isSentAnyway, sent, response } = value;
  if (!isOutcome(outcome)) return undefined;
  return {
    outcome,
    ...(isSentAnyway === true && { isSentAnyway }),
    ...(isNumber(sent) && { sent }),
    ...(isNumber(response) && { response }),
  };
}

/** The invocation of an entry with the bodies from its file. Undefined if the file is damaged. */
export function parseStoredBodies(bytes: Uint8Array, entry: HistoryEntry): EndedInvocation | undefined {
  const start = bytes.indexOf(NEWLINE) + 1;
  const header = parseHeader(Buffer.from(bytes.subarray(0, start)).toString());
  if (header === undefined) return undefined;
  const { outcome, isSentAnyway, sent: sentBytes, response } = header;
  const middle = start + (sentBytes ?? 0);
  if (middle + (response ?? 0) !== bytes.byteLength) return undefined;
  const sent = sentBytes === undefined ? undefined : bytes.subarray(start, middle);
  const { invocationId, invocation, connection, preset, hasEnvironment } = entry;
  const { payload } = invocation;
  // The file has no inline payload if it wasn't sent.
  if (payload.kind === 'typed' && sent === undefined) return undefined;
  const source = payload.kind === 'typed' ? { ...payload, text: new TextDecoder().decode(sent) } : payload;
  return {
    invocationId,
    order: {
      invocation: { ...invocation, payload: source },
      connection,
      ...(preset && { preset }),
      ...(hasEnvironment && { lacksEnvironment: hasEnvironment }),
      ...(isSentAnyway && { isSentAnyway }),
    },
    result: {
      outcome,
      ...(sent !== undefined && { sent }),
      ...(response !== undefined && { Payload: bytes.subarray(middle) }),
    },
  };
}
