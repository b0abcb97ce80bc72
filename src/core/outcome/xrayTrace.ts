import type { Outcome } from './outcome.ts';

/**
 * The ID of the X-Ray trace of an invocation, if it was sampled: from the header X-Amzn-Trace-Id, or the XRAY line of the
 * log. Source: X-Ray developer guide, "Tracing header".
 */
export function sampledTrace(outcome: Outcome): string | undefined {
  const { traceId = '' } = outcome;
  const [, sampled] = /(?:^|;)Sampled=([01])(?:;|$)/.exec(traceId) ?? [];
  if (sampled === '0') return undefined;
  const root = sampled === '1' ? /(?:^|;)Root=(1-[\da-f]{8}-[\da-f]{24})(?:;|$)/.exec(traceId)?.[1] : undefined;
  return root ?? ('report' in outcome ? outcome.report?.xrayTraceId : undefined);
}
