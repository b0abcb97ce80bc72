/** A problem that repeats within this time, in milliseconds, is reported once. */
const QUIET_MS = 10_000;

/** Describes an unknown thrown value in one line: its message, and where it was thrown if that's known. */
function describe(problem: unknown): string {
  const stack = problem instanceof Error ? (problem.stack ?? '').split('\n').find((line) => /^\s+at /.test(line)) : '';
  const text = problem instanceof Error ? problem.message : String(problem);
  return `${text} ${stack?.trim() ?? ''}`.replaceAll(/\s+/g, ' ').trim();
}

/**
 * Reports errors that nothing else handles. The process continues, because they concern one request, and ending it
 * would also end the functions that run for others.
 */
export function reportProblems(report: (line: string) => void): void {
  const reportedAt = new Map<string, number>();
  const onProblem = (problem: unknown) => {
    const line = describe(problem);
    const now = performance.now();
    if (now - (reportedAt.get(line) ?? -Infinity) < QUIET_MS) return;
    if (reportedAt.size >= 100) reportedAt.clear();
    reportedAt.set(line, now);
    report(line);
  };
  process.on('uncaughtException', onProblem);
  process.on('unhandledRejection', onProblem);
}
