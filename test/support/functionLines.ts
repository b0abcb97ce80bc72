/**
 * Whether the platform wrote a log line, as text or as JSON, rather than the function. A note on how the function differs
 * from the deployed one is such a line, too.
 */
export function isPlatformLine(line: string): boolean {
  return /^(?:START|END|REPORT|INIT_REPORT|\[Lambda Invoke\]) |^\{"time":"[^"]*","type":"(?:platform|local)\./.test(
    line,
  );
}

/** The lines of a log that the function wrote. */
export function functionLines(log: string): string[] {
  return log.split('\n').filter((line) => line !== '' && !isPlatformLine(line));
}
