import * as vscode from 'vscode';
import { findAccount, findProtection, type Account, type Describe, type Identify } from '../../app/protection.ts';
import { reportUntil, type ReportPrompt } from '../../app/waits.ts';
import { describeConnection, type Connection, type ConnectionView } from '../../core/connection/connection.ts';
import { parseFunctionName } from '../../core/functions/functionName.ts';
import { describeFunction, type Invocation } from '../../core/invocation/invocation.ts';
import { message } from '../../core/messages/messages.ts';
import { formatBytes } from '../../core/outcome/summary.ts';
import { sentence } from '../ui/localize.ts';
import { reasonOf } from '../ui/reasonOf.ts';
import { askModal } from '../notify.ts';
import { confirmPatterns, profileNameOf } from './confirmPatterns.ts';

/** What to confirm. */
export interface Question {
  readonly invocation: Invocation;
  readonly connection: Connection;
  /** The size of each payload. Missing if several files differ. */
  readonly payloadBytes?: number;
  /** Environment variables for a local function. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The number of invocations to confirm. */
  readonly count?: number;
}

interface ConfirmDependencies {
  readonly describe: Describe;
  readonly identify: Identify;
  /** The patterns that require confirmation. */
  readonly patterns: () => Promise<readonly string[]>;
}

function detailOf(
  { invocation, payloadBytes }: Question,
  view: ConnectionView,
  account: Account,
  pattern: string,
): string[] {
  const { region, accountId } = parseFunctionName(invocation.FunctionName) ?? {};
  const lines = [vscode.l10n.t('Function: {0}', describeFunction(invocation))];
  if (view.kind === 'aws') {
    const caller = [account.accountId, account.role].filter((part) => part !== undefined).join(' · ');
    const isElsewhere = accountId !== undefined && accountId !== account.accountId;
    if (isElsewhere) lines.push(vscode.l10n.t('Account: {0}', accountId));
    if (account.unknown !== undefined) lines.push(sentence(message('confirmUnsure', reasonOf(account.unknown))));
    else lines.push(isElsewhere ? vscode.l10n.t('Caller: {0}', caller) : vscode.l10n.t('Account: {0}', caller));
    const at = region ?? view.region;
    if (at !== undefined) lines.push(vscode.l10n.t('Region: {0}', at));
  }
  if (payloadBytes !== undefined) lines.push(vscode.l10n.t('Payload: {0}', formatBytes(payloadBytes)));
  const reason = confirmPatterns().includes(pattern)
    ? vscode.l10n.t('This runs the function. Confirmation is required by "{0}" in lambdaInvoke.confirm.', pattern)
    : vscode.l10n.t('This runs the function. Confirmation is required by "{0}" in the presets file.', pattern);
  return [...lines, '', reason];
}

/**
 * Asks for confirmation if an invocation matches a pattern of `lambdaInvoke.confirm`, once for concurrent ones of the
 * same function. “Don't Ask Again” applies to the function on its connection, in memory.
 */
export function createConfirm(dependencies: ConfirmDependencies) {
  const agreed = new Set<string>();

  return async function confirm(
    question: Question,
    signal = new AbortController().signal,
    reportPrompt: ReportPrompt = () => undefined,
  ): Promise<boolean> {
    const { invocation, connection, count = 1 } = question;
    const find = { ...dependencies, signal, reportPrompt };
    const asked = { invocation, connection, profile: profileNameOf(connection) };
    const protection = await findProtection(asked, { ...find, patterns: await dependencies.patterns() });
    if (protection === undefined) return true;
    const { pattern, view } = protection;
    const account = protection.account ?? (await findAccount(connection, view, find));
    if (signal.aborted) return false; // the invocation was stopped
    // The confirmation is only valid for this account, so other keys or another endpoint need a new one.
    const place = view.kind === 'aws' ? [view.region, view.endpoint, account.accountId] : [];
    const key = JSON.stringify([invocation.FunctionName, invocation.Qualifier, connection, place]);
    if (agreed.has(key)) return true;

    const invoke = vscode.l10n.t('Invoke');
    const always = vscode.l10n.t("Invoke and Don't Ask Again in This Window");
    const what = [
      describeFunction(invocation),
      describeConnection(view, parseFunctionName(invocation.FunctionName)?.region),
    ] as const;
    const text =
      count === 1
        ? vscode.l10n.t('Invoke {0} on {1}?', ...what)
        : vscode.l10n.t('Invoke {0} {2} times on {1}?', ...what, count);
    const detail = detailOf(question, view, account, pattern);
    const answer = await reportUntil(
      askModal(text, { detail, answers: [invoke, always] }),
      'confirmation',
      reportPrompt,
    );
    if (answer === always) agreed.add(key);
    return answer === invoke || answer === always;
  };
}
