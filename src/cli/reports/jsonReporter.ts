import { reportJson } from './reportJson.ts';
import { countOf, type Reporter } from './testReport.ts';

/** One JSON document at the end. Parts of responses are JSON in strings, so that numbers keep their digits. */
export const jsonReporter: Reporter = {
  start: () => '',
  test: () => '',
  end(reports, { total, durationMs, startedAt, isInterrupted }) {
    const document = {
      startedAt: startedAt.toISOString(),
      durationMs,
      isInterrupted,
      total,
      passed: countOf(reports, 'passed'),
      failed: countOf(reports, 'failed'),
      errored: countOf(reports, 'errored'),
      skipped: countOf(reports, 'skipped'),
      tests: reports,
    };
    return `${reportJson(document, 2)}\n`;
  },
};
