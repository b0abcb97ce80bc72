/** Lines of the platform, and notes about how the function differs from its deployed version. */
const PLATFORM_LINE = /^(?:START|END|REPORT|\[Lambda Invoke\]) |"type":"(?:platform|local)\./;

/** The lines of a log that the function itself wrote, without empty ones. */
export function functionLines(log: string): string[] {
  return log.split('\n').filter((line) => line !== '' && !PLATFORM_LINE.test(line));
}
