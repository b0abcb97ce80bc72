import type { HeldResult, Results } from '../../app/results.ts';
import { describeConnection } from '../../core/connection/connection.ts';
import { parseFunctionName } from '../../core/functions/functionName.ts';
import { describeFunction } from '../../core/invocation/invocation.ts';
import { hasResponse, type Outcome } from '../../core/outcome/outcome.ts';
import type { HistoryStore } from '../history/historyStore.ts';

/** One of the two results that are compared. */
export interface ComparedSide extends HeldResult {
  /** The time it ended, in milliseconds since the epoch. Missing if it isn't in the history. */
  readonly at?: number;
  /** The log, as far as it's available. */
  readonly log?: string;
}

interface SideSources {
  readonly history: Pick<HistoryStore, 'find' | 'entries'>;
  readonly results: Pick<Results, 'find'>;
  /** The whole log of an invocation, where more is available than its log tail. Never rejects. */
  readonly wholeLog: (outcome: Outcome) => Promise<string | undefined>;
}

/** Reads a result from the history, or from a form if it was deleted from the history. Undefined if neither has it. */
export async function readSide(
  invocationId: string,
  { history, results, wholeLog }: SideSources,
): Promise<ComparedSide | undefined> {
  const held = (await history.find(invocationId)) ?? results.find(invocationId);
  if (held === undefined) return undefined;
  const { outcome } = held.ended.result;
  const at = history.entries().find((entry) => entry.invocationId === invocationId)?.at;
  const tail = hasResponse(outcome) ? outcome.logTail?.text : undefined;
  const log = (await wholeLog(outcome)) ?? tail;
  return { ...held, ...(at !== undefined && { at }), ...(log !== undefined && { log }) };
}

/** The connection of a side: the one that was in effect if it was sent. */
export function describePlace({ ended: { order, result } }: ComparedSide): string {
  const connection = hasResponse(result.outcome) ? result.outcome.connection : order.connection;
  return describeConnection(connection, parseFunctionName(order.invocation.FunctionName)?.region);
}

/** The title of a comparison: what differs between its sides. */
export function comparisonTitle(left: ComparedSide, right: ComparedSide, time: (at: number) => string): string {
  const name = ({ ended }: ComparedSide) => describeFunction(ended.order.invocation);
  const [one, other] = [name(left), name(right)];
  const [here, there] = [describePlace(left), describePlace(right)];
  if (here !== there) return `${one} (${here}) ↔ ${other} (${there})`;
  if (one !== other) return `${one} ↔ ${other}`;
  const times = [left.at, right.at].map((at) => (at === undefined ? '–' : time(at)));
  return `${one}: ${times.join(' ↔ ')}`;
}
