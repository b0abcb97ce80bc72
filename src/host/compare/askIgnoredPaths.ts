import * as vscode from 'vscode';
import { parseIgnoredPath } from '../../core/json/ignoredPaths.ts';
import { createChoice } from '../ui/ask.ts';
import type { Choice } from '../ui/choice.ts';
import { sentence } from '../ui/localize.ts';

interface PathItem extends Choice {
  readonly path?: string;
}

interface IgnoredPathsQuestion {
  readonly ignored: readonly string[];
  /** The paths at which the responses differ. */
  readonly differing: readonly string[];
  /** Stores the paths, while the prompt is open. */
  readonly change: (ignored: readonly string[]) => Promise<void>;
}

/** Prompts for paths to ignore. Each Enter adds or removes a path, until the prompt is closed. */
export function askIgnoredPaths({ ignored, differing, change }: IgnoredPathsQuestion): Promise<void> {
  const picker = createChoice<PathItem>(vscode.l10n.t('Ignore Paths'));
  picker.placeholder = vscode.l10n.t('Select a path to ignore, or enter one, such as items[].createdAt');
  picker.matchOnDescription = true;
  let now = ignored;
  function rowOf(path: string): PathItem {
    const isCurrent = now.includes(path);
    const row = { path, label: path, isCurrent };
    if (isCurrent) return { ...row, description: vscode.l10n.t('Ignored') };
    return differing.includes(path) ? { ...row, description: vscode.l10n.t('Different') } : row;
  }
  // The order doesn't change while the prompt is open.
  const paths = [...new Set([...ignored, ...differing])];
  const asTyped: PathItem = { icon: 'edit', label: vscode.l10n.t('Use entered path'), alwaysShow: true };

  function show(active: string | undefined, problem?: string): void {
    const rows: PathItem[] = [...paths.map(rowOf), asTyped];
    if (problem !== undefined) rows.push({ icon: 'warning', label: problem, alwaysShow: true });
    picker.setRows(rows, () => (active === undefined ? undefined : rows.filter(({ path }) => path === active)));
  }

  async function toggle(path: string): Promise<void> {
    now = now.includes(path) ? now.filter((one) => one !== path) : [...now, path];
    if (!paths.includes(path)) paths.push(path);
    show(path);
    await change(now);
  }

  show(undefined);
  return new Promise((resolve, reject) => {
    picker.onDidAccept((item = asTyped) => {
      const path = item === asTyped ? picker.value.trim() : item.path;
      if (path === undefined || path === '') return;
      const parsed = parseIgnoredPath(path);
      if ('problem' in parsed) return show(undefined, sentence(parsed.problem));
      toggle(path).catch(reject);
    });
    picker.onDidHide(() => {
      resolve();
      picker.dispose();
    });
    picker.show();
  });
}
