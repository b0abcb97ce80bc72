import * as vscode from 'vscode';
import type { HistoryEntry } from '../../core/history/historyEntry.ts';
import { describeFunction } from '../../core/invocation/invocation.ts';
import { verdictIcon } from '../invoking/verdictIcon.ts';
import { askChoice } from '../ui/ask.ts';
import { describeEntry, resultText, type TimeTexts } from './historyTexts.ts';

/** Prompts for an entry, which can be found by all texts in its row. */
export async function searchHistory(
  entries: readonly HistoryEntry[],
  times: TimeTexts,
  title = vscode.l10n.t('Search History'),
): Promise<HistoryEntry | undefined> {
  const now = Date.now();
  const rows = entries.map((entry) => {
    const { at, invocation, outcome, preset, verdict } = entry;
    const presetText = preset && vscode.l10n.t('Preset: {0}', preset.name);
    const details = [resultText(entry), presetText, outcome.requestId].filter((part) => part !== undefined);
    return {
      label: describeFunction(invocation),
      description: [...describeEntry(entry), times.age(at, now)].join(' · '),
      detail: details.join(' · '),
      iconPath: verdictIcon(verdict.level),
      entry,
    };
  });
  const picked = await askChoice(rows, {
    title,
    placeHolder: vscode.l10n.t('Search by function, connection, result, error type, preset, or request ID'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.entry;
}
