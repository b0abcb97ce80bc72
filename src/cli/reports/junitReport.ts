import { detailLines } from './textReporter.ts';
import { countOf, type RunSummary, type TestReport } from './testReport.ts';

// Characters that XML 1.0 doesn't allow, not even escaped.
const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

function escaped(text: string, characters: RegExp): string {
  return text.replaceAll(NOT_XML, '\ufffd').replaceAll(characters, (character) => ENTITIES[character] ?? character);
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value), /[&<>"\t\n\r]/g)}"`)
    .join('');
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

/** One element for all failures, because readers show only the first. */
function problem(report: TestReport): string {
  const { status, failures } = report;
  const [first] = failures;
  switch (status) {
    case 'passed':
      return '';
    case 'skipped':
      return '<skipped/>';
    case 'failed':
    case 'errored': {
      const element = status === 'failed' ? 'failure' : 'error';
      const type = first?.key ?? 'NoResponse';
      const text = escaped(detailLines(report).join('\n'), /[&<>\r]/g);
      return `<${element}${attributes({ message: first?.message ?? 'Interrupted', type })}>${text}</${element}>`;
    }
  }
}

function testCase(report: TestReport, suite: string): string {
  const { name, file, line, durationMs } = report;
  const own = attributes({ name, classname: suite, file, line, time: seconds(durationMs) });
  const inside = problem(report);
  return inside === '' ? `    <testcase${own}/>` : `    <testcase${own}>${inside}</testcase>`;
}

function totals(reports: readonly TestReport[]): Record<string, number | string> {
  return {
    tests: reports.length,
    failures: countOf(reports, 'failed'),
    errors: countOf(reports, 'errored'),
    skipped: countOf(reports, 'skipped'),
  };
}

/**
 * JUnit XML with a suite for each group of presets, as Jenkins, GitLab, and the reporters of GitHub read it. `file` and
 * `line` are relative to the workspace folder.
 */
export function junitReport(reports: readonly TestReport[], { durationMs, startedAt }: RunSummary): string {
  const suiteOf = ({ group, file }: TestReport) => group ?? file;
  const names = [...new Set(reports.map(suiteOf))];
  const timestamp = startedAt.toISOString().slice(0, 19);
  const suites = names.flatMap((name) => {
    const ofGroup = reports.filter((report) => suiteOf(report) === name);
    const time = seconds(ofGroup.reduce((sum, report) => sum + report.durationMs, 0));
    return [
      `  <testsuite${attributes({ name, ...totals(ofGroup), time, timestamp })}>`,
      ...ofGroup.map((report) => testCase(report, name)),
      '  </testsuite>',
    ];
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'lambda-invoke', ...totals(reports), time: seconds(durationMs) })}>`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}
