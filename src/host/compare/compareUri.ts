import * as vscode from 'vscode';
import { COMPARE_SCHEME } from '../contributions.ts';
import { PARTS, type Part } from './comparisonTexts.ts';

/** Two results, by their invocation IDs. */
export interface ComparedIds {
  readonly left: string;
  readonly right: string;
}

const JSON_EXTENSION = 'jsonl';

const SIDES = ['left', 'right'] as const;
export type SideName = (typeof SIDES)[number];

export function comparisonKey({ left, right }: ComparedIds): string {
  return JSON.stringify([left, right]);
}

/**
 * The file name of a part, which VS Code shows. Its extension selects the language. JSON is shown as JSON Lines: VS Code
 * would validate JSON, report duplicate keys as problems, and download the schema that a response names in `$schema`.
 */
function fileName(part: Part, isJson: boolean): string {
  switch (part) {
    case 'figures':
      return `${vscode.l10n.t('Figures')}.txt`;
    case 'response':
      return `${vscode.l10n.t('Response')}.${isJson ? JSON_EXTENSION : 'txt'}`;
    case 'log':
      return `${vscode.l10n.t('Log')}.log`;
    case 'request':
      return `${vscode.l10n.t('Request')}.${JSON_EXTENSION}`;
  }
}

/** Whether a document is shown as JSON. */
export function isShownAsJson({ path }: Pick<vscode.Uri, 'path'>): boolean {
  return path.endsWith(`.${JSON_EXTENSION}`);
}

interface DocumentName {
  /** Whether both responses are JSON. */
  readonly isJson: boolean;
  /** VS Code shows the folder after the file name. */
  readonly folder: string;
}

/** The documents of a part. They have the same path, so that VS Code doesn't show a renamed file. */
export function compareUris(
  ids: ComparedIds,
  part: Part,
  { isJson, folder }: DocumentName,
): readonly [vscode.Uri, vscode.Uri] {
  const uri = (side: SideName) => {
    const query = new URLSearchParams({ ...ids, part, side }).toString();
    return vscode.Uri.from({ scheme: COMPARE_SCHEME, path: `/${folder}/${fileName(part, isJson)}`, query });
  };
  return [uri('left'), uri('right')];
}

/** What a document shows. Undefined if it isn't one of a comparison. */
export function parseCompareUri({
  scheme,
  query,
}: Pick<vscode.Uri, 'scheme' | 'query'>):
  { readonly ids: ComparedIds; readonly part: Part; readonly side: SideName } | undefined {
  const fields = new URLSearchParams(query);
  const [left, right] = [fields.get('left'), fields.get('right')];
  const part = PARTS.find((one) => one === fields.get('part'));
  const side = SIDES.find((one) => one === fields.get('side'));
  if (scheme !== COMPARE_SCHEME || left === null || right === null || part === undefined || side === undefined) {
    return undefined;
  }
  return { ids: { left, right }, part, side };
}
