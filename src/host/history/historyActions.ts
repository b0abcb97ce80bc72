import * as vscode from 'vscode';
import { sentDraft } from '../../app/shownDraft.ts';
import type { InvocationOrder } from '../../app/runInvocation.ts';
import type { HistoryEntry } from '../../core/history/historyEntry.ts';
import { toDraft } from '../../core/invocation/draft.ts';
import { message } from '../../core/messages/messages.ts';
import type { OpenedPreset } from '../../core/presets/preset.ts';
import { askModal, notify } from '../notify.ts';
import { toOutcomeSnapshot, type OutcomeSnapshot } from '../invoking/outcomeSnapshot.ts';
import { describeOrder } from '../invoking/runWithProgress.ts';
import { markStepDone } from '../ui/markStepDone.ts';
import { sentence } from '../ui/localize.ts';
import type { RecalledInvocation } from './historyStore.ts';
import type { Services } from '../wiring/services.ts';

export type HistoryActionServices = Pick<
  Services,
  'compare' | 'forms' | 'history' | 'importExport' | 'presets' | 'run'
>;

/** The order with the environment variables of its preset, if it lacks them. */
export function withEnvironment(order: InvocationOrder, opened: OpenedPreset | undefined): InvocationOrder {
  const { lacksEnvironment = false, ...others } = order;
  return lacksEnvironment && opened?.environment !== undefined ? { ...others, environment: opened.environment } : order;
}

/** Whether the inline payload is no longer available. */
function lacksPayload({ ended, isDropped }: RecalledInvocation): boolean {
  return isDropped && ended.order.invocation.payload.kind === 'typed';
}

/** The actions for history entries. */
export function createHistoryActions(services: HistoryActionServices) {
  const { compare, forms, history, importExport, presets, run } = services;
  let lastOpened: HistoryEntry | undefined;

  /** Shows an entry in a form, which takes the focus unless it is only previewed. */
  async function open(entry: HistoryEntry, { isPreview = false } = {}): Promise<void> {
    lastOpened = entry;
    const [recalled, opened] = await Promise.all([history.ended(entry), presetOf(entry)]);
    if (lastOpened !== entry) return; // another one has been opened since
    const ended = { ...recalled.ended, order: withEnvironment(recalled.ended.order, opened) };
    const shown = { ...sentDraft(ended), ...(opened && { opened }) };
    forms.showEnded(ended, shown, { viewColumn: vscode.ViewColumn.Active, preserveFocus: isPreview });
    // Without this, the empty payload would look as if none had been sent.
    if (lacksPayload(recalled) && !isPreview) {
      notify('warning', vscode.l10n.t('The inline payload is no longer available. Enter it again in the form.'));
    }
  }

  /** The preset of an entry as it is now. Undefined if it was deleted, or if its file has errors. */
  async function presetOf({ preset }: HistoryEntry): Promise<OpenedPreset | undefined> {
    try {
      return preset && (await (await presets()).find(preset));
    } catch {
      return undefined; // the entry is shown without it
    }
  }

  /** The order of an entry, which is confirmed again. Opens the form if a part of it is gone. */
  async function orderOf(entry: HistoryEntry): Promise<InvocationOrder | undefined> {
    const recalled = await history.ended(entry);
    if (lacksPayload(recalled)) {
      await open(entry);
      return undefined;
    }
    const { isConfirmed: _, ...order } = recalled.ended.order;
    if (order.lacksEnvironment !== true) return order;
    const complete = withEnvironment(order, await presetOf(entry));
    if (complete.lacksEnvironment !== true) return complete;
    await open(entry);
    notify('warning', message('environmentGone', entry.preset?.name ?? ''));
    return undefined;
  }

  return {
    open,
    async repeat(entry: HistoryEntry): Promise<OutcomeSnapshot | undefined> {
      const order = await orderOf(entry);
      if (order === undefined) return undefined;
      const ended = await run(order, vscode.l10n.t('Repeating {0}', describeOrder(order)));
      return toOutcomeSnapshot(ended.result, sentence);
    },
    async saveAsPreset(entry: HistoryEntry): Promise<void> {
      const order = await orderOf(entry);
      if (order === undefined) return;
      const form = { draft: toDraft(order.invocation), connection: order.connection };
      await (await presets()).save(form, 'new', () => markStepDone('savedPreset'));
    },
    async copyAs(entry: HistoryEntry): Promise<void> {
      const order = await orderOf(entry);
      if (order !== undefined) await (await importExport()).copyAs(order.invocation, order.connection);
    },
    /** Compares two entries. Rejects with InvokeError if one was deleted. */
    async compare(left: string, right: string): Promise<void> {
      await (await compare()).open(left, right);
    },
    /** Compares an entry with the result in the most recently used form, or with the one before if that is the entry. */
    async compareWithResult({ invocationId }: HistoryEntry): Promise<void> {
      const { shown, previous } = forms.lastResults;
      const isItself = shown?.ended.invocationId === invocationId;
      const other = isItself ? previous : shown;
      if (other !== undefined) await (await compare()).open(invocationId, other.ended.invocationId);
      else if (isItself) {
        const text = vscode.l10n.t('The form shows this invocation. Show another result, or select another entry.');
        notify('information', text);
      } else notify('information', vscode.l10n.t('No form shows a result. Invoke a function first.'));
    },
    async invokeOnTwoTargets(entry: HistoryEntry): Promise<readonly OutcomeSnapshot[] | undefined> {
      const order = await orderOf(entry);
      return order && (await compare()).invokeOnTwoTargets(order);
    },
    /** Opens an entry in a form, and reads its whole log there. */
    async showLog(entry: HistoryEntry): Promise<void> {
      await open(entry);
      forms.readLog(entry.invocationId);
    },
    async replay(entry: HistoryEntry): Promise<OutcomeSnapshot | undefined> {
      const order = await orderOf(entry);
      return order && (await compare()).replay(order);
    },
    async openFile({ invocation: { payload } }: HistoryEntry): Promise<void> {
      if (payload.kind === 'file') await vscode.window.showTextDocument(vscode.Uri.parse(payload.uri));
    },
    /** Asks before it deletes all entries, or those that aren't pinned. */
    async clear(): Promise<void> {
      const entries = history.entries();
      const unpinned = entries.filter(({ isPinned }) => isPinned !== true);
      const hasBoth = unpinned.length > 0 && unpinned.length < entries.length;
      const all = vscode.l10n.t('Clear All');
      const keepPinned = vscode.l10n.t('Clear Unpinned');
      const answer = await askModal(vscode.l10n.t('Clear the history of this workspace?'), {
        detail: [vscode.l10n.t("This deletes the invocations with their payloads and responses. You can't undo this.")],
        answers: hasBoth ? [keepPinned, all] : [all],
      });
      if (answer === all) await history.clear();
      else if (answer === keepPinned) await history.delete(unpinned.map(({ invocationId }) => invocationId));
    },
  };
}
