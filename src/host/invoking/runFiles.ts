import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Invocations } from '../../app/invocations.ts';
import type { InvocationOrder } from '../../app/runInvocation.ts';
import { isInvokeError } from '../../core/outcome/invokeError.ts';
import { message } from '../../core/messages/messages.ts';
import type { InvocationResult, Outcome } from '../../core/outcome/outcome.ts';
import { summarize } from '../../core/outcome/summary.ts';
import { sentence } from '../ui/localize.ts';
import { notify, showOutput } from '../notify.ts';
import { toOutcomeSnapshot, type OutcomeSnapshot } from './outcomeSnapshot.ts';
import { labelOf } from './payloadFiles.ts';
import { withCancellableProgress } from '../ui/progress.ts';

/** Creates the order for a file. Resolves to undefined if canceled. */
type OrderFor = (uri: string) => Promise<InvocationOrder | undefined>;

/** Runs an order for each file, one after another, with one progress notification and one summary. */
export type RunFiles = (uris: readonly vscode.Uri[], orderFor: OrderFor) => Promise<OutcomeSnapshot[]>;

interface RunFilesDependencies {
  readonly invocations: Pick<Invocations, 'start'>;
  /** Asks for confirmation once for all files, if required. */
  readonly confirm: (order: InvocationOrder, count: number) => Promise<boolean>;
  /** Shows known warnings for the first order before it is sent. */
  readonly warn?: (order: InvocationOrder) => void;
}

interface EndedFile {
  readonly label: string;
  readonly result: InvocationResult;
}

/** The counts of a summary, by state. */
const COUNTS: readonly (readonly [Outcome['state'], (count: number) => string])[] = [
  ['succeeded', (count) => vscode.l10n.t('{0} succeeded', count)],
  ['accepted', (count) => vscode.l10n.t('{0} queued', count)],
  ['dryRun', (count) => vscode.l10n.t('{0} passed (dry run)', count)],
  ['functionError', (count) => vscode.l10n.t('{0} returned an error', count)],
  ['failed', (count) => vscode.l10n.t('{0} failed', count)],
  ['cancelled', (count) => vscode.l10n.t('{0} stopped', count)],
];

/** `5 files: 3 succeeded, 1 returned an error, 1 not invoked. First error: a.json: …` */
function summaryOf(ended: readonly EndedFile[], count: number): string {
  const counts = COUNTS.flatMap(([state, describe]) => {
    const some = ended.filter(({ result }) => result.outcome.state === state).length;
    return some === 0 ? [] : [describe(some)];
  });
  if (ended.length < count) counts.push(vscode.l10n.t('{0} not invoked', count - ended.length));
  const text = vscode.l10n.t('{0} files: {1}.', count, counts.join(', '));
  const bad = ended.find(({ result: { outcome } }) => outcome.state === 'failed' || outcome.state === 'functionError');
  if (bad === undefined) return text;
  return `${text} ${vscode.l10n.t('First error: {0}: {1}', bad.label, sentence(summarize(bad.result.outcome)))}`;
}

export function createRunFiles({ invocations, confirm, warn }: RunFilesDependencies): RunFiles {
  /** Runs the order of a file. Resolves to undefined if it was not run. */
  async function runOne(
    order: InvocationOrder,
    token: vscode.CancellationToken,
  ): Promise<InvocationResult | undefined> {
    const running = invocations.start(randomUUID(), { ...order, isConfirmed: true });
    const stopping = token.onCancellationRequested(() => running?.stopWaiting());
    try {
      return await running?.result;
    } finally {
      stopping.dispose();
    }
  }

  function notifySummary(ended: readonly EndedFile[], count: number): void {
    const isGood =
      ended.length === count &&
      ended.every(({ result: { outcome } }) => outcome.state !== 'failed' && outcome.state !== 'functionError');
    notify(isGood ? 'information' : 'warning', summaryOf(ended, count), showOutput());
  }

  return async (uris, orderFor) => {
    const [first, ...rest] = uris;
    const firstOrder = first && (await orderFor(first.toString()));
    if (firstOrder !== undefined) warn?.(firstOrder);
    if (firstOrder === undefined || !(await confirm(firstOrder, uris.length))) return [];
    const ended: EndedFile[] = [];
    await withCancellableProgress(vscode.l10n.t('Invoking'), async (report, token) => {
      for (const [index, uri] of [first, ...rest].entries()) {
        if (uri === undefined || token.isCancellationRequested) break;
        const label = labelOf(uri);
        const place = vscode.l10n.t(
          "{0} of {1}: {2}. Canceling doesn't stop the function.",
          index + 1,
          uris.length,
          label,
        );
        report({ message: place, increment: index === 0 ? 0 : 100 / uris.length });
        try {
          const order = index === 0 ? firstOrder : await orderFor(uri.toString());
          if (order === undefined) break; // a prompt was canceled
          const result = await runOne(order, token);
          if (result !== undefined) ended.push({ label, result });
        } catch (error) {
          // A file that can't be sent doesn't stop the others.
          const reason = isInvokeError(error) ? error.reason : message('unexpected', String(error));
          ended.push({ label, result: { outcome: { state: 'failed', reason, clientMs: 0, notes: [] } } });
        }
      }
    });
    notifySummary(ended, uris.length);
    return ended.map(({ result }) => toOutcomeSnapshot(result, sentence));
  };
}
