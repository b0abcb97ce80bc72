import * as vscode from 'vscode';
import type { InvocationOrder } from '../app/runInvocation.ts';
import type { Connection } from '../core/connection.ts';
import { InvokeError } from '../core/invokeError.ts';
import { message } from '../core/messages.ts';
import { presetConnection, presetInvocation } from '../core/preset.ts';
import { sentence } from './localize.ts';
import { toOutcomeSnapshot, type OutcomeSnapshot } from './outcomeSnapshot.ts';
import { payloadUri, readPresets, reportProblems, storedPresets, type StoredPreset } from './presetStore.ts';
import type { Run } from './runner.ts';
import { describeOrder } from './runWithProgress.ts';

/** What running a preset sends. */
export function presetOrder({ preset, folder }: StoredPreset, chosen: Connection): InvocationOrder {
  const invocation = presetInvocation(preset, (path) => payloadUri(folder, path));
  return { invocation, connection: presetConnection(preset, chosen) };
}

async function noPresets(): Promise<void> {
  const open = vscode.l10n.t('Open Form');
  const text = vscode.l10n.t('There are no presets in this workspace. Fill in the form and choose Save as Preset.');
  const answer = await vscode.window.showInformationMessage(text, open);
  if (answer === open) await vscode.commands.executeCommand('lambdaInvoke.invokeFunction');
}

async function pick(presets: readonly StoredPreset[], connection: Connection): Promise<StoredPreset | undefined> {
  const items = presets.map((stored) => ({
    label: stored.preset.name,
    description: describeOrder(presetOrder(stored, connection)),
    detail: stored.preset.payloadFile ?? '',
    stored,
  }));
  const title = vscode.l10n.t('Invoke Preset');
  const placeHolder = vscode.l10n.t('Enter invokes the preset');
  return (await vscode.window.showQuickPick(items, { title, placeHolder, matchOnDescription: true }))?.stored;
}

/**
 * Invokes a preset: the one of the given name, or the one picked. Answers with the outcome; undefined where nothing was
 * picked. Rejects for a name that does not exist.
 */
export function createPresetCommand({ connection, run }: { connection: () => Connection; run: Run }) {
  return async (name?: unknown): Promise<OutcomeSnapshot | undefined> => {
    const all = await readPresets();
    const presets = storedPresets(all);
    const isNamed = typeof name === 'string';
    const named = isNamed ? presets.find(({ preset }) => preset.name === name) : undefined;
    if (named === undefined) reportProblems(all, sentence);
    if (isNamed && named === undefined) {
      const names = presets.map(({ preset }) => preset.name).join(', ') || vscode.l10n.t('none');
      throw new InvokeError(message('presetUnknown', name, names));
    }
    const isEmpty = presets.length === 0 && all.every(({ file }) => file.problems.length === 0);
    if (isEmpty) await noPresets();
    if (presets.length === 0) return undefined;
    const stored = named ?? (await pick(presets, connection()));
    if (stored === undefined) return undefined;
    const order = presetOrder(stored, connection());
    const ended = await run(order, vscode.l10n.t('Invoking {0} ({1})', stored.preset.name, describeOrder(order)));
    return toOutcomeSnapshot(ended.result, sentence);
  };
}
