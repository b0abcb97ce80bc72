import * as vscode from 'vscode';
import type { InvocationOrder } from '../../app/runInvocation.ts';
import type { Lazy } from '../../core/async/lazy.ts';
import { describeConnection, isSameConnection, type Connection } from '../../core/connection/connection.ts';
import { lastWithFile, type HistoryEntry } from '../../core/history/historyEntry.ts';
import { describeFunction } from '../../core/invocation/invocation.ts';
import { payloadUri } from '../files/payloadPaths.ts';
import type { Presets } from '../presets/commands.ts';
import { describePreset } from '../presets/describePreset.ts';
import { storedPresets } from '../presets/presetFiles.ts';
import { reportProblems } from '../presets/presetProblems.ts';
import type { StoredPreset } from '../presets/presetStores.ts';
import type { Answers } from '../presets/presetVariables.ts';
import type { Services } from '../wiring/services.ts';
import type { Choice } from '../ui/choice.ts';
import type { PayloadFileContext } from './payloadFileContext.ts';
import { labelOf } from './payloadFiles.ts';
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
  readonly payloadFiles: Pick<PayloadFileContext, 'add'>;
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

/** The payload file of a preset. */
function fileOf({ preset, store }: StoredPreset): string | undefined {
  try {
    return preset.payloadFile === undefined ? undefined : payloadUri(store, preset.payloadFile);
  } catch {
    return undefined; // a relative path without a folder
  }
}

/** Repeats the last invocation with a file. `label` is the file's, if others were selected too. */
function lastRow({ invocation, connection }: HistoryEntry, label: string | undefined): FileRow {
  const used =
    label === undefined ? vscode.l10n.t('Last used with this file') : vscode.l10n.t('Last used with {0}', label);
  return {
    icon: 'history',
    label: describeFunction(invocation),
    description: [used, invocation.InvocationType, describeConnection(connection)].join(' · '),
    order: (uri) => Promise.resolve({ invocation: { ...invocation, payload: { kind: 'file', uri } }, connection }),
  };
}

const PLAIN_KEYS = new Set(['FunctionName', 'InvocationType', 'LogType', 'payload']);

/** Whether an invocation is what the row of its function would send. */
function isPlain(invocation: HistoryEntry['invocation']): boolean {
  const { InvocationType, LogType } = invocation;
  const isDefault = InvocationType === 'RequestResponse' && LogType !== 'None';
  return isDefault && Object.keys(invocation).every((key) => PLAIN_KEYS.has(key));
}

/** The rows of presets. Presets can only match a single file. */
async function presetRows(
  only: string | undefined,
  chosen: Connection,
  { presets, payloadFiles }: Pick<FileRowsDependencies, 'presets' | 'payloadFiles'>,
): Promise<Required<Pick<Found, 'matching' | 'others'>>> {
  const { files, runner } = await presets();
  const all = await files.read();
  reportProblems(all);
  const isMatching = (stored: StoredPreset) => only !== undefined && fileOf(stored) === only;
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
  payloadFiles.add(stored.map(fileOf).filter((uri) => uri !== undefined));
  return { matching: stored.filter(isMatching).map(row), others: stored.filter((one) => !isMatching(one)).map(row) };
}

/** The rows of workspace functions, or none if they can't be listed. Omits what the row of the last invocation runs. */
async function functionRows(
  uris: readonly string[],
  { chosen, last }: { readonly chosen: Connection; readonly last: HistoryEntry | undefined },
  { localFunctions, functionBrowser }: FileRowsDependencies,
): Promise<Required<Pick<Found, 'likely' | 'unlikely'>>> {
  const isRepeated = last !== undefined && isPlain(last.invocation) && isSameConnection(last.connection, chosen);
  const ranked = await rankFunctions(uris, localFunctions).catch(() => []);
  const rows = ranked
    .filter(({ fn }) => !isRepeated || fn.name !== last.invocation.FunctionName)
    .map(({ fn, isLikely }) => ({
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
 * Finds what can be invoked with payload files, and shows rows as they are found: the last invocation with a file, presets
 * with it, functions that match it, other functions and the form.
 */
export async function findFileRows(
  uris: readonly [string, ...string[]],
  chosen: Connection,
  dependencies: FileRowsDependencies,
  show: (rows: readonly FileRow[], isComplete: boolean) => void,
): Promise<void> {
  const [first, ...more] = uris;
  const only = more.length === 0 ? first : undefined;
  const entries = dependencies.history.entries();
  const used = uris.find((uri) => lastWithFile(entries, uri) !== undefined);
  const last = used === undefined ? undefined : lastWithFile(entries, used);
  const usedLabel = only !== undefined || used === undefined ? undefined : labelOf(vscode.Uri.parse(used));
  const form: FileRow[] = only === undefined ? [] : [{ icon: 'edit', label: vscode.l10n.t('Open in Form…') }];
  const found: Found = { last: last === undefined ? [] : [lastRow(last, usedLabel)] };

  function update(rows: Partial<Found>): void {
    const { matching = [], others = [], likely = [], unlikely = [] } = Object.assign(found, rows);
    const presets = only === undefined ? vscode.l10n.t('Presets') : vscode.l10n.t('Other presets');
    const hasFirst = found.last.length > 0 || matching.length > 0;
    show(
      [
        ...found.last,
        ...matching,
        ...likely,
        ...section(vscode.l10n.t('Workspace functions'), unlikely),
        ...section('', form),
        ...section(presets, others),
      ],
      hasFirst || (found.matching !== undefined && found.likely !== undefined),
    );
  }

  update({});
  await Promise.all([
    presetRows(only, chosen, dependencies).then(update),
    functionRows(uris, { chosen, last }, dependencies).then(update),
  ]);
}
