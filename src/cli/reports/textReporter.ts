import { visibleLine, visibleText } from '../../core/messages/visibleText.ts';
import { formatMs } from '../../core/outcome/summary.ts';
import { diffLines } from './diffLines.ts';
import { countOf, type Reporter, type ReportedFailure, type TestReport, type TestStatus } from './testReport.ts';

const GREEN = 32;
const RED = 31;
const GRAY = 90;

const MARKS: Readonly<Record<TestStatus, readonly [mark: string, color: number]>> = {
  passed: ['✓', GREEN],
  failed: ['✗', RED],
  errored: ['✗', RED],
  skipped: ['-', GRAY],
};

function failureLines({ message, path, expected, actual }: ReportedFailure): string[] {
  if (expected === undefined || actual === undefined) return [message];
  const place = path === undefined || path === '$' ? [] : [`${path}:`];
  return [message, ...place, ...diffLines(expected, actual).map((line) => `  ${line}`)];
}

/** The details of a failed test, in lines. */
export function detailLines({ failures }: Pick<TestReport, 'failures'>): string[] {
  return failures.flatMap(failureLines).map(visibleText);
}

/** The report for people. `hasColors`: stdout is a terminal that shows them. */
export function textReporter({ hasColors }: { readonly hasColors: boolean }): Reporter {
  const colored = (text: string, color: number) => (hasColors ? `\u001b[${color}m${text}\u001b[39m` : text);

  function line({ name, status, durationMs, snapshot }: TestReport): string {
    const [mark, color] = MARKS[status];
    const note = status === 'skipped' ? 'not run' : formatMs(durationMs);
    const written = snapshot === undefined ? '' : `, wrote ${snapshot}`;
    return `${colored(mark, color)} ${visibleLine(name)} ${colored(`(${visibleLine(note + written)})`, GRAY)}`;
  }

  return {
    start: () => '',
    test(report) {
      const { status, file, line: number } = report;
      const isGood = status === 'passed' || status === 'skipped';
      const details = isGood ? [] : [`${visibleLine(file)}:${number}`, ...detailLines(report)];
      return [line(report), ...details.map((detail) => `    ${detail}`)].map((each) => `${each}\n`).join('');
    },
    end(reports, { durationMs, isInterrupted }) {
      const failed = countOf(reports, 'failed') + countOf(reports, 'errored');
      const skipped = countOf(reports, 'skipped');
      const counts = [
        `${countOf(reports, 'passed')} passed`,
        ...(failed === 0 ? [] : [`${failed} failed`]),
        ...(skipped === 0 ? [] : [`${skipped} not run`]),
      ];
      return `\n${isInterrupted ? 'Interrupted: ' : ''}${counts.join(', ')} (${formatMs(durationMs)})\n`;
    },
  };
}
