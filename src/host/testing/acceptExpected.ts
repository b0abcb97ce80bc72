import * as vscode from 'vscode';
import type { EndedInvocation } from '../../app/invocations.ts';
import { writeSnapshot } from '../../app/testing/snapshots.ts';
import { message } from '../../core/messages/messages.ts';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import { resolveVariables } from '../../core/presets/variables.ts';
import type { Expectation } from '../../core/testing/expectation.ts';
import { caseValue } from '../../core/testing/presetTest.ts';
import type { TestCase } from '../../core/testing/testCases.ts';
import { testFileUri } from '../files/folderFiles.ts';
import { notify } from '../notify.ts';
import type { Presets } from '../presets/commands.ts';
import type { StoredTest } from './testNodes.ts';

/** A response to accept as the expected one. */
export interface Accepted {
  readonly stored: StoredTest;
  readonly testCase?: TestCase | undefined;
  readonly ended: EndedInvocation;
  readonly expectation: Expectation;
}

type PresetServices = Pick<Presets, 'addSnapshot' | 'testFiles'>;

/** Opens a file of the preset's folder. */
async function openFile({ stored }: Accepted, path: string): Promise<void> {
  const uri = testFileUri(stored.store, path);
  if (uri !== undefined) await vscode.window.showTextDocument(uri);
}

function write({ stored, ended, expectation }: Accepted, { testFiles }: PresetServices): Promise<string> {
  return writeSnapshot(ended.result, expectation, testFiles(stored.store));
}

async function writeAndShow(accepted: Accepted, presets: PresetServices): Promise<void> {
  const path = await write(accepted, presets);
  notify('information', vscode.l10n.t('Saved the response as {0}.', path), {
    label: vscode.l10n.t('Open Snapshot'),
    run: () => openFile(accepted, path),
  });
}

/** Adds a snapshot to a preset without one, and writes it. */
async function addSnapshot(accepted: Accepted, presets: PresetServices): Promise<void> {
  const { stored, testCase, expectation } = accepted;
  const added = await presets.addSnapshot(stored);
  if (stored.preset.cases !== undefined && testCase === undefined) {
    return notify('information', vscode.l10n.t('Run the test {0} first.', stored.preset.name));
  }
  // As a run replaces it.
  const snapshot = resolveVariables(added, () => caseValue(testCase, 'name'), { isJson: false });
  return writeAndShow({ ...accepted, expectation: { ...expectation, snapshot } }, presets);
}

/** Throws InvokeError if two tests have the same snapshot, because only one of their responses would be kept. */
function refuseShared(all: readonly Accepted[]): void {
  const seen = new Set<string>();
  for (const { stored, expectation } of all) {
    const { snapshot = '' } = expectation;
    const uri = testFileUri(stored.store, snapshot)?.toString() ?? snapshot;
    if (seen.has(uri)) throw new InvokeError(message('snapshotTwice', snapshot));
    seen.add(uri);
  }
}

/**
 * Writes responses as the snapshots of their tests. Offers to add a snapshot to a preset without one. Rejects with
 * InvokeError.
 */
export async function acceptExpected(all: readonly Accepted[], presets: PresetServices): Promise<void> {
  const withSnapshot = all.filter(({ expectation }) => expectation.snapshot !== undefined);
  const first = withSnapshot[0] ?? all[0];
  if (withSnapshot.length > 1) {
    refuseShared(withSnapshot);
    for (const accepted of withSnapshot) await write(accepted, presets);
    return notify('information', vscode.l10n.t('Saved {0} responses as snapshots.', withSnapshot.length));
  }
  if (first === undefined) return;
  if (first.expectation.snapshot !== undefined) return writeAndShow(first, presets);
  notify('information', vscode.l10n.t('The preset "{0}" has no snapshot.', first.stored.preset.name), {
    label: vscode.l10n.t('Add Snapshot'),
    run: () => addSnapshot(first, presets),
  });
}
