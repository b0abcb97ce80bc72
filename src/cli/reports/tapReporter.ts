import { visibleLine } from '../../core/messages/visibleText.ts';
import { reportJson } from './reportJson.ts';
import type { Reporter, ReportedFailure, TestReport } from './testReport.ts';

/** Escapes what has a meaning in a description. Source: TAP 14 specification, "Escaping". */
function description(text: string): string {
  return visibleLine(text)
    .replaceAll('\\', String.raw`\\`)
    .replaceAll('#', String.raw`\#`);
}

// JSON strings are YAML, also those with line breaks.
function failureYaml({ key, message, path, expected, actual }: ReportedFailure): string[] {
  const fields = { message, key, path, expected, actual };
  const lines = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${reportJson(value)}`],
  );
  return lines.map((line, at) => (at === 0 ? `  - ${line}` : `    ${line}`));
}

function diagnostics({ file, line, durationMs, failures }: TestReport): string[] {
  return [
    '---',
    `duration_ms: ${durationMs.toFixed(3)}`,
    ...(failures.length === 0
      ? []
      : ['at:', `  file: ${reportJson(file)}`, `  line: ${line}`, 'failures:', ...failures.flatMap(failureYaml)]),
    '...',
  ].map((each) => `  ${each}`);
}

/** TAP 14. Source: testanything.org, tap-version-14-specification. */
export function tapReporter(): Reporter {
  let count = 0;
  return {
    start: (total) => `TAP version 14\n1..${total}\n`,
    test(report) {
      const { name, status } = report;
      count++;
      const point = `${count} - ${description(name)}`;
      if (status === 'skipped') return `ok ${point} # SKIP not run\n`;
      const lines = [`${status === 'passed' ? 'ok' : 'not ok'} ${point}`, ...diagnostics(report)];
      return `${lines.join('\n')}\n`;
    },
    end: (_, { isInterrupted }) => (isInterrupted ? 'Bail out! Interrupted\n' : ''),
  };
}
