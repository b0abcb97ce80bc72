import type { ReportPrompt } from '../../app/waits.ts';
import { createPromptTimer, type OnPrompt } from '../../core/async/promptTimer.ts';
import type { CallerIdentity } from '../../core/connection/callerIdentity.ts';
import type { Connection, ConnectionView } from '../../core/connection/connection.ts';
import { message } from '../../core/messages/messages.ts';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import { sentence } from '../ui/localize.ts';
import { reasonOf } from '../ui/reasonOf.ts';

/** Looks up the identity with STS. Rejects with InvokeError. */
export type Identify = (connection: Connection, signal: AbortSignal, onPrompt?: OnPrompt) => Promise<CallerIdentity>;

/**
 * The timeout of the account lookup, without the time of prompts. The dialog then says that the account is unknown.
 */
const MAX_IDENTITY_MS = 5000;

export interface Account {
  readonly accountId?: string;
  readonly role?: string;
  /** Why it is unknown. */
  readonly unknown?: string;
}

export interface FindOptions {
  readonly signal: AbortSignal;
  readonly reportPrompt: ReportPrompt;
}

/** The account of a connection, which is looked up if it isn't known. Never rejects. */
export async function findAccount(
  connection: Connection,
  view: ConnectionView,
  { identify, signal, reportPrompt }: { readonly identify: Identify } & FindOptions,
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
    const reason = late.signal.aborted ? new InvokeError(message('identityLate')) : error;
    return { unknown: sentence(message('confirmUnsure', reasonOf(reason))) };
  } finally {
    stopTimer();
  }
}
