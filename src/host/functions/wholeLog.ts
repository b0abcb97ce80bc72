import { hasResponse, type Outcome } from '../../core/outcome/outcome.ts';
import type { LocalProcess } from './localProcess.ts';

/**
 * The whole log of an invocation on Local, whose log tail was truncated to 4 KB or not returned. At most 1 MB, read from
 * the local endpoint. Undefined if the tail is the whole log, or if the endpoint doesn't have the log anymore.
 */
export async function readWholeLog(
  local: Pick<LocalProcess, 'askIfRunning'>,
  outcome: Outcome,
): Promise<string | undefined> {
  if (!hasResponse(outcome) || outcome.connection.kind !== 'local') return undefined;
  const { logTail, requestId, isTailOmitted } = outcome;
  if (requestId === undefined || (logTail?.isTruncated !== true && isTailOmitted !== true)) return undefined;
  try {
    const log = await local.askIfRunning({ what: 'invocationLog', requestId });
    return typeof log === 'string' ? log : undefined;
  } catch {
    return undefined; // the endpoint has ended: the tail is still shown
  }
}
