import type { Connection } from '../connection/connection.ts';
import { hasResponse, type Outcome } from './outcome.ts';

type LogCoverage = 'none' | 'part' | 'whole';

/**
 * How much of a log in CloudWatch Logs an outcome has. `none`: there is no such log, because the invocation was on Local,
 * or Lambda didn't run the function. `part`: CloudWatch Logs can have more.
 */
export function logCoverage(outcome: Outcome, connection: Connection): LogCoverage {
  if (connection.kind === 'local' || outcome.requestId === undefined || outcome.state === 'dryRun') return 'none';
  if (!hasResponse(outcome)) return 'exception' in outcome && outcome.exception !== undefined ? 'none' : 'part';
  const { logTail } = outcome;
  const isWhole = logTail !== undefined && !logTail.isTruncated && logTail.location === undefined;
  return isWhole ? 'whole' : 'part';
}

/** Whether the log is read without a click. `when` is the setting `lambdaInvoke.log.fetch`. */
export function fetchesLog(when: 'never' | 'whenMissing' | 'always', coverage: LogCoverage): boolean {
  if (when === 'never') return false;
  return coverage === 'part' || (coverage === 'whole' && when === 'always');
}
