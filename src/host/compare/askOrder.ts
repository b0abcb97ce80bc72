import * as vscode from 'vscode';
import type { InvocationOrder } from '../../app/runInvocation.ts';
import type { HistoryEntry } from '../../core/history/historyEntry.ts';
import { describeFunction } from '../../core/invocation/invocation.ts';
import { message } from '../../core/messages/messages.ts';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import { withEnvironment } from '../history/historyActions.ts';
import { createTimeTexts, describeEntry } from '../history/historyTexts.ts';
import { verdictIcon } from '../invoking/verdictIcon.ts';
import { notify } from '../notify.ts';
import { storedPresets } from '../presets/presetFiles.ts';
import { describePreset } from '../presets/describePreset.ts';
import { askChoice } from '../ui/ask.ts';
import type { Choice } from '../ui/choice.ts';
import type { Services } from '../wiring/services.ts';

export type AskOrderServices = Pick<Services, 'connections' | 'forms' | 'history' | 'presets'>;

interface OrderItem extends Choice {
  readonly read?: () => Promise<InvocationOrder | undefined>;
}

/** The number of invocations that are offered. Older ones are in the History view. */
const MAX_ENTRIES = 20;

function section(label: string, rows: readonly OrderItem[]): OrderItem[] {
  return rows.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...rows];
}

/** Prompts for a preset, or for an invocation of the history. Undefined if canceled. Rejects with InvokeError. */
export async function askOrder({
  connections,
  forms,
  history,
  presets,
}: AskOrderServices): Promise<InvocationOrder | undefined> {
  const commands = await presets();
  const { files, runner } = commands;
  const presetRows = storedPresets(await files.read()).map((stored) => ({
    label: stored.preset.name,
    description: describePreset(stored.preset, connections.store.get()),
    async read() {
      const order = await runner.order(stored);
      if (order === undefined) return undefined;
      const { shown: _, ...sent } = order;
      return sent;
    },
  }));
  const times = createTimeTexts();
  const now = Date.now();
  const entryRow = (entry: HistoryEntry) => ({
    label: describeFunction(entry.invocation),
    description: [...describeEntry(entry), times.age(entry.at, now)].join(' · '),
    iconPath: verdictIcon(entry.verdict.level),
    async read() {
      const { ended, isDropped } = await history.ended(entry);
      if (isDropped && entry.invocation.payload.kind === 'typed') throw new InvokeError(message('typedPayloadGone'));
      const { isConfirmed: _, ...order } = ended.order;
      if (order.lacksEnvironment !== true) return order;
      // The history doesn't store environment variables.
      const complete = withEnvironment(order, entry.preset && (await commands.find(entry.preset)));
      if (complete.lacksEnvironment !== true) return complete;
      throw new InvokeError(message('environmentGone', entry.preset?.name ?? ''));
    },
  });
  const rows: OrderItem[] = [
    ...section(vscode.l10n.t('Presets'), presetRows),
    ...section(vscode.l10n.t('History'), history.entries().slice(0, MAX_ENTRIES).map(entryRow)),
  ];
  if (rows.length === 0) {
    notify('information', vscode.l10n.t('No presets and no invocations yet. Fill in the form and invoke a function.'), {
      label: vscode.l10n.t('Open Form'),
      run: () => forms.openForm(),
    });
    return undefined;
  }
  const title = vscode.l10n.t('Invoke on Two Targets');
  const placeHolder = vscode.l10n.t('Select a preset, or an invocation to repeat');
  return (await askChoice(rows, { title, placeHolder, matchOnDescription: true }))?.read?.();
}
