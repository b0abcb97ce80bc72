import * as vscode from 'vscode';
import { isRecord } from '../../core/json/isRecord.ts';
import { parseCompareUri, type ComparedIds } from './compareUri.ts';

/**
 * The comparison that a tab shows. VS Code's API has no type for its multi-diff editor. Its input has `textDiffs`, which
 * VS Code adds shortly after the tab opens.
 */
function comparisonOf({ input }: vscode.Tab): ComparedIds | undefined {
  const diffs: unknown = isRecord(input) ? input['textDiffs'] : undefined;
  const [first] = Array.isArray(diffs) ? (diffs as unknown[]) : [];
  const uri: unknown = isRecord(first) ? first['modified'] : undefined;
  return uri instanceof vscode.Uri ? parseCompareUri(uri)?.ids : undefined;
}

/** The comparisons in all tabs. */
export function openComparisons(): ComparedIds[] {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.map(comparisonOf).filter((ids) => ids !== undefined);
}

/** The comparison in the active tab. */
export function activeComparison(): ComparedIds | undefined {
  const { activeTab } = vscode.window.tabGroups.activeTabGroup;
  return activeTab && comparisonOf(activeTab);
}
