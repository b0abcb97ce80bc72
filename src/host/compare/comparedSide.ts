import type { HeldResult, Results } from '../../app/results.ts';
import {
  describeConnection,
  isSameConnection,
  type Connection,
  type ConnectionView,
} from '../../core/connection/connection.ts';
import { parseFunctionName } from '../../core/functions/functionName.ts';
import { describeFunction } from '../../core/invocation/invocation.ts';
import { hasResponse, type Outcome } from '../../core/outcome/outcome.ts';
import type { HistoryStore } from '../history/historyStore.ts';

/** One of the two results that are compared. */
export interface ComparedSide extends HeldResult {
  /** The time it ended, in milliseconds since the epoch. Missing if it isn't in the history. */
  readonly at?: number;
  /** The available part of the log. */
  readonly log?: string;
}

interface SideSources {
  readonly history: Pick<HistoryStore, 'find' | 'entries'>;
  readonly results: Pick<Results, 'find'>;
  /** The whole log of an invocation, if more than its log tail is available. Never rejects. */
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

/** A connection as it's used for a function, whose ARN can have another region. */
function describePlace({ ended: { order } }: ComparedSide, connection: Connection | ConnectionView): string {
  return describeConnection(connection, parseFunctionName(order.invocation.FunctionName)?.region);
}

/** The connection that was in effect, or the selected one if nothing was sent. */
function connectionOf({ ended: { order, result } }: ComparedSide): Connection | ConnectionView {
  return hasResponse(result.outcome) ? result.outcome.connection : order.connection;
}

/**
 * The connections of both sides. If only one was sent, the region and the endpoint of the other aren't known. The same
 * connection is then described without them, so that it doesn't appear to be different.
 */
export function describePlaces(left: ComparedSide, right: ComparedSide): readonly [string, string] {
  const sides = [left, right] as const;
  const [one, other] = [left.ended.order.connection, right.ended.order.connection];
  const isSent = sides.every(({ ended }) => hasResponse(ended.result.outcome));
  if (!isSent && isSameConnection(one, other)) return [describePlace(left, one), describePlace(right, other)];
  return [describePlace(left, connectionOf(left)), describePlace(right, connectionOf(right))];
}

/** Formats a time in milliseconds since the epoch. */
interface TimeFormats {
  readonly date: (at: number) => string;
  readonly time: (at: number) => string;
  readonly dateTime: (at: number) => string;
}

/** The title of a comparison: what differs between its sides. The dates of the times are shown if they aren't the same. */
export function comparisonTitle(left: ComparedSide, right: ComparedSide, formats: TimeFormats): string {
  const name = ({ ended }: ComparedSide) => describeFunction(ended.order.invocation);
  const [one, other] = [name(left), name(right)];
  const [here, there] = describePlaces(left, right);
  if (here !== there) return `${one} (${here}) ↔ ${other} (${there})`;
  if (one !== other) return `${one} ↔ ${other}`;
  const known = [left.at, right.at].filter((at) => at !== undefined);
  const format = new Set(known.map(formats.date)).size > 1 ? formats.dateTime : formats.time;
  const times = [left.at, right.at].map((at) => (at === undefined ? '–' : format(at)));
  return `${one}: ${times.join(' ↔ ')}`;
}
