import { toStoredConnection, type Connection } from '../connection/connection.ts';
import type { Invocation, PayloadSource } from '../invocation/invocation.ts';
import type { Outcome } from '../outcome/outcome.ts';

/** Where the payload came from. Its text is never kept in the history. */
type HistoryPayload = Exclude<PayloadSource, { kind: 'typed' }> | { readonly kind: 'typed' };

/** One invocation that ended: what was asked and how it ended, without payload text and response. */
export interface HistoryEntry {
  readonly invocationId: string;
  /** When it ended, in milliseconds since the epoch. */
  readonly at: number;
  readonly invocation: Omit<Invocation, 'payload'> & { readonly payload: HistoryPayload };
  readonly connection: Connection;
  readonly outcome: { readonly state: Outcome['state']; readonly StatusCode?: number; readonly clientMs: number };
}

const MAX_ENTRIES = 100;
/** Older entries that are the last ones of their payload file. */
const MAX_FILES = 100;

function isUntitled(uri: string): boolean {
  return uri.startsWith('untitled:');
}

/** The text of an editor that was never saved is typed text, too. */
function isTyped(payload: PayloadSource): payload is Extract<PayloadSource, { kind: 'typed' }> {
  return payload.kind === 'typed' || (payload.kind === 'file' && isUntitled(payload.uri));
}

export function toHistoryEntry(
  invocationId: string,
  {
    invocation,
    connection,
    outcome,
    at,
  }: { invocation: Invocation; connection: Connection; outcome: Outcome; at: number },
): HistoryEntry {
  const { payload, ...fields } = invocation;
  return {
    invocationId,
    at,
    invocation: { ...fields, payload: isTyped(payload) ? { kind: 'typed' } : payload },
    connection: toStoredConnection(connection),
    outcome: {
      state: outcome.state,
      clientMs: outcome.clientMs,
      ...('StatusCode' in outcome && { StatusCode: outcome.StatusCode }),
    },
  };
}

function payloadFile({ invocation: { payload } }: HistoryEntry): string | undefined {
  return payload.kind === 'file' ? payload.uri : undefined;
}

/**
 * The history with one more entry in front. The oldest beyond 100 go, but for the last one of each of 100 payload files:
 * a file that was not used for long still knows its function.
 */
export function withEntry(history: readonly HistoryEntry[], entry: HistoryEntry): HistoryEntry[] {
  const all = [entry, ...history];
  const latest = all.slice(0, MAX_ENTRIES);
  const files = new Set(latest.map(payloadFile));
  const lastOfFiles = all.slice(MAX_ENTRIES).filter((older) => {
    const file = payloadFile(older);
    const isLast = file !== undefined && !files.has(file);
    if (isLast) files.add(file);
    return isLast;
  });
  return [...latest, ...lastOfFiles.slice(0, MAX_FILES)];
}

/** What was last invoked with this payload file. */
export function lastWithFile(history: readonly HistoryEntry[], uri: string): HistoryEntry | undefined {
  if (isUntitled(uri)) return undefined; // the name is used again for other texts
  return history.find(({ invocation }) => invocation.payload.kind === 'file' && invocation.payload.uri === uri);
}

/** The payload files of the history, latest first, each once. */
export function recentPayloadFiles(history: readonly HistoryEntry[], most = 10): string[] {
  const uris = history.flatMap(({ invocation }) =>
    invocation.payload.kind === 'file' ? [invocation.payload.uri] : [],
  );
  return [...new Set(uris)].filter((uri) => !isUntitled(uri)).slice(0, most);
}
