import type { CallerIdentity } from '../core/connection/callerIdentity.ts';
import { confirmingPattern, couldBeAccount } from '../core/connection/confirmPatterns.ts';
import type { Connection, ConnectionView } from '../core/connection/connection.ts';
import { createPromptTimer, type OnPrompt } from '../core/async/promptTimer.ts';
import type { Invocation } from '../core/invocation/invocation.ts';
import { message } from '../core/messages/messages.ts';
import { InvokeError } from '../core/outcome/invokeError.ts';
import type { ReportPrompt } from './waits.ts';

/** Looks up the identity of a connection with STS. Rejects with InvokeError. */
export type Identify = (connection: Connection, signal: AbortSignal, onPrompt?: OnPrompt) => Promise<CallerIdentity>;

/** Describes a connection without requests. Never rejects. */
export type Describe = (connection: Connection) => Promise<ConnectionView>;

/** The account of an invocation. */
export interface Account {
  readonly accountId?: string;
  readonly role?: string;
  /** Why it is unknown. */
  readonly unknown?: unknown;
}

/** Why an invocation requires confirmation. */
export interface Protection {
  readonly pattern: string;
  readonly view: ConnectionView;
  /** Missing if it wasn't needed to find the pattern. */
  readonly account?: Account;
}

export interface FindOptions {
  readonly identify: Identify;
  readonly signal: AbortSignal;
  readonly reportPrompt: ReportPrompt;
}

/** The timeout of the account lookup in milliseconds, without the time of prompts. After it, the account is unknown. */
const MAX_IDENTITY_MS = 5000;

/** Finds the account of a connection, with STS if its config doesn't have it. Never rejects. */
export async function findAccount(
  connection: Connection,
  view: ConnectionView,
  { identify, signal, reportPrompt }: FindOptions,
): Promise<Account> {
  if (connection.kind === 'local' || view.kind === 'local') return {};
  const { accountId, role } = view;
  if (accountId !== undefined) return { accountId, ...(role !== undefined && { role }) };
  const prompts = createPromptTimer();
  const late = new AbortController();
  const stopTimer = prompts.after(MAX_IDENTITY_MS, () => late.abort());
  try {
    const either = AbortSignal.any([late.signal, signal]);
    const identity = await identify(connection, either, (isOpen) => {
      prompts.onPrompt(isOpen);
      reportPrompt('mfaCode', isOpen);
    });
    return { accountId: identity.accountId, role: identity.name };
  } catch (error) {
    return { unknown: late.signal.aborted ? new InvokeError(message('identityLate')) : error };
  } finally {
    stopTimer();
  }
}

interface Question {
  readonly invocation: Pick<Invocation, 'FunctionName' | 'Qualifier' | 'InvocationType'>;
  readonly connection: Connection;
  /** The effective profile. */
  readonly profile: string;
}

/**
 * Finds the pattern that requires confirmation for an invocation. Undefined if none does. Looks up the account only if a
 * pattern could be one. An unknown account could be a protected one.
 */
export async function findProtection(
  { invocation, connection, profile }: Question,
  { patterns, describe, ...find }: FindOptions & { readonly patterns: readonly string[]; readonly describe: Describe },
): Promise<Protection | undefined> {
  if (patterns.length === 0 || invocation.InvocationType === 'DryRun') return undefined;
  const view = await describe(connection);
  const known = view.kind === 'aws' ? view.accountId : undefined;
  const pattern = confirmingPattern(patterns, invocation, { profile, accountId: known });
  if (pattern !== undefined) return { pattern, view };
  const isUnsure = connection.kind === 'aws' && known === undefined;
  if (!isUnsure || !patterns.some(couldBeAccount)) return undefined;
  const account = await findAccount(connection, view, find);
  const { accountId } = account;
  const ofAccount =
    confirmingPattern(patterns, invocation, { profile, accountId }) ??
    (accountId === undefined ? patterns.find(couldBeAccount) : undefined);
  return ofAccount === undefined ? undefined : { pattern: ofAccount, view, account };
}
