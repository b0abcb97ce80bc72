import type { Message } from '../messages/messages.ts';

/** A function from ListFunctions. Times as in Lambda's API, memory in MB, timeout in seconds. */
export interface FunctionSummary {
  readonly FunctionName: string;
  readonly FunctionArn?: string;
  readonly Runtime?: string;
  readonly Description?: string;
  readonly MemorySize?: number;
  readonly Timeout?: number;
  readonly LastModified?: string;
  readonly PackageType?: string;
  /** Absent if Lambda didn't return it. */
  readonly isDurable?: boolean;
  /** Whether it runs on managed instances, with a CapacityProviderConfig. Absent if Lambda didn't return it. */
  readonly isManaged?: boolean;
}

/**
 * The configuration of a function or version, with Lambda's own field names. Fields that Lambda didn't return are
 * absent.
 */
export interface FunctionFacts extends FunctionSummary {
  readonly Version?: string;
  readonly Handler?: string;
  readonly Architectures?: readonly string[];
  readonly State?: string;
  readonly StateReason?: string;
  readonly StateReasonCode?: string;
  readonly LastUpdateStatus?: string;
  readonly LastUpdateStatusReason?: string;
  readonly LastUpdateStatusReasonCode?: string;
  readonly CapacityProviderArn?: string;
  /** The maximum number of concurrent invocations in an execution environment: up to 1,600. */
  readonly PerExecutionEnvironmentMaxConcurrency?: number;
  /** In GiB. */
  readonly ExecutionEnvironmentMemoryGiBPerVCpu?: number;
  /** Active or PassThrough. */
  readonly Tracing?: string;
  readonly LogGroup?: string;
  readonly LogFormat?: string;
  /** Absent in the text format. WARN hides START and REPORT. */
  readonly SystemLogLevel?: string;
  /** PER_TENANT if the function isolates tenants. */
  readonly TenantIsolationMode?: string;
  /** Whether it accepts DurableExecutionName and needs a qualifier. */
  readonly isDurable: boolean;
  /** It runs on managed instances, and lacks the version that is invoked without a qualifier. */
  readonly isUnpublished?: true;
  /** The function URL's mode: BUFFERED or RESPONSE_STREAM. Absent without a URL. */
  readonly UrlInvokeMode?: string;
  /** Information that couldn't be read. */
  readonly notes: readonly Message[];
}

export interface AliasSummary {
  readonly Name: string;
  readonly FunctionVersion: string;
  readonly Description?: string;
  /** Versions that receive part of the requests, with a weight between 0 and 1. */
  readonly weights: readonly { readonly version: string; readonly weight: number }[];
}

export interface VersionSummary {
  readonly Version: string;
  readonly Description?: string;
  readonly LastModified?: string;
  readonly Runtime?: string;
  /** Runs on managed instances. Absent if Lambda didn't return it. */
  readonly isManaged?: boolean;
}

export interface Qualifiers {
  readonly aliases: readonly AliasSummary[];
  /** $LATEST and $LATEST.PUBLISHED first, then newest first. */
  readonly versions: readonly VersionSummary[];
  /** Information that couldn't be read. */
  readonly problems: readonly Message[];
}

const PINNED_VERSIONS = ['$LATEST', '$LATEST.PUBLISHED'];

/** The sort key of a version. Numbers are compared as text, so that no digits are lost however long they are. */
function sortKey({ Version }: VersionSummary): readonly [rank: number, length: number, digits: string] {
  const rank = PINNED_VERSIONS.indexOf(Version);
  if (rank !== -1) return [rank, 0, ''];
  if (!/^\d+$/.test(Version)) return [PINNED_VERSIONS.length + 1, 0, Version];
  const zeros = /^0*/.exec(Version)?.[0].length ?? 0;
  const digits = Version.slice(Math.min(zeros, Version.length - 1));
  return [PINNED_VERSIONS.length, digits.length, digits];
}

/** Sorts versions: `$LATEST`, `$LATEST.PUBLISHED`, then numbers in descending order, then others by name. */
export function newestFirst(versions: readonly VersionSummary[]): VersionSummary[] {
  return versions.toSorted((one, other) => {
    const [rank, length, digits] = sortKey(one);
    const [otherRank, otherLength, otherDigits] = sortKey(other);
    if (rank !== otherRank) return rank - otherRank;
    if (length !== otherLength) return otherLength - length;
    if (digits === otherDigits) return 0;
    return digits < otherDigits === rank > PINNED_VERSIONS.length ? -1 : 1;
  });
}

/** An alias's target: `3`, or `3 (90%), 4 (10%)` with weighted routing. */
export function describeRouting({ FunctionVersion, weights }: AliasSummary): string {
  if (weights.length === 0) return FunctionVersion;
  const rest = 1 - weights.reduce((sum, { weight }) => sum + weight, 0);
  const percent = (weight: number) => `${Number((weight * 100).toFixed(2))}%`;
  const parts = [{ version: FunctionVersion, weight: rest }, ...weights];
  return parts.map(({ version, weight }) => `${version} (${percent(weight)})`).join(', ');
}
