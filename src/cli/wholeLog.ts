import type { EndedInvocation } from '../app/invocations.ts';
import { hasResponse } from '../core/outcome/outcome.ts';
import type { LocalFunctions } from './localFunctions.ts';

/**
 * The whole log of an invocation on Local, whose log tail was truncated to 4 KB or not returned. Undefined if the tail is
 * all there is.
 */
export async function wholeLog(
  local: Pick<LocalFunctions, 'ask'>,
  { result: { outcome } }: EndedInvocation,
): Promise<string | undefined> {
  if (!hasResponse(outcome) || outcome.connection.kind !== 'local') return undefined;
  const { logTail, requestId, isTailOmitted } = outcome;
  if (requestId === undefined || (logTail?.isTruncated !== true && isTailOmitted !== true)) return undefined;
  const log = await local.ask({ what: 'invocationLog', requestId }).catch(() => undefined);
  return typeof log === 'string' ? log : undefined;
}
