import * as vscode from 'vscode';
import { isRecord } from '../../core/json/isRecord.ts';
import { comparisonKey, parseCompareUri, type ComparedIds } from './compareUri.ts';

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

/** The tab of a comparison in the active group. Found by what it shows: the objects of open tabs can be replaced. */
export function tabInActiveGroup(ids: ComparedIds): vscode.Tab | undefined {
  const { tabs } = vscode.window.tabGroups.activeTabGroup;
  return tabs.find((tab) => {
    const shown = comparisonOf(tab);
    return shown !== undefined && comparisonKey(shown) === comparisonKey(ids);
  });
}

/** The comparison in the active tab. */
export function activeComparison(): ComparedIds | undefined {
  const { activeTab } = vscode.window.tabGroups.activeTabGroup;
  return activeTab && comparisonOf(activeTab);
}
