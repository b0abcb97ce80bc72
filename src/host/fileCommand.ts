import * as vscode from 'vscode';
import type { InvocationOrder } from '../app/runInvocation.ts';
import type { Connection } from '../core/connection.ts';
import { EMPTY_DRAFT, toDraft, type Draft } from '../core/draft.ts';
import { lastWithFile, type HistoryEntry } from '../core/history.ts';
import { sentence } from './localize.ts';
import { toOutcomeSnapshot, type OutcomeSnapshot } from './outcomeSnapshot.ts';
import { labelOf } from './payloadFiles.ts';
import { presetOrder } from './presetCommand.ts';
import { readPresets, reportProblems, storedPresets } from './presetStore.ts';
import type { Run } from './runner.ts';
import { describeOrder } from './runWithProgress.ts';

interface FileItem extends vscode.QuickPickItem {
  /** What Enter runs; absent for the row that opens the form. */
  readonly order?: InvocationOrder;
}

interface FileCommandDependencies {
  readonly connection: () => Connection;
  readonly history: { entries(): readonly HistoryEntry[] };
  readonly run: Run;
  readonly openDraft: (draft: Draft, connection?: Connection) => void;
}

function withFile(order: InvocationOrder, uri: string): InvocationOrder {
  return { ...order, invocation: { ...order.invocation, payload: { kind: 'file', uri } } };
}

/** The rows for a payload file: presets that use it, the function last used with it, the form, then other presets. */
async function rows(uri: string, { connection, history }: FileCommandDependencies): Promise<FileItem[]> {
  const all = await readPresets();
  reportProblems(all, sentence);
  const orders = storedPresets(all).map((stored) => ({
    name: stored.preset.name,
    order: presetOrder(stored, connection()),
  }));
  const usesFile = ({ invocation: { payload } }: InvocationOrder) => payload.kind === 'file' && payload.uri === uri;
  const row = (icon: string, label: string, order: InvocationOrder): FileItem => ({
    label: `$(${icon}) ${label}`,
    description: describeOrder(order),
    order,
  });
  const last = lastWithFile(history.entries(), uri);
  const others = orders.filter(({ order }) => !usesFile(order));
  return [
    ...orders.filter(({ order }) => usesFile(order)).map(({ name, order }) => row('play', name, order)),
    ...(last === undefined
      ? []
      : [
          row(
            'history',
            vscode.l10n.t('Last used with this file'),
            withFile(
              { invocation: { ...last.invocation, payload: { kind: 'none' } }, connection: last.connection },
              uri,
            ),
          ),
        ]),
    { label: `$(edit) ${vscode.l10n.t('Open in form…')}`, description: vscode.l10n.t('choose the function there') },
    ...(others.length === 0
      ? []
      : [{ label: vscode.l10n.t('Other presets, with this payload'), kind: vscode.QuickPickItemKind.Separator }]),
    ...others.map(({ name, order }) => row('play', name, withFile(order, uri))),
  ];
}

/** Asks what to invoke with a document as the payload, and runs it. */
export function createFileCommand(dependencies: FileCommandDependencies) {
  return async (uri: vscode.Uri): Promise<OutcomeSnapshot | undefined> => {
    const key = uri.toString();
    const title = vscode.l10n.t('Invoke Lambda Function with {0}', labelOf(uri));
    const placeHolder = vscode.l10n.t('Enter invokes');
    const picked = await vscode.window.showQuickPick(rows(key, dependencies), {
      title,
      placeHolder,
      matchOnDescription: true,
    });
    if (picked === undefined) return undefined;
    if (picked.order === undefined) {
      const last = lastWithFile(dependencies.history.entries(), key);
      if (last === undefined) dependencies.openDraft({ ...EMPTY_DRAFT, payloadFile: key });
      else
        dependencies.openDraft(toDraft({ ...last.invocation, payload: { kind: 'file', uri: key } }), last.connection);
      return undefined;
    }
    const ended = await dependencies.run(picked.order, vscode.l10n.t('Invoking {0}', describeOrder(picked.order)));
    return toOutcomeSnapshot(ended.result, sentence);
  };
}

/** The document a command means: the one it was called on, else the active editor's. */
export function meantDocument(uri: unknown): vscode.Uri | undefined {
  if (uri instanceof vscode.Uri) return uri;
  const active = vscode.window.activeTextEditor?.document.uri;
  if (active === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Open the payload in an editor first, then invoke with it.'),
    );
  }
  return active;
}
