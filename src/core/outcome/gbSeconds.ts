import { hasResponse, type Outcome } from './outcome.ts';

/** The number of MB that Lambda bills as a GB. */
const MB_PER_GB = 1024;

/** More digits than any invocation needs: 1 ms with 128 MB is 0.000125 GB-seconds. */
const SIGNIFICANT_DIGITS = 6;

/** What AWS bills for the duration of an invocation, and its two factors. */
export interface GbSeconds {
  readonly value: number;
  readonly billedDurationMs: number;
  readonly memorySizeMB: number;
}

/**
 * The GB-seconds of an invocation: its billed duration times its memory size, both from Lambda's report. Undefined without
 * one of them, as for managed instances, and for Local, where nothing is billed. Requests, ephemeral storage and
 * provisioned concurrency are billed separately. Source: AWS Lambda pricing.
 */
export function gbSeconds(outcome: Outcome): GbSeconds | undefined {
  if (!hasResponse(outcome) || outcome.connection.kind === 'local' || outcome.isManaged === true) return undefined;
  const { billedDurationMs, memorySizeMB } = outcome.report ?? {};
  if (billedDurationMs === undefined || memorySizeMB === undefined) return undefined;
  return { value: (billedDurationMs / 1000) * (memorySizeMB / MB_PER_GB), billedDurationMs, memorySizeMB };
}

/** Formats GB-seconds with their formula: `0.0125 GB-s = 100 ms × 128 MB`. */
export function formatGbSeconds({ value, billedDurationMs, memorySizeMB }: GbSeconds): string {
  const rounded = Number(value.toPrecision(SIGNIFICANT_DIGITS));
  return `${rounded} GB-s = ${billedDurationMs} ms × ${memorySizeMB} MB`;
}

/** The URL of AWS's prices for Lambda, which differ in China. */
export function lambdaPricesUrl(region = ''): string {
  return region.startsWith('cn-')
    ? 'https://www.amazonaws.cn/en/lambda/pricing/'
    : 'https://aws.amazon.com/lambda/pricing/';
}
