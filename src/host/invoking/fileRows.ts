import * as vscode from 'vscode';
import type { InvocationOrder } from '../../app/runInvocation.ts';
import type { Lazy } from '../../core/async/lazy.ts';
import type { Connection } from '../../core/connection/connection.ts';
import { lastWithFile, type HistoryEntry } from '../../core/history/history.ts';
import { payloadUri } from '../files/payloadPaths.ts';
import type { Presets } from '../presets/commands.ts';
import { describePreset } from '../presets/describePreset.ts';
import { storedPresets } from '../presets/presetFiles.ts';
import { reportProblems } from '../presets/presetProblems.ts';
import type { StoredPreset } from '../presets/presetStores.ts';
import type { Answers } from '../presets/presetVariables.ts';
import type { Services } from '../wiring/services.ts';
import type { Choice } from '../ui/choice.ts';
import { describeOrder } from './runWithProgress.ts';
import { functionOrder, rankFunctions } from './workspaceFunctions.ts';

export interface FileRow extends Choice {
  /**
   * Creates the order for a file. Missing for the row that opens the form. Undefined if canceled.
   */
  readonly order?: (uri: string, answers: Answers) => Promise<InvocationOrder | undefined>;
}

export interface FileRowsDependencies extends Pick<Services, 'functionBrowser'> {
  readonly localFunctions: Pick<Services['localFunctions'], 'list'>;
  readonly history: { entries(): readonly HistoryEntry[] };
  readonly presets: Lazy<Pick<Presets, 'files' | 'runner'>>;
}

/** The rows of each kind, undefined while loading. */
interface Found {
  readonly last: readonly FileRow[];
  /** Presets with this file as their payload. */
  matching?: readonly FileRow[];
  others?: readonly FileRow[];
  likely?: readonly FileRow[];
  unlikely?: readonly FileRow[];
}

function usesFile({ preset, store }: StoredPreset, uri: string): boolean {
  try {
    return preset.payloadFile !== undefined && payloadUri(store, preset.payloadFile) === uri;
  } catch {
    return false; // a relative path without a folder
  }
}

function lastRow({ invocation, connection }: HistoryEntry): FileRow {
  return {
    icon: 'history',
    label: vscode.l10n.t('Last invocation with this file'),
    description: describeOrder({ invocation: { ...invocation, payload: { kind: 'none' } }, connection }),
    order: (uri) => Promise.resolve({ invocation: { ...invocation, payload: { kind: 'file', uri } }, connection }),
  };
}

/** The rows of presets. Presets can only match a single file. */
async function presetRows(
  only: string | undefined,
  chosen: Connection,
  presets: FileRowsDependencies['presets'],
): Promise<Required<Pick<Found, 'matching' | 'others'>>> {
  const { files, runner } = await presets();
  const all = await files.read();
  reportProblems(all);
  const isMatching = (stored: StoredPreset) => only !== undefined && usesFile(stored, only);
  const row = (stored: StoredPreset): FileRow => ({
    icon: 'play',
    label: stored.preset.name,
    description: describePreset(stored.preset, chosen),
    async order(uri, answers) {
      if (isMatching(stored)) return runner.order(stored, answers, chosen);
      // Its own payload isn't sent, so its variables need no values.
      const { Payload: _, payloadFile: __, ...preset } = stored.preset;
      const payloadFile = preset.payloadFileVariables === true ? { payloadFile: uri } : {};
      const order = await runner.order({ ...stored, preset: { ...preset, ...payloadFile } }, answers, chosen);
      if (order === undefined || order.invocation.payload.kind === 'typed') return order;
      return { ...order, invocation: { ...order.invocation, payload: { kind: 'file', uri } } };
    },
  });
  const stored = storedPresets(all);
  return { matching: stored.filter(isMatching).map(row), others: stored.filter((one) => !isMatching(one)).map(row) };
}

/** The rows of workspace functions, or none if they can't be listed. */
async function functionRows(
  uri: string,
  chosen: Connection,
  { localFunctions, functionBrowser }: FileRowsDependencies,
): Promise<Required<Pick<Found, 'likely' | 'unlikely'>>> {
  const ranked = await rankFunctions(vscode.Uri.parse(uri), localFunctions).catch(() => []);
  const rows = ranked.map(({ fn, isLikely }) => ({
    isLikely,
    row: {
      icon: 'symbol-function' as const,
      label: fn.name,
      description: `${fn.runtime} · ${fn.fileName}`,
      order: (file: string) => functionOrder(fn, file, { connection: chosen, functionBrowser }),
    },
  }));
  return {
    likely: rows.filter(({ isLikely }) => isLikely).map(({ row }) => row),
    unlikely: rows.filter(({ isLikely }) => !isLikely).map(({ row }) => row),
  };
}

function section(label: string, rows: readonly FileRow[]): FileRow[] {
  return rows.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...rows];
}

/**
 * Finds what can be invoked with payload files, and shows rows as they are found.
 */
export async function findFileRows(
  uris: readonly [string, ...string[]],
  chosen: Connection,
  dependencies: FileRowsDependencies,
  show: (rows: readonly FileRow[], isComplete: boolean) => void,
): Promise<void> {
  const [first, ...more] = uris;
  const only = more.length === 0 ? first : undefined;
  const entry = uris.map((uri) => lastWithFile(dependencies.history.entries(), uri)).find((one) => one !== undefined);
  const form: FileRow[] = only === undefined ? [] : [{ icon: 'edit', label: vscode.l10n.t('Open in Form…') }];
  const found: Found = { last: entry === undefined ? [] : [lastRow(entry)] };

  function update(rows: Partial<Found>): void {
    const { last, matching = [], others = [], likely = [], unlikely = [] } = Object.assign(found, rows);
    const presets = only === undefined ? vscode.l10n.t('Presets') : vscode.l10n.t('Other presets');
    const hasFirst = found.matching !== undefined && (matching.length > 0 || last.length > 0);
    show(
      [
        ...matching,
        ...last,
        ...likely,
        ...form,
        ...section(presets, others),
        ...section(vscode.l10n.t('Workspace functions'), unlikely),
      ],
      hasFirst || (found.matching !== undefined && found.likely !== undefined),
    );
  }

  update({});
  await Promise.all([
    presetRows(only, chosen, dependencies.presets).then(update),
    functionRows(first, chosen, dependencies).then(update),
  ]);
}
