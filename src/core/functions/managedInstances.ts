import type { InvocationType } from '../invocation/invocation.ts';

/** The version that an invocation without a qualifier runs on managed instances. */
export const LATEST_PUBLISHED = '$LATEST.PUBLISHED';

/** The longest synchronous invocation, in seconds. On managed instances, Timeout can be up to 5,400 s. */
export const MAX_SYNCHRONOUS_SECONDS = 900;

/** The version that an invocation without a qualifier runs. */
export function defaultVersion(isManaged: boolean | undefined): string {
  return isManaged === true ? LATEST_PUBLISHED : '$LATEST';
}

/**
 * The timeout of an invocation in seconds, given the function's Timeout. A timeout of more than 15 minutes applies only to
 * asynchronous invocations and event sources. Source: Lambda developer guide, "Lambda Managed Instances".
 */
export function effectiveTimeout(Timeout: number, type: InvocationType): number {
  return type === 'Event' ? Timeout : Math.min(Timeout, MAX_SYNCHRONOUS_SECONDS);
}

/** The name of a capacity provider, which is the last part of its ARN. */
export function capacityProviderName(arn: string): string {
  return arn.slice(arn.lastIndexOf(':') + 1);
}
