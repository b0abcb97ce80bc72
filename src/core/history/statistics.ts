import type { HistoryEntry } from './historyEntry.ts';

/** Fewer values are shown instead of percentiles, which would be meaningless. */
const MIN_FOR_PERCENTILES = 5;

/** An invocation of a function, for statistics. Times in milliseconds. */
export interface Sample {
  /** The time it ended, since the epoch. */
  readonly at: number;
  readonly result: 'succeeded' | 'functionError' | 'noResponse' | 'queued';
  /** `Duration` of Lambda's report. */
  readonly durationMs?: number;
  /** The initialization of a cold start, or the restoration of a snapshot. */
  readonly initMs?: number;
}

/** Percentiles, or the values themselves, in ascending order, if there are fewer than five. */
export type Distribution =
  | { readonly kind: 'values'; readonly count: number; readonly values: readonly number[] }
  | {
      readonly kind: 'percentiles';
      readonly count: number;
      readonly min: number;
      readonly p50: number;
      readonly p90: number;
      readonly p99: number;
      readonly max: number;
    };

/** The statistics of a function's invocations. Times in milliseconds. */
export interface Statistics {
  readonly count: number;
  readonly functionErrors: number;
  /** Requests that ended without a response: rejected, stopped, or with a lost connection. */
  readonly noResponses: number;
  /** Invocations whose report isn't known. The total time isn't used instead, because it includes the network. */
  readonly withoutDuration: number;
  readonly all: Distribution;
  readonly warm: Distribution;
  readonly cold: Distribution;
  /** The initialization of cold starts, which isn't part of their duration. */
  readonly init: Distribution;
}

/** Undefined if no function ran: for dry runs, and invocations that weren't sent. */
function resultOf({ outcome, verdict }: HistoryEntry): Sample['result'] | undefined {
  switch (outcome.state) {
    case 'succeeded':
    case 'functionError':
      return outcome.state;
    case 'accepted':
      return 'queued';
    case 'dryRun':
      return undefined;
    case 'failed':
    case 'cancelled': {
      const isInvalid = outcome.state === 'failed' && (outcome.problems ?? []).length > 0;
      const wasSent = verdict.label !== 'canceled' && verdict.label !== 'restricted' && !isInvalid;
      return wasSent ? 'noResponse' : undefined;
    }
  }
}

/** The invocations of these entries, in the same order. Those that weren't sent and dry runs are left out. */
export function samplesOf(entries: readonly HistoryEntry[]): Sample[] {
  return entries.flatMap((entry) => {
    const result = resultOf(entry);
    if (result === undefined) return [];
    const { at, outcome } = entry;
    const { durationMs, initDurationMs, restoreDurationMs } = ('report' in outcome ? outcome.report : undefined) ?? {};
    const initMs = initDurationMs ?? restoreDurationMs;
    return [{ at, result, ...(durationMs !== undefined && { durationMs }), ...(initMs !== undefined && { initMs }) }];
  });
}

/**
 * A percentile by the nearest-rank method: the smallest value that at least this share of all values doesn't exceed. It's
 * always one of the values. With fewer than 100 values, the 99th is their maximum.
 *
 * @param sorted In ascending order, not empty.
 * @param percent From 0 (exclusive) to 100.
 */
export function percentile(sorted: readonly number[], percent: number): number {
  const rank = Math.ceil((percent / 100) * sorted.length);
  return sorted[Math.max(rank, 1) - 1] ?? Number.NaN;
}

/** The distribution of values in any order. */
export function distribution(values: readonly number[]): Distribution {
  const sorted = values.toSorted((one, other) => one - other);
  const { length: count } = sorted;
  if (count < MIN_FOR_PERCENTILES) return { kind: 'values', count, values: sorted };
  const at = (percent: number) => percentile(sorted, percent);
  return { kind: 'percentiles', count, min: at(0), p50: at(50), p90: at(90), p99: at(99), max: at(100) };
}

/** Whether an invocation was a cold start, or restored a snapshot. */
export function isCold({ initMs }: Sample): boolean {
  return initMs !== undefined;
}

/** The statistics of these invocations. */
export function statisticsOf(samples: readonly Sample[]): Statistics {
  const withDuration = samples.filter(({ durationMs }) => durationMs !== undefined);
  const durations = (of: readonly Sample[]) => distribution(of.flatMap(({ durationMs }) => durationMs ?? []));
  const countOf = (result: Sample['result']) => samples.filter((sample) => sample.result === result).length;
  return {
    count: samples.length,
    functionErrors: countOf('functionError'),
    noResponses: countOf('noResponse'),
    withoutDuration: samples.length - withDuration.length,
    all: durations(withDuration),
    warm: durations(withDuration.filter((sample) => !isCold(sample))),
    cold: durations(withDuration.filter(isCold)),
    init: distribution(samples.flatMap(({ initMs }) => initMs ?? [])),
  };
}
