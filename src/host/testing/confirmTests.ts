import * as vscode from 'vscode';
import { findAccount, type Identify } from '../../app/protection.ts';
import type { InvocationOrder } from '../../app/runInvocation.ts';
import { couldBeAccount, confirmingPattern } from '../../core/connection/confirmPatterns.ts';
import {
  describeConnection,
  isSameConnection,
  type Connection,
  type ConnectionView,
} from '../../core/connection/connection.ts';
import { parseFunctionName } from '../../core/functions/functionName.ts';
import { describeFunction } from '../../core/invocation/invocation.ts';
import { profileNameOf } from '../connections/confirmPatterns.ts';
import type { Connections } from '../connections/connections.ts';
import { askModal } from '../notify.ts';

/** A test to confirm. */
export interface TestToConfirm {
  readonly name: string;
  readonly order: InvocationOrder;
}

/** The lines of the question for more tests end with their number. */
const MAX_LISTED = 15;

interface Described {
  readonly connection: Connection;
  readonly view: ConnectionView;
  readonly accountId: string | undefined;
}

/** Describes a connection, and looks up its account if a pattern could be one. */
async function describe(
  connection: Connection,
  patterns: readonly string[],
  { connections, signal }: { connections: Pick<Connections, 'describe' | 'identify'>; signal: AbortSignal },
): Promise<Described> {
  const view = await connections.describe(connection);
  if (connection.kind === 'local' || view.kind === 'local') return { connection, view, accountId: undefined };
  const { accountId } = view;
  if (accountId !== undefined || !patterns.some(couldBeAccount)) return { connection, view, accountId };
  const identify: Identify = (...args) => connections.identify(...args);
  const account = await findAccount(connection, view, { identify, signal, reportPrompt: () => undefined });
  return { connection, view, accountId: account.accountId };
}

function needsConfirmation({ order }: TestToConfirm, patterns: readonly string[], described: Described): boolean {
  const { view, accountId } = described;
  const caller = { profile: profileNameOf(described.connection), accountId };
  if (confirmingPattern(patterns, order.invocation, caller) !== undefined) return true;
  // An unknown account could be a protected one.
  const isUnknown = view.kind === 'aws' && accountId === undefined && order.invocation.InvocationType !== 'DryRun';
  return isUnknown && patterns.some(couldBeAccount);
}

/**
 * Asks once for all tests on protected connections, and lists them. Returns those tests, which are confirmed, or undefined
 * if the user cancels. Earlier answers don't count.
 */
export async function confirmTests<T extends TestToConfirm>(
  tests: readonly T[],
  connections: Pick<Connections, 'describe' | 'identify' | 'confirmPatterns'>,
  signal: AbortSignal,
): Promise<ReadonlySet<T> | undefined> {
  const patterns = await connections.confirmPatterns();
  if (patterns.length === 0) return new Set();
  const known: Described[] = [];
  const matching: { readonly test: T; readonly view: ConnectionView }[] = [];
  for (const test of tests) {
    const { connection } = test.order;
    let described = known.find((one) => isSameConnection(one.connection, connection));
    if (described === undefined) {
      described = await describe(connection, patterns, { connections, signal });
      known.push(described);
    }
    if (needsConfirmation(test, patterns, described)) matching.push({ test, view: described.view });
  }
  if (matching.length === 0) return new Set();
  if (signal.aborted) return undefined;
  const lines = matching.map(({ test: { name, order }, view }) => {
    const arnRegion = parseFunctionName(order.invocation.FunctionName)?.region;
    return `${name}: ${describeFunction(order.invocation)} · ${describeConnection(view, arnRegion)}`;
  });
  const more = lines.length - MAX_LISTED;
  const run = vscode.l10n.t('Run Tests');
  const text =
    matching.length === 1
      ? vscode.l10n.t('Run a test that needs confirmation?')
      : vscode.l10n.t('Run {0} tests that need confirmation?', matching.length);
  const answer = await askModal(text, {
    detail: [
      ...lines.slice(0, MAX_LISTED),
      ...(more > 0 ? [vscode.l10n.t('and {0} more', more)] : []),
      '',
      vscode.l10n.t(
        'Each test invokes its function once. Confirmation is required by lambdaInvoke.confirm or the presets file.',
      ),
    ],
    answers: [run],
  });
  return answer === run ? new Set(matching.map(({ test }) => test)) : undefined;
}
