import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { EndedInvocation, Invocations } from '../../app/invocations.ts';
import type { InvocationOrder } from '../../app/runInvocation.ts';
import { isInvokeError } from '../../core/outcome/invokeError.ts';
import { message } from '../../core/messages/messages.ts';
import type { InvocationResult } from '../../core/outcome/outcome.ts';
import { sentence } from '../ui/localize.ts';
import { withCancellableProgress } from '../ui/progress.ts';
import { FileBatch, type FileResult, type OrderFor } from './fileBatch.ts';
import { toOutcomeSnapshot, type OutcomeSnapshot } from './outcomeSnapshot.ts';
import { labelOf } from './payloadFiles.ts';

/** Runs files of a batch, one after another, with one progress notification. */
export interface RunFiles {
  /** Runs an order for each file. */
  (uris: readonly vscode.Uri[], orderFor: OrderFor): Promise<OutcomeSnapshot[]>;
  /** Runs some files of a batch again. Does nothing while it is running. */
  again(batch: FileBatch, uris: readonly string[]): Promise<void>;
}

interface RunFilesDependencies {
  readonly invocations: Pick<Invocations, 'start'>;
  /** Asks for confirmation once for all files, if required. */
  readonly confirm: (order: InvocationOrder, count: number) => Promise<boolean>;
  /** Shows known warnings for the first order before it is sent. */
  readonly warn?: (order: InvocationOrder) => void;
  /** A result with its bodies, if they're still in memory. */
  readonly recall: (invocationId: string) => EndedInvocation | undefined;
  /** Shows the batch. Called when it starts, whenever a file changes, and at its end. */
  readonly show: (batch: FileBatch) => void;
}

function failedResult(error: unknown): InvocationResult {
  const reason = isInvokeError(error) ? error.reason : message('unexpected', String(error));
  return { outcome: { state: 'failed', reason, clientMs: 0, notes: [] } };
}

export function createRunFiles({ invocations, confirm, warn, recall, show }: RunFilesDependencies): RunFiles {
  /** Runs the order of a file. Resolves to undefined if it was not run. */
  async function runOne(order: InvocationOrder, token: vscode.CancellationToken) {
    const invocationId = randomUUID();
    const running = invocations.start(invocationId, { ...order, isConfirmed: true });
    const stopping = token.onCancellationRequested(() => running?.stopWaiting());
    try {
      const result = await running?.result;
      return result === undefined ? undefined : { invocationId, order, result };
    } finally {
      stopping.dispose();
    }
  }

  /** Runs a file. Returns false if the others mustn't run, because a prompt was canceled. */
  async function runFile(batch: FileBatch, uri: string, token: vscode.CancellationToken, given?: InvocationOrder) {
    batch.set(uri, 'running');
    show(batch);
    try {
      const order = given ?? (await batch.orderFor(uri));
      if (order === undefined) return false;
      const ended = await runOne(order, token);
      if (ended !== undefined) batch.end(uri, ended);
    } catch (error) {
      // A file that can't be sent doesn't stop the others.
      batch.end(uri, { invocationId: randomUUID(), result: failedResult(error) });
    }
    return true;
  }

  async function runAll(batch: FileBatch, uris: readonly string[], firstOrder: InvocationOrder): Promise<void> {
    for (const uri of uris) batch.set(uri, 'queued');
    await withCancellableProgress(vscode.l10n.t('Invoking'), async (report, token) => {
      for (const [index, uri] of uris.entries()) {
        if (token.isCancellationRequested) break;
        const { label = '' } = batch.file(uri) ?? {};
        const place = vscode.l10n.t(
          "{0} of {1}: {2}. Canceling doesn't stop the function.",
          index + 1,
          uris.length,
          label,
        );
        report({ message: place, increment: index === 0 ? 0 : 100 / uris.length });
        if (!(await runFile(batch, uri, token, index === 0 ? firstOrder : undefined))) break;
      }
    });
    for (const { uri, state } of batch.files) {
      if (state === 'queued' || state === 'running') batch.set(uri, 'skipped');
    }
  }

  async function run(batch: FileBatch, uris: readonly string[]): Promise<void> {
    const [first] = uris;
    if (first === undefined || batch.isRunning) return;
    batch.isRunning = true;
    try {
      const firstOrder = await batch.orderFor(first);
      if (firstOrder !== undefined) warn?.(firstOrder);
      if (firstOrder === undefined || !(await confirm(firstOrder, uris.length))) return;
      await runAll(batch, uris, firstOrder);
    } finally {
      batch.isRunning = false;
    }
    show(batch);
  }

  async function runNew(uris: readonly vscode.Uri[], orderFor: OrderFor): Promise<OutcomeSnapshot[]> {
    const files = uris.map((uri) => ({ uri: uri.toString(), label: labelOf(uri) }));
    const batch = new FileBatch(files, orderFor);
    await run(
      batch,
      files.map(({ uri }) => uri),
    );
    const results = batch.files
      .map(({ state }) => state)
      .filter((state): state is FileResult => typeof state === 'object');
    return results.map(({ invocationId, result }) =>
      toOutcomeSnapshot(recall(invocationId)?.result ?? result, sentence),
    );
  }

  return Object.assign(runNew, { again: run });
}
