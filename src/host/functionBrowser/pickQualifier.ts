import * as vscode from 'vscode';
import { describeRouting, type Qualifiers } from '../../core/functions/functionFacts.ts';
import { LATEST_PUBLISHED } from '../../core/functions/managedInstances.ts';
import { askChoice } from '../ui/ask.ts';
import { withToken } from '../ui/cancellation.ts';
import type { Choice } from '../ui/choice.ts';
import { sentence } from '../ui/localize.ts';

interface QualifierItem extends Choice {
  readonly Qualifier?: string;
}

function separator(label: string): QualifierItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

/** The version that is invoked without a qualifier. */
function defaultItem(isManaged: boolean): QualifierItem {
  const label = isManaged ? vscode.l10n.t('{0} (default)', LATEST_PUBLISHED) : vscode.l10n.t('$LATEST (unpublished)');
  return { label, Qualifier: '' };
}

interface PickedFunction {
  readonly name: string;
  /** Whether it runs on managed instances, as far as known. */
  readonly isManaged: boolean;
}

/** Prompts for an alias or a version. Empty means none. The signal closes the quick pick. */
export async function pickQualifier(
  { name, isManaged }: PickedFunction,
  found: Promise<Qualifiers>,
  signal: AbortSignal,
): Promise<string | undefined> {
  const items = found.then(({ aliases, versions, problems }): QualifierItem[] => [
    defaultItem(isManaged || versions.some((version) => version.isManaged)),
    ...problems.map((problem) => ({ icon: 'warning' as const, label: sentence(problem) })),
    ...(aliases.length === 0 ? [] : [separator(vscode.l10n.t('Aliases'))]),
    ...aliases.map((alias) => ({
      label: alias.Name,
      description: [`→ ${describeRouting(alias)}`, alias.Description].filter((part) => part !== undefined).join(' · '),
      Qualifier: alias.Name,
    })),
    separator(vscode.l10n.t('Versions')),
    ...versions.map(({ Version, Description, LastModified, Runtime }) => ({
      label: Version,
      description: [Description, LastModified?.slice(0, 10), Runtime].filter((part) => part !== undefined).join(' · '),
      Qualifier: Version,
    })),
  ]);
  const options = {
    title: vscode.l10n.t('Version or Alias for {0}', name),
    placeHolder: vscode.l10n.t('Select a version or alias'),
    matchOnDescription: true,
  };
  const picked = await withToken(signal, (token) => askChoice(items, options, token)).catch((error: unknown) => {
    if (signal.aborted) return undefined; // the form was closed
    throw error;
  });
  return picked?.Qualifier;
}
