import * as vscode from 'vscode';
import { askChoice } from '../ui/ask.ts';
import type { Choice } from '../ui/choice.ts';
import type { Lazy } from '../../core/async/lazy.ts';
import type { InvocationOrder } from '../../app/runInvocation.ts';
import type { Connection } from '../../core/connection/connection.ts';
import { EMPTY_DRAFT, toDraft, type Draft } from '../../core/invocation/draft.ts';
import { lastWithFile, type HistoryEntry } from '../../core/history/history.ts';
import { sentence } from '../ui/localize.ts';
import { notify } from '../notify.ts';
import { toOutcomeSnapshot, type OutcomeSnapshot } from './outcomeSnapshot.ts';
import { labelOf } from './payloadFiles.ts';
import type { Presets } from '../presets/commands.ts';
import { storedPresets } from '../presets/presetFiles.ts';
import { reportProblems } from '../presets/presetProblems.ts';
import { describePreset } from '../presets/presetRunner.ts';
import { payloadUri } from '../files/payloadPaths.ts';
import type { StoredPreset } from '../presets/presetStores.ts';
import type { Answers } from '../presets/presetVariables.ts';
import type { RunFiles } from './runFiles.ts';
import type { Run } from './runner.ts';
import { describeOrder } from './runWithProgress.ts';

interface FileItem extends Choice {
  /** What Enter runs with a file; absent for the row that opens the form. Undefined where a question was not answered. */
  readonly order?: (uri: string, answers: Answers) => Promise<InvocationOrder | undefined>;
}

interface FileCommandDependencies {
  readonly connection: () => Connection;
  readonly history: { entries(): readonly HistoryEntry[] };
  readonly presets: Lazy<Pick<Presets, 'files' | 'runner'>>;
  readonly run: Run;
  readonly runFiles: RunFiles;
  readonly openDraft: (draft: Draft, connection?: Connection) => void;
  /** The functions of the workspace, those that an event's file most likely means first. */
  readonly forEvent: (path: string) => Promise<readonly EventFunction[]>;
}

/** A function of the workspace as a row, and the order that invokes it where it is deployed. */
export interface EventFunction {
  readonly label: string;
  readonly description: string;
  readonly isLikely: boolean;
  readonly order: (uri: string, connection: Connection) => Promise<InvocationOrder | undefined>;
}

function usesFile({ preset, store }: StoredPreset, uri: string): boolean {
  try {
    return preset.payloadFile !== undefined && payloadUri(store, preset.payloadFile) === uri;
  } catch {
    return false; // a relative path without a folder
  }
}

/** The rows for payload files: presets that use them, the function last used with one, the form, then other presets. */
async function rows(uris: readonly string[], dependencies: FileCommandDependencies): Promise<FileItem[]> {
  const { history } = dependencies;
  const { files, runner } = await dependencies.presets();
  // The connection of this moment: several files must not be parted by a choice that is made meanwhile.
  const chosen = dependencies.connection();
  const all = await files.read();
  reportProblems(all);
  const presets = storedPresets(all);
  const [only] = uris.length === 1 ? uris : [];
  const own = only === undefined ? [] : presets.filter((stored) => usesFile(stored, only));
  const others = presets.filter((stored) => !own.includes(stored));
  const presetRow = (stored: StoredPreset): FileItem => ({
    icon: 'play',
    label: stored.preset.name,
    description: describePreset(stored.preset, chosen),
    order: async (uri, answers) => {
      if (own.includes(stored)) return runner.order(stored, answers, chosen);
      // Its own payload is not sent: nothing is asked for it either.
      const { Payload: _, payloadFile: __, ...preset } = stored.preset;
      const payloadFile = preset.payloadFileVariables === true ? { payloadFile: uri } : {};
      const order = await runner.order({ ...stored, preset: { ...preset, ...payloadFile } }, answers, chosen);
      if (order === undefined || order.invocation.payload.kind === 'typed') return order;
      return { ...order, invocation: { ...order.invocation, payload: { kind: 'file', uri } } };
    },
  });
  const last = uris.map((uri) => lastWithFile(history.entries(), uri)).find((entry) => entry !== undefined);
  const lastRow = ({ invocation, connection: used }: HistoryEntry): FileItem => ({
    icon: 'history',
    label: vscode.l10n.t('Last invocation with this file'),
    description: describeOrder({ invocation: { ...invocation, payload: { kind: 'none' } }, connection: used }),
    order: async (uri) =>
      Promise.resolve({ invocation: { ...invocation, payload: { kind: 'file', uri } }, connection: used }),
  });
  const form: FileItem = {
    icon: 'edit',
    label: vscode.l10n.t('Open in Form…'),
  };
  const [first = ''] = uris;
  const found = await dependencies.forEvent(vscode.Uri.parse(first).path);
  const functionRow = ({ label, description, order }: EventFunction): FileItem => ({
    icon: 'symbol-function',
    label,
    description,
    order: (uri) => order(uri, chosen),
  });
  const likely = found.filter(({ isLikely }) => isLikely).map(functionRow);
  const unlikely = found.filter(({ isLikely }) => !isLikely).map(functionRow);
  const heading = only === undefined ? vscode.l10n.t('Presets') : vscode.l10n.t('Other presets with this payload');
  const other = vscode.l10n.t('Workspace functions with this payload');
  return [
    ...own.map(presetRow),
    ...(last === undefined ? [] : [lastRow(last)]),
    ...likely,
    ...(only === undefined ? [] : [form]),
    ...(others.length === 0 ? [] : [{ label: heading, kind: vscode.QuickPickItemKind.Separator }]),
    ...others.map(presetRow),
    ...(unlikely.length === 0 ? [] : [{ label: other, kind: vscode.QuickPickItemKind.Separator }]),
    ...unlikely,
  ];
}

function openInForm(uri: string, { history, openDraft }: FileCommandDependencies): void {
  const last = lastWithFile(history.entries(), uri);
  if (last === undefined) return openDraft({ ...EMPTY_DRAFT, payloadFile: uri });
  openDraft(toDraft({ ...last.invocation, payload: { kind: 'file', uri } }), last.connection);
}

/** Asks what to invoke with documents as the payload, and runs it: with several, one after another. */
export function createFileCommand(dependencies: FileCommandDependencies) {
  return async (uris: readonly vscode.Uri[]): Promise<OutcomeSnapshot | OutcomeSnapshot[] | undefined> => {
    const [first] = uris;
    if (first === undefined) return undefined;
    const isMany = uris.length > 1;
    const keys = uris.map((uri) => uri.toString());
    const subject = isMany ? vscode.l10n.t('{0} files', uris.length) : labelOf(first);
    const items = await rows(keys, dependencies);
    if (items.length === 0) {
      const text = vscode.l10n.t('No presets or workspace functions to invoke. Save a preset in the form first.');
      notify('information', text);
      return undefined;
    }
    const picked = await askChoice(items, {
      title: vscode.l10n.t('Invoke Lambda with {0}', subject),
      placeHolder: isMany
        ? vscode.l10n.t('Select a function or preset to invoke once per file')
        : vscode.l10n.t('Select a function or preset to invoke'),
      matchOnDescription: true,
    });
    if (picked === undefined) return undefined;
    if (picked.order === undefined) {
      openInForm(first.toString(), dependencies);
      return undefined;
    }
    const answers: Answers = new Map();
    const { order: orderFor } = picked;
    if (isMany) return dependencies.runFiles(uris, (uri) => orderFor(uri, answers));
    const order = await orderFor(first.toString(), answers);
    if (order === undefined) return undefined;
    const { invocation, connection } = order;
    const ended = await dependencies.run(
      { invocation, connection },
      vscode.l10n.t('Invoking {0}', describeOrder(order)),
    );
    return toOutcomeSnapshot(ended.result, sentence);
  };
}

/** The documents a command means: those it was called on, else the active editor's. */
export function targetDocuments(uri: unknown, selected?: unknown): vscode.Uri[] {
  const uris = Array.isArray(selected) ? selected.filter((one) => one instanceof vscode.Uri) : [];
  if (uris.length > 0) return uris;
  if (uri instanceof vscode.Uri) return [uri];
  const active = vscode.window.activeTextEditor?.document.uri;
  if (active !== undefined) return [active];
  notify('information', vscode.l10n.t('Open a payload file in the editor first.'));
  return [];
}
