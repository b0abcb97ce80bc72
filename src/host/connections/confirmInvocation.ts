import * as vscode from 'vscode';
import {
  findAccount,
  findProtection,
  type Account,
  type Describe,
  type FindOptions,
  type Identify,
} from '../../app/protection.ts';
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

/** An invocation that requires confirmation. */
interface Required {
  readonly question: Question;
  readonly view: ConnectionView;
  readonly detail: readonly string[];
  /** The invocations that “Don't Ask Again” applies to. */
  readonly key: string;
}

/** `hello` and `dev · eu-central-1` */
function describeQuestion({ invocation }: Question, view: ConnectionView): readonly [string, string] {
  return [
    describeFunction(invocation),
    describeConnection(view, parseFunctionName(invocation.FunctionName)?.region),
  ] as const;
}

/**
 * Asks for confirmation if an invocation matches a pattern of `lambdaInvoke.confirm`. Concurrent invocations of the same
 * function, and several questions, are confirmed together. “Don't Ask Again” applies to the function on its connection,
 * until the window is closed.
 */
export function createConfirm(dependencies: ConfirmDependencies) {
  const agreed = new Set<string>();

  /** Undefined if no confirmation is required, or if it was given before. */
  async function examine(question: Question, find: Omit<FindOptions, 'identify'>): Promise<Required | undefined> {
    const { invocation, connection } = question;
    const finding = { ...dependencies, ...find };
    const target = { invocation, connection, profile: profileNameOf(connection) };
    const protection = await findProtection(target, { ...finding, patterns: await dependencies.patterns() });
    if (protection === undefined) return undefined;
    const { pattern, view } = protection;
    const account = protection.account ?? (await findAccount(connection, view, finding));
    // The confirmation is only valid for this account, so other keys or another endpoint need a new one.
    const place = view.kind === 'aws' ? [view.region, view.endpoint, account.accountId] : [];
    const key = JSON.stringify([invocation.FunctionName, invocation.Qualifier, connection, place]);
    return agreed.has(key) ? undefined : { question, view, detail: detailOf(question, view, account, pattern), key };
  }

  return async function confirm(
    questions: readonly Question[],
    signal = new AbortController().signal,
    reportPrompt: ReportPrompt = () => undefined,
  ): Promise<boolean> {
    const required: Required[] = [];
    for (const question of questions) {
      const one = await examine(question, { signal, reportPrompt });
      if (one !== undefined) required.push(one);
    }
    const [first] = required;
    if (first === undefined) return true;
    if (signal.aborted) return false; // the invocation was stopped
    const invoke = vscode.l10n.t('Invoke');
    const always = vscode.l10n.t("Invoke and Don't Ask Again in This Window");
    const text = await questionText(questions, first);
    const detail = required.flatMap((one, at) => (at === 0 ? one.detail : ['', ...one.detail]));
    const answer = await reportUntil(
      askModal(text, { detail, answers: [invoke, always] }),
      'confirmation',
      reportPrompt,
    );
    if (answer === always) for (const { key } of required) agreed.add(key);
    return answer === invoke || answer === always;
  };

  /** Names all invocations that the answer applies to. */
  async function questionText(questions: readonly Question[], { question, view }: Required): Promise<string> {
    const [one, other] = questions;
    if (one !== undefined && other !== undefined) {
      const described = async (each: Question) => describeQuestion(each, await dependencies.describe(each.connection));
      return vscode.l10n.t(
        'Invoke {0} on {1}, and {2} on {3}?',
        ...(await described(one)),
        ...(await described(other)),
      );
    }
    const { count = 1 } = question;
    const what = describeQuestion(question, view);
    return count === 1
      ? vscode.l10n.t('Invoke {0} on {1}?', ...what)
      : vscode.l10n.t('Invoke {0} {2} times on {1}?', ...what, count);
  }
}
