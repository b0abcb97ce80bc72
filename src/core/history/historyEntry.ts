import type { Connection } from '../connection/connection.ts';
import type { Invocation, PayloadSource } from '../invocation/invocation.ts';
import type { InvocationResult, Outcome } from '../outcome/outcome.ts';
import type { Verdict } from '../outcome/verdict.ts';
import type { PresetOrigin } from '../presets/presetOrigin.ts';

/** The source of the payload. Payload text is never stored in the history. */
type HistoryPayload = Exclude<PayloadSource, { kind: 'typed' }> | { readonly kind: 'typed' };

/** An invocation without payload text and environment variables. */
export type HistoryInvocation = Omit<Invocation, 'payload'> & { readonly payload: HistoryPayload };

/** A finished invocation: its fields and how it ended, without payload text and response. */
export interface HistoryEntry {
  readonly invocationId: string;
  /** The time it ended, in milliseconds since the epoch. */
  readonly at: number;
  readonly invocation: HistoryInvocation;
  readonly connection: Connection;
  /** The preset that it came from. */
  readonly preset?: PresetOrigin;
  /** The preset had environment variables. They aren't stored, because they can contain secrets. */
  readonly hasEnvironment?: true;
  readonly verdict: Verdict;
  /** Without texts of the function: no log, no error message, no stack trace, no notes. */
  readonly outcome: Outcome;
  /** The size of the payload that was sent, in bytes. */
  readonly sentBytes?: number;
  /** Stays when the oldest entries are removed. */
  readonly isPinned?: true;
}

/** The data for a new entry. */
export interface RecordedInvocation {
  readonly invocationId: string;
  readonly invocation: Invocation;
  readonly connection: Connection;
  readonly preset?: PresetOrigin;
  readonly environment?: Readonly<Record<string, string>>;
  readonly lacksEnvironment?: true;
  readonly result: InvocationResult;
  /** The time it ended, in milliseconds since the epoch. */
  readonly at: number;
}

/** Whether a document has never been saved. */
export function isUntitled(uri: string): boolean {
  return uri.startsWith('untitled:');
}

/** The last invocation with this payload file. */
export function lastWithFile(history: readonly HistoryEntry[], uri: string): HistoryEntry | undefined {
  if (isUntitled(uri)) return undefined; // VS Code reuses the names of untitled editors
  return history.find(({ invocation }) => invocation.payload.kind === 'file' && invocation.payload.uri === uri);
}

/** The payload files in the history, most recent first, without duplicates. */
export function recentPayloadFiles(history: readonly HistoryEntry[], limit = 10): string[] {
  const uris = history.flatMap(({ invocation }) =>
    invocation.payload.kind === 'file' ? [invocation.payload.uri] : [],
  );
  return [...new Set(uris)].filter((uri) => !isUntitled(uri)).slice(0, limit);
}
