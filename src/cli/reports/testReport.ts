import type { TestResult } from '../../app/testing/runTest.ts';
import { describeConnection } from '../../core/connection/connection.ts';
import { describeFunction } from '../../core/invocation/invocation.ts';
import { hasResponse } from '../../core/outcome/outcome.ts';
import { message as messageOf } from '../../core/messages/messages.ts';
import type { TestFailure } from '../../core/testing/checkResult.ts';
import { sentenceOf } from '../sentenceOf.ts';

/** Something that isn't as expected. */
export interface ReportedFailure {
  /** The key of `expect`. Missing if there is no response. */
  readonly key?: string;
  readonly message: string;
  /** The smallest part of the response that contains all differences, as JSON, and its path. */
  readonly path?: string;
  readonly expected?: string;
  readonly actual?: string;
}

/** `errored`: it couldn't run, or has no response. `skipped`: it wasn't run. */
export type TestStatus = 'passed' | 'failed' | 'errored' | 'skipped';

/** A test in a report: plain data, without the response and the log, which can contain more than what failed. */
export interface TestReport {
  readonly name: string;
  readonly preset: string;
  /** The name of the row, for a preset with cases. */
  readonly case?: string;
  readonly group?: string;
  readonly tags: readonly string[];
  /** The presets file, relative to the workspace folder, and the line of the preset. */
  readonly file: string;
  readonly line: number;
  readonly status: TestStatus;
  readonly durationMs: number;
  readonly function?: string;
  readonly connection?: string;
  readonly failures: readonly ReportedFailure[];
  /** The snapshot that was written. */
  readonly snapshot?: string;
}

/** The totals of a run. */
export interface RunSummary {
  readonly total: number;
  readonly durationMs: number;
  readonly startedAt: Date;
  readonly isInterrupted: boolean;
}

/** Prints a report while the tests run. Each function returns what to write. */
export interface Reporter {
  start(total: number): string;
  test(report: TestReport): string;
  end(reports: readonly TestReport[], summary: RunSummary): string;
}

/** Whether a test failed, or couldn't run. */
export function isBad({ status }: Pick<TestReport, 'status'>): boolean {
  return status === 'failed' || status === 'errored';
}

/** How many tests have a status. */
export function countOf(reports: readonly TestReport[], status: TestStatus): number {
  return reports.filter((report) => report.status === status).length;
}

/** A longer part of a response is cut. In characters. */
const MAX_PART = 65_536;

function capped(text: string): string {
  return text.length > MAX_PART ? `${text.slice(0, MAX_PART)}…` : text;
}

function reportedFailure({ key, message, diff }: TestFailure): ReportedFailure {
  return {
    ...(key !== undefined && { key }),
    message: sentenceOf(message),
    ...(diff !== undefined && { path: diff.path, expected: capped(diff.expected), actual: capped(diff.actual) }),
  };
}

/** What a test ended with, for its report. */
export function endOf(
  result: TestResult,
): Pick<TestReport, 'status' | 'failures' | 'function' | 'connection'> & { readonly durationMs?: number } {
  const ended = 'ended' in result ? result.ended : undefined;
  const outcome = ended?.result.outcome;
  const sent = ended && {
    function: describeFunction(ended.order.invocation),
    connection: describeConnection(
      outcome !== undefined && hasResponse(outcome) ? outcome.connection : ended.order.connection,
    ),
    durationMs: ended.result.outcome.clientMs,
  };
  switch (result.kind) {
    case 'checked': {
      const { outcome: checked } = result.ended.result;
      if (!hasResponse(checked)) {
        const reason = messageOf('testNoResponse', sentenceOf(checked.reason));
        return { ...sent, status: 'errored', failures: [{ message: sentenceOf(reason) }] };
      }
      const failures = result.failures.map(reportedFailure);
      return { ...sent, failures, status: failures.length === 0 ? 'passed' : 'failed' };
    }
    case 'errored':
      return { status: 'errored', failures: [{ message: sentenceOf(result.reason) }] };
    case 'skipped':
      if (outcome === undefined) return { status: 'skipped', failures: [] };
      return {
        ...sent,
        status: 'errored',
        failures: hasResponse(outcome) ? [] : [{ message: sentenceOf(outcome.reason) }],
      };
  }
}
