import * as vscode from 'vscode';
import type { FunctionSummary } from '../../core/functions/functionFacts.ts';
import { effectiveTimeout } from '../../core/functions/managedInstances.ts';
import type { LocalFunctionView } from '../../core/functions/localFunctionView.ts';
import { isDeployed, recentsOnConnection } from '../../core/functions/connectionFunctions.ts';
import type { Choice } from '../ui/choice.ts';

/** A row of the function browser. Informational rows have no function name. */
export interface BrowseItem extends Choice {
  readonly FunctionName?: string;
  /** A workspace function whose deployed name must be looked up. */
  readonly fn?: LocalFunctionView;
}

export const STAR: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('star-empty'),
  tooltip: vscode.l10n.t('Add to Favorites'),
};
export const UNSTAR: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('star-full'),
  tooltip: vscode.l10n.t('Remove from Favorites'),
};

function separator(label: string): BrowseItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function describe(summary: FunctionSummary): string {
  const { Runtime, PackageType, MemorySize, Timeout, Description, isManaged } = summary;
  const what = PackageType === 'Image' ? vscode.l10n.t('Container image') : Runtime;
  const parts = [
    what,
    isManaged === true ? vscode.l10n.t('Managed instances') : undefined,
    MemorySize === undefined ? undefined : `${MemorySize} MB`,
    Timeout === undefined ? undefined : `${effectiveTimeout(Timeout, 'RequestResponse')} s`,
    Description,
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}

/** A row for a function of the account, which matches by name, runtime and description. */
function functionItem(summary: FunctionSummary, isFavourite: boolean): BrowseItem {
  return {
    label: summary.FunctionName,
    description: describe(summary),
    FunctionName: summary.FunctionName,
    buttons: [isFavourite ? UNSTAR : STAR],
  };
}

interface Sections {
  readonly functions: readonly FunctionSummary[];
  /** Whether all functions are listed. Undefined if they can't be listed. */
  readonly isComplete: boolean | undefined;
  readonly favourites: readonly string[];
  readonly recents: readonly string[];
  readonly workspace: readonly BrowseItem[];
}

/** All rows: favorites, recent functions, those of the workspace, then those of the account by name. */
export function browseItems({ favourites, recents, workspace, functions, isComplete }: Sections): BrowseItem[] {
  const known = new Map(functions.map((summary) => [summary.FunctionName, summary]));
  const named = (name: string): BrowseItem =>
    functionItem(known.get(name) ?? { FunctionName: name }, favourites.includes(name));
  const section = (label: string, items: readonly BrowseItem[]) =>
    items.length === 0 ? [] : [separator(label), ...items];
  const local = workspace.flatMap(({ FunctionName }) => (FunctionName === undefined ? [] : [FunctionName]));
  const names = [...known.keys(), ...local];
  const others = recentsOnConnection(recents, { names, isComplete }).filter((name) => !favourites.includes(name));
  const shown = new Set([...favourites, ...others]);
  return [
    ...section(vscode.l10n.t('Favorites'), favourites.map(named)),
    ...section(vscode.l10n.t('Recently used'), others.map(named)),
    ...section(
      vscode.l10n.t('Workspace functions'),
      workspace.filter(({ fn }) => fn === undefined || isComplete === undefined || isDeployed(fn, names)),
    ),
    ...section(
      vscode.l10n.t('All functions'),
      functions.filter(({ FunctionName }) => !shown.has(FunctionName)).map((summary) => functionItem(summary, false)),
    ),
  ];
}
