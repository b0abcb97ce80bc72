import { parseFunctionName } from './functionName.ts';
import { message, type Message } from '../messages/messages.ts';
import type { Problem } from '../invocation/validate.ts';

/** A function as ListFunctions has it. Times as Lambda writes them, memory in MB, timeout in seconds. */
export interface FunctionSummary {
  readonly FunctionName: string;
  readonly FunctionArn?: string;
  readonly Runtime?: string;
  readonly Description?: string;
  readonly MemorySize?: number;
  readonly Timeout?: number;
  readonly LastModified?: string;
  readonly PackageType?: string;
  /** Whether it is durable; absent where Lambda did not say. */
  readonly isDurable?: boolean;
}

/** What Lambda knows of one function or version, in its own names; absent is what it did not say. */
export interface FunctionFacts extends FunctionSummary {
  readonly Version?: string;
  readonly Handler?: string;
  readonly Architectures?: readonly string[];
  readonly State?: string;
  readonly StateReason?: string;
  readonly LastUpdateStatus?: string;
  readonly LastUpdateStatusReason?: string;
  /** Active or PassThrough. */
  readonly Tracing?: string;
  readonly LogGroup?: string;
  readonly LogFormat?: string;
  /** PER_TENANT, where tenants are kept apart. */
  readonly TenantIsolationMode?: string;
  /** Whether it takes names of durable executions, and needs a qualifier. */
  readonly isDurable: boolean;
  /** How its function URL answers: BUFFERED or RESPONSE_STREAM; absent without a URL. */
  readonly UrlInvokeMode?: string;
  /** What could not be found out beside it. */
  readonly notes: readonly Message[];
}

export interface AliasSummary {
  readonly Name: string;
  readonly FunctionVersion: string;
  readonly Description?: string;
  /** Other versions that get a part of the requests, with their weight between 0 and 1. */
  readonly weights: readonly { readonly version: string; readonly weight: number }[];
}

export interface VersionSummary {
  readonly Version: string;
  readonly Description?: string;
  readonly LastModified?: string;
  readonly Runtime?: string;
}

export interface Qualifiers {
  readonly aliases: readonly AliasSummary[];
  /** $LATEST and $LATEST.PUBLISHED first, then the newest. */
  readonly versions: readonly VersionSummary[];
  /** What could not be read. */
  readonly problems: readonly Message[];
}

const RANKS = ['$LATEST', '$LATEST.PUBLISHED'];

/** Where a version belongs: by its rank, then by its number as text, so that no digit is lost however long it is. */
function placeOf({ Version }: VersionSummary): readonly [rank: number, length: number, digits: string] {
  const rank = RANKS.indexOf(Version);
  if (rank !== -1) return [rank, 0, ''];
  if (!/^\d+$/.test(Version)) return [RANKS.length + 1, 0, Version];
  const zeros = /^0*/.exec(Version)?.[0].length ?? 0;
  const digits = Version.slice(Math.min(zeros, Version.length - 1));
  return [RANKS.length, digits.length, digits];
}

/** `$LATEST`, `$LATEST.PUBLISHED`, then the highest number first; anything else comes last, by name. */
export function newestFirst(versions: readonly VersionSummary[]): VersionSummary[] {
  return versions.toSorted((one, other) => {
    const [rank, length, digits] = placeOf(one);
    const [otherRank, otherLength, otherDigits] = placeOf(other);
    if (rank !== otherRank) return rank - otherRank;
    if (length !== otherLength) return otherLength - length;
    if (digits === otherDigits) return 0;
    return digits < otherDigits === rank > RANKS.length ? -1 : 1;
  });
}

/** Where an alias leads: `3`, or `3 (90 %), 4 (10 %)` where it parts its requests. */
export function describeRouting({ FunctionVersion, weights }: AliasSummary): string {
  if (weights.length === 0) return FunctionVersion;
  const rest = 1 - weights.reduce((sum, { weight }) => sum + weight, 0);
  const percent = (weight: number) => `${Number((weight * 100).toFixed(2))} %`;
  const parts = [{ version: FunctionVersion, weight: rest }, ...weights];
  return parts.map(({ version, weight }) => `${version} (${percent(weight)})`).join(', ');
}

interface Asked {
  readonly FunctionName?: string;
  readonly Qualifier?: string;
  readonly TenantId?: string;
  readonly DurableExecutionName?: string;
}

/** What is worth knowing before this function is invoked: its state, and fields it needs or does not take. */
export function factWarnings(facts: FunctionFacts, asked: Asked): Problem[] {
  const { FunctionName = '', Qualifier, TenantId, DurableExecutionName } = asked;
  const warnings: Problem[] = [];
  const warn = (field: Problem['field'], told: Message) => warnings.push({ field, message: told, isWarning: true });
  const { State, StateReason = '', LastUpdateStatus, LastUpdateStatusReason = '' } = facts;
  if (State === 'Failed') warn('FunctionName', message('stateFailed', StateReason));
  else if (State === 'Pending') warn('FunctionName', message('statePending'));
  else if (State === 'Inactive') warn('FunctionName', message('stateInactive'));
  else if (LastUpdateStatus === 'Failed') warn('FunctionName', message('updateFailed', LastUpdateStatusReason));
  else if (LastUpdateStatus === 'InProgress') warn('FunctionName', message('updateRunning'));
  const hasTenants = facts.TenantIsolationMode === 'PER_TENANT';
  if (hasTenants && TenantId === undefined) warn('TenantId', message('tenantNeeded'));
  if (!hasTenants && TenantId !== undefined) warn('TenantId', message('tenantNotTaken'));
  if (!facts.isDurable && DurableExecutionName !== undefined) {
    warn('DurableExecutionName', message('durableNotTaken'));
  }
  // With an execution name, the missing qualifier is an error already.
  const isQualified = Qualifier !== undefined || parseFunctionName(FunctionName)?.qualifier !== undefined;
  if (facts.isDurable && !isQualified && DurableExecutionName === undefined) {
    warn('Qualifier', message('durableUnqualified'));
  }
  return warnings;
}
